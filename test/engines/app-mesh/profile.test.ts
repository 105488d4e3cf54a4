import { compile, lost, placementOf, validate } from '../../../lib/engines/app-mesh/index.js';
import { type Architecture, parseArchitecture, resolve } from '../../../lib/index.js';
import { inWords } from './in-words.js';

const shop = (mesh: object, orders: object = {}, pricing: object = {}): Architecture =>
  resolve(
    parseArchitecture({
      name: 'shop',
      mesh,
      services: {
        orders: { listen: { protocol: 'http', port: 8080 }, calls: { pricing: orders, stripe: {}, db: {} } },
        pricing: { listen: { protocol: 'grpc', port: 9090 }, ...pricing },
      },
      external: {
        stripe: { host: 'api.stripe.com', protocol: 'https' },
        db: { protocol: 'tcp', host: 'db.example', port: 5432 },
      },
    }),
    { environment: 'prod' },
  );
const profile = { compatibility: 'app-mesh' };
const linesOf = (architecture: Architecture) => compile(architecture, placementOf(architecture, 'mesh')).map(inWords);
const properties = (architecture: Architecture) => JSON.stringify(compile(architecture));
const lossesOf = (architecture: Architecture) => lost(architecture).map(({ feature, at, is }) => `${feature} ${at}: ${is}`);

test('with its own defaults by name, none of them is stated', () => {
  const stated = properties(shop(profile));
  for (const word of ['RetryPolicy', 'PerRequest', 'OutlierDetection', 'ConnectionPool']) expect(stated).not.toContain(word);
  for (const word of ['RetryPolicy', 'PerRequest', 'OutlierDetection', 'ConnectionPool']) expect(properties(shop({}))).toContain(word);
  expect(validate(compile(shop(profile)))).toEqual([]);
});

test('a route without them is one for all methods, as App Mesh retries them', () => {
  expect(linesOf(shop(profile)).filter((line) => /^Route (pricing|external)/.test(line))).toEqual([
    'Route pricing default 0 ANY /* → pricing 100% its own timeout, its own retries',
    'Route external.db default 0 → external.db 100%',
    'Route external.stripe default 0 ANY /* → external.stripe 100% its own timeout, its own retries',
  ]);
});

test('what somebody wrote is stated', () => {
  const own = shop(profile, { timeout: '20s', retries: false }, { pool: { requests: 7 }, outlierDetection: { errors: 3 } });
  expect(linesOf(own)).toContain('Route pricing default 0 ANY /* → pricing 100% 20000ms retries 0×20000ms connection-error');
  expect(properties(own)).toContain('"ConnectionPool":{"HTTP2":{"MaxRequests":7}}');
  expect(properties(own)).toContain('"MaxServerErrors":3');
  expect(properties(own)).toContain('"PerRequest":{"Unit":"ms","Value":20000}'); // the listener has to wait as long
  expect(validate(compile(own))).toEqual([]);
});

test('limits over HTTP/1.1 are both stated where one is written', () => {
  const orders = { listen: { protocol: 'http', port: 8080 }, pool: { connections: 9 } };
  const subject = resolve(parseArchitecture({ name: 'shop', mesh: profile, services: { orders } }));
  expect(properties(subject)).toContain('"ConnectionPool":{"HTTP":{"MaxConnections":9,"MaxPendingRequests":2147483647}}');
});

test('less is lost: no limit, no budget, no event that it has not; but its retries repeat every method', () => {
  const [own, plain] = [lossesOf(shop(profile)), lossesOf(shop({}))];
  expect(plain.filter((line) => !own.includes(line))).toEqual([
    'pool : over HTTP/1.1 only connections and pendingRequests are limited, requests are not: orders',
    'pool : over HTTP/2 only requests are limited, connections and pendingRequests are not: pricing',
  ]);
  expect(own.filter((line) => !plain.includes(line))).toEqual([
    'app-mesh-defaults mesh.compatibility: its own retries are for every method: a POST to orders, pricing, stripe that was answered 503 is sent again',
  ]);
});

test('where every request may be repeated, nothing is lost by that', () => {
  const subject = shop(profile, { idempotent: true }, { routes: [{ idempotent: true }] });
  const [loss] = lossesOf(subject).filter((line) => line.startsWith('app-mesh-defaults'));
  expect(loss).toContain('a POST to orders, stripe that');
});
