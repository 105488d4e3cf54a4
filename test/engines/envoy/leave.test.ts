import { ingressLeave, serviceLeave } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';

const listen = { protocol: 'http', port: 8080 } as const;
const { services, gateways } = resolve(
  defineArchitecture({
    name: 'leaving',
    services: {
      usual: { image: 'a', listen },
      quick: {
        image: 'a',
        listen,
        routes: [
          { match: { path: '/a' }, timeout: '16s' },
          { match: {}, timeout: '1500ms' },
        ],
      },
      long: { image: 'a', listen, routes: [{ match: {}, timeout: '86s' }] },
      stream: { image: 'a', listen, routes: [{ match: { path: '/events' }, stream: true }] },
      bytes: { image: 'a', listen: { protocol: 'tcp', port: 6379, maxAge: '30s' } },
      unasked: { image: 'a', listen, ports: { bytes: { protocol: 'tcp', port: 6379 } } },
      asked: { image: 'a', listen, ports: { bytes: { protocol: 'tcp', port: 6379 } } },
      caller: { image: 'a', calls: { 'asked:bytes': {} } },
    },
    gateways: {
      quick: { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'usual', timeout: '2s' } } },
      usual: { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'usual' } } },
    },
  }),
);
const leave = (name: string) => serviceLeave(services.find((each) => each.name === name)!);

test.each([
  ['usual', 27, 'the discovery interval and the usual timeout'],
  ['quick', 41, 'its longest timeout'],
  ['long', 110, 'no longer than ECS waits'],
  ['stream', 110, 'which a stream may be cut off by'],
  ['bytes', 55, 'the age of a connection'],
  ['unasked', 27, 'nothing for a port that nobody calls'],
  ['asked', 110, 'the age of a connection to a further port'],
])('%s drains for %d s: %s', (name, seconds) => {
  expect(leave(name)).toEqual({ drain: seconds * 1_000, stopTimeout: (seconds + 10) * 1_000 });
});

test('the ingress drains for as long as a gateway waits', () => {
  expect(ingressLeave(gateways.filter(({ name }) => name === 'quick')).drain).toBe(27_000);
  expect(ingressLeave(gateways).drain).toBe(25_000 + Math.max(...gateways.flatMap(({ routes }) => routes.map(({ timeout }) => timeout))));
});

test('what never ends by itself ends with the longest that ECS waits', () => {
  const [usual] = services.filter(({ name }) => name === 'usual');
  const endless = usual!.rules.map((rule) => ({ ...rule, policy: { ...rule.policy, timeout: 0 } }));
  expect(serviceLeave({ ...usual!, rules: endless })).toEqual({ drain: 110_000, stopTimeout: 120_000 });
});
