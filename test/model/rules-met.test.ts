import { parseRouteKey } from '../../lib/model/route-key.js';
import { rulesMet } from '../../lib/model/rules-met.js';
import { listening, resolved } from './resolve/shop.js';

const matches = [
  { path: '/a/{id}', method: 'POST' },
  { path: { bytes: '/b' } },
  { path: { regex: '/c+' } },
  { path: '/a/{id}', headers: { n: '1' } },
  { path: '/a/7' },
  { path: '/a/{id}', query: { n: '1' } },
  { path: '/a/{id}', from: 'nightly' },
  { path: '/a/{id}' },
];
const { rules } = resolved({
  services: { nightly: { calls: { orders: {} } }, orders: listening({ routes: matches.map((match) => ({ match })) }) },
}).services.find(({ name }) => name === 'orders')!;

test.each([
  // A regular expression may take any path.
  ['GET /a/{id}', [2, 3, 4, 5, 6, 7]],
  ['POST /a/{id}', [0]],
  ['ANY /a/{id}', [0, 2, 3, 4, 5, 6, 7]],
  ['GET /a/7', [2, 3, 4]],
  ['GET /b', [1]],
  ['GET /b/{id}', [1]],
  ['GET /bc', [1]],
  ['GET /{rest+}', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['GET /', [2, 8]],
])('%s meets the rules %j: none below the first that surely takes it', (key, met) => {
  const parsed = parseRouteKey(key);
  if (typeof parsed === 'string') throw new Error(parsed);
  expect(rulesMet(rules, parsed.method, parsed.path).map((rule) => rules.indexOf(rule))).toEqual(met);
});
