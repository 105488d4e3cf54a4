import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import type { Narrowing } from '../../../lib/engines/envoy/match.js';
import { type Destination, routesOf } from '../../../lib/engines/envoy/routes.js';
import { defineArchitecture, type RouteSpec, type Rule, resolve } from '../../../lib/index.js';
import { type PathPattern, parsePath } from '../../../lib/model/path.js';

const path = (text: string) => parsePath(text) as PathPattern;
const destination: Destination = {
  shares: ({ to }) => to.map(({ version, weight }) => ({ name: version, weight })),
  authority: 'pricing',
  mesh: true,
};

/** The rules of a service with one route of its own. */
const rules = (route: RouteSpec<'v1' | 'v2'>): readonly Rule[] =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        caller: { image: 'caller', calls: { pricing: {} } },
        pricing: {
          listen: { protocol: 'http', port: 8080 },
          versions: { v1: { image: 'one' }, v2: { image: 'two' } },
          traffic: { v1: 90, v2: 10 },
          routes: [route],
        },
      },
    }),
  ).calls[0]!.rules;

const routes = (route: RouteSpec<'v1' | 'v2'>, narrowing?: Narrowing): JsonObject[] => routesOf(rules(route), destination, narrowing);
const matches = (route: RouteSpec<'v1' | 'v2'>, narrowing?: Narrowing) => routes(route, narrowing).map(({ match }) => match);
const rest = { prefix: '/' };

test('a rule becomes a route with its split, the name of the callee and its policy', () => {
  expect(routes({ match: { path: '/quotes' }, to: 'v2', timeout: '600ms', retries: false })).toEqual([
    {
      name: 'services.pricing.routes[0]',
      match: { path: '/quotes' },
      route: { cluster: 'pricing-v2', host_rewrite_literal: 'pricing', timeout: '0.6s' },
    },
    {
      name: 'services.pricing.traffic',
      match: rest,
      route: {
        weighted_clusters: {
          clusters: [
            { name: 'pricing-v1', weight: 90 },
            { name: 'pricing-v2', weight: 10 },
          ],
        },
        host_rewrite_literal: 'pricing',
        timeout: '2s',
        retry_policy: expect.objectContaining({ num_retries: 1 }),
      },
    },
  ]);
});

test('all requests to one version need no split', () => {
  expect(routes({ match: { path: '/a' }, to: { v1: 0, v2: 7 } })[0]).toMatchObject({ route: { cluster: 'pricing-v2' } });
});

test.each([
  [{ path: '/quotes/{sku}' }, { safe_regex: { regex: '/quotes/[^/]+' } }],
  [{ path: '/files/{rest+}' }, { safe_regex: { regex: '/files/.+' } }],
  [{ path: '/v1.0/quotes' }, { path: '/v1.0/quotes' }],
  [{ method: 'PUT' }, { prefix: '/', headers: [{ name: ':method', string_match: { exact: 'PUT' } }] }],
  [{ method: ['PUT', 'GET'] }, { prefix: '/', headers: [{ name: ':method', string_match: { safe_regex: { regex: 'GET|PUT' } } }] }],
  [{ headers: { 'End-User': 'jason' } }, { prefix: '/', headers: [{ name: 'end-user', string_match: { exact: 'jason' } }] }],
  [{ headers: { a: { prefix: 'x' } } }, { prefix: '/', headers: [{ name: 'a', string_match: { prefix: 'x' } }] }],
  [{ headers: { a: { suffix: 'y' } } }, { prefix: '/', headers: [{ name: 'a', string_match: { suffix: 'y' } }] }],
  [{ headers: { a: { regex: 'z+' } } }, { prefix: '/', headers: [{ name: 'a', string_match: { safe_regex: { regex: 'z+' } } }] }],
  [{ headers: { a: { present: true } } }, { prefix: '/', headers: [{ name: 'a', present_match: true }] }],
  [{ headers: { a: { present: false } } }, { prefix: '/', headers: [{ name: 'a', present_match: false }] }],
] as const)('%j matches %j', (match, expected) => {
  expect(matches({ match: match as RouteSpec<'v1' | 'v2'>['match'] })).toEqual([expected, rest]);
});

describe('retries that only some requests may have', () => {
  const unsafe = { max: 2, on: ['unavailable'] } as const;
  const repeatable = { name: ':method', string_match: { safe_regex: { regex: 'GET|HEAD|PUT|DELETE|OPTIONS|TRACE' } } };
  const retryOn = (route: RouteSpec<'v1' | 'v2'>) =>
    routes(route)
      .slice(0, -1)
      .map(({ match, route: action }) => [
        (match as JsonObject)['headers'],
        ((action as JsonObject)['retry_policy'] as JsonObject)['retry_on'],
      ]);

  test('are two routes: the methods that may be repeated, then the rest with the safe event alone', () => {
    expect(retryOn({ match: { path: '/a' }, retries: { max: 2, on: ['unavailable'] } })).toEqual([
      [[repeatable], 'connect-failure,refused-stream,retriable-headers,retriable-status-codes'],
      [undefined, 'connect-failure,refused-stream,retriable-headers'],
    ]);
  });

  test('are one route where the rule takes only methods of one kind', () => {
    expect(retryOn({ match: { method: 'GET' }, retries: { ...unsafe, on: [...unsafe.on] } })).toHaveLength(1);
    expect(retryOn({ match: { method: 'POST' }, retries: { ...unsafe, on: [...unsafe.on] } })).toEqual([
      [[{ name: ':method', string_match: { exact: 'POST' } }], 'connect-failure,refused-stream,retriable-headers'],
    ]);
  });

  test('are one route where the rule says that its requests may be repeated', () => {
    expect(retryOn({ match: { path: '/a' }, idempotent: true, retries: { max: 2, on: ['unavailable'] } })).toHaveLength(1);
  });

  test('are one route where every event is safe', () => {
    expect(retryOn({ match: { path: '/a' }, retries: { max: 2, on: ['unprocessed'] } })).toHaveLength(1);
  });
});

describe('narrowed to one route of a gateway', () => {
  const narrowing: Narrowing = {
    headers: [{ name: 'x-edge-route', string_match: { exact: 'GET /q/{id}' } }],
    method: 'GET',
    path: path('/q/{id}'),
  };
  const edge = narrowing.headers[0];
  const get = { name: ':method', string_match: { exact: 'GET' } };

  test("the gateway's path and method hold besides the rule's match", () => {
    expect(matches({ match: { headers: { a: 'b' } } }, narrowing)).toEqual([
      { safe_regex: { regex: '/q/[^/]+' }, headers: [edge, get, { name: 'a', string_match: { exact: 'b' } }] },
      { safe_regex: { regex: '/q/[^/]+' }, headers: [edge, get] },
    ]);
  });

  test('both paths hold where the rule has one, whatever the query', () => {
    expect(matches({ match: { path: '/q/7' } }, narrowing)[0]).toEqual({
      path: '/q/7',
      headers: [edge, get, { name: ':path', string_match: { safe_regex: { regex: '/q/[^/]+(\\?.*)?' } } }],
    });
  });

  test("a rule for other methods than the gateway's has no route", () => {
    expect(matches({ match: { method: ['POST', 'PUT'] } }, narrowing)).toHaveLength(1);
  });
});
