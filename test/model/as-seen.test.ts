import { parseArchitecture, resolve } from '../../lib/index.js';
import { asSeen } from '../../lib/model/as-seen.js';
import { parseRouteKey } from '../../lib/model/route-key.js';

const seen = (key: string, ...routes: object[]): string[] => {
  const spec = { name: 'test', services: { orders: { listen: { protocol: 'http', port: 8080 }, routes } } };
  const [orders] = resolve(parseArchitecture(spec)).services;
  return asSeen(orders!.rules, parseRouteKey(key) as Exclude<ReturnType<typeof parseRouteKey>, string>).map(
    ({ method, path }) => `${method ?? 'ANY'} ${path.text}`,
  );
};
const rewritten = (from: string, to: string) => ({ match: { path: from }, rewrite: { path: to } });

test('what no rule rewrites is seen as it is asked for', () => {
  expect(seen('GET /a')).toEqual(['GET /a']);
  expect(seen('GET /a', rewritten('/b', '/c'))).toEqual(['GET /a']);
});

test('what a rule surely rewrites is seen rewritten alone', () => {
  expect(seen('GET /a/{x}', rewritten('/a/{id}', '/b/{id}'))).toEqual(['GET /b/{id}']);
  expect(seen('ANY /a/{x+}', rewritten('/a/{rest+}', '/{rest}'))).toEqual(['ANY /{rest+}']);
});

test('what is known of a parameter stays known', () => {
  expect(seen('GET /a/7', rewritten('/a/{id}', '/b/{id}/c'))).toEqual(['GET /b/7/c']);
  expect(seen('GET /a/7/x/{y}', rewritten('/a/{rest+}', '/b/{rest}'))).toEqual(['GET /b/7/x/{y}']);
  expect(seen('GET /{x+}', rewritten('/a/{id}', '/b/{id}'))).toEqual(['GET /b/{id}', 'GET /{x+}']);
});

test('what only some requests are rewritten to is seen besides', () => {
  const rule = { match: { path: '/a', headers: { beta: '1' } }, rewrite: { path: '/b' } };
  expect(seen('GET /a', rule)).toEqual(['GET /b', 'GET /a']);
  expect(seen('GET /a', { ...rule, match: { method: 'POST' } })).toEqual(['GET /a']);
});

test('what a rule answers is not seen', () => {
  expect(seen('GET /a', { match: { path: '/a' }, respond: { status: 404 } })).toEqual([]);
  expect(seen('GET /a', { match: { path: '/a', query: { x: '1' } }, redirect: { path: '/b' } })).toEqual(['GET /a']);
});
