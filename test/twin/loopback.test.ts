import { assertLoopback } from '../../lib/twin/loopback.js';
import type { Reached } from '../../lib/twin/through.js';

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

describe('an external that is let through', () => {
  const stripe = { name: 'stripe', host: 'api.stripe.com', port: 443, clusters: ['external/stripe'] } as unknown as Reached;
  const reached = new Map([['stripe', stripe]]);
  const cluster = (name: string, address: string, port: number) => ({
    clusters: [
      {
        name,
        load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address, port_value: port } } } }] }] },
      },
    ],
  });
  const admitted = (name: string, address: string, port: number) => () => assertLoopback('orders-1', cluster(name, address, port), reached);

  test('is admitted in its own cluster, at its host and port', () =>
    expect(admitted('external/stripe', 'api.stripe.com', 443)).not.toThrow());

  test.each([
    ['external/stripe', 'api.stripe.com', 80],
    ['external/stripe', 'api.stripe.com.evil.example', 443],
    ['external/stripe', '203.0.113.1', 443],
    ['external/saas', 'api.stripe.com', 443],
    ['stripe', 'api.stripe.com', 443],
  ])('%s at %s:%s is not', (name, address, port) => expect(admitted(name, address, port)).toThrow(`socket_address: ${address}`));

  test('opens nothing outside of clusters', () =>
    expect(() =>
      assertLoopback('x', { name: 'external/stripe', socket_address: { address: 'api.stripe.com', port_value: 443 } }, reached),
    ).toThrow('socket_address: api.stripe.com'));

  test('is none where nobody named it', () =>
    expect(() => assertLoopback('x', cluster('external/stripe', 'api.stripe.com', 443))).toThrow('api.stripe.com'));
});
