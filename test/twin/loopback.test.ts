import { assertLoopback } from '../../lib/twin/loopback.js';

const bootstrap = (address: string) => ({
  static_resources: { clusters: [{ endpoints: [{ address: { socket_address: { address, port_value: 1 } } }] }] },
});

test.each(['127.0.0.1', '127.1.2.3', '::1'])('%s is this machine', (address) => {
  expect(() => assertLoopback('orders-1', bootstrap(address))).not.toThrow();
});

test.each(['0.0.0.0', '10.0.0.1', '128.0.0.1', '::', '::ffff:10.0.0.1', 'localhost', '127.0.0.1.nip.io', 'api.stripe.com', ''])(
  '%s is not',
  (address) => {
    expect(() => assertLoopback('orders-1', bootstrap(address))).toThrow(
      `orders-1 is not started: its configuration leaves this machine\n  static_resources.clusters.0.endpoints.0.address.socket_address: ${address}`,
    );
  },
);

test('every address is looked at, in either spelling', () => {
  const mixed = { a: bootstrap('127.0.0.1'), b: [{ socketAddress: { address: '10.0.0.1' } }, { socket_address: {} }] };
  expect(() => assertLoopback('x', mixed)).toThrow(
    'x is not started: its configuration leaves this machine\n  b.0.socketAddress: 10.0.0.1\n  b.1.socket_address: undefined',
  );
});

test('a pipe is no address', () => {
  expect(() => assertLoopback('x', { admin: { address: { pipe: { path: '/run/x.sock' } } } })).not.toThrow();
});
