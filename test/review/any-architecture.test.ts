import fc from 'fast-check';
import { check } from '../../lib/checks/index.js';
import { ArchitectureError, parseArchitecture, resolve } from '../../lib/index.js';
import { changesBetween, type Facts, review } from '../../lib/review/index.js';
import { textOf } from './build.js';

const names = ['a', 'b-c', 'end'];
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const duration = fc.constantFrom('1ms', '150ms', '2s', '40s', '1h');
const events = fc.subarray(['unprocessed', 'unavailable', 'gateway-error', '5xx', 'reset', 'timeout'], { minLength: 1 });
const retries = fc.oneof(
  fc.constant(false),
  fc.record({ max: fc.integer({ min: 1, max: 10 }), perTry: optional(duration), on: optional(events) }),
);
const policy = { timeout: optional(duration), retries: optional(retries) };
const match = fc.record({
  path: optional(fc.constantFrom('/', '/x/{id}', '/x/{rest+}')),
  method: optional(fc.constantFrom('GET', 'POST')),
  headers: optional(fc.constantFrom({ h: 'v|"`' }, { h: { present: false } })),
});
const fanOut = optional(fc.constantFrom(0.1, 1, 7));
const requests = fc.dictionary(fc.constantFrom(...names, 'saas'), fc.record({ ...policy, fanOut, idempotent: optional(fc.boolean()) }));
const connections = fc.dictionary(fc.constant('db'), fc.record({ ...policy, fanOut }));
const calls = fc.tuple(requests, connections).map(([overHttp, overTcp]) => ({ ...overHttp, ...overTcp }));
const service = fc.record({
  listen: fc.constantFrom({ protocol: 'http', port: 80 }, { protocol: 'http2', port: 81 }),
  domain: optional(fc.constantFrom('one', 'two | `three` <b>')),
  scale: optional(fc.constantFrom({ min: 0, max: 1 }, { min: 3, max: 9, requestsPerSecond: 0.5 })),
  calls: optional(calls),
  routes: optional(fc.array(fc.record({ ...policy, match: optional(match), idempotent: optional(fc.boolean()) }), { maxLength: 3 })),
  acknowledge: optional(fc.constantFrom({ 'services-are-reached': 'a good reason' }, { 'no-such-check': 'a good reason' })),
});
const route = fc.oneof(
  fc.record({
    to: fc.constantFrom(...names, 'saas'),
    timeout: optional(duration),
    throttle: optional(fc.constant({ rate: 0.5, burst: 1 })),
  }),
  fc.record({ respond: fc.constant({ status: 200 }), auth: fc.constant('public') }),
);
const gateway = fc.record({
  kind: fc.constantFrom('rest', 'http'),
  auth: optional(fc.constantFrom('public', { use: 'users', scopes: ['s'] })),
  routes: fc.dictionary(fc.constantFrom('GET /x/{id}', 'ANY /{rest+}', 'POST /'), route, { minKeys: 1 }),
});
/** Nobody calls itself: that is bad input, not a finding. */
const withoutCallTo = <T extends { calls?: Record<string, unknown> | undefined }>(name: string, own: T): T => ({
  ...own,
  calls: Object.fromEntries(Object.entries(own.calls ?? {}).filter(([callee]) => callee !== name)),
});

const data = fc.record({
  name: fc.constant('any'),
  services: fc.record(Object.fromEntries(names.map((name) => [name, service.map((own) => withoutCallTo(name, own))]))),
  external: fc.constant({ db: { protocol: 'tcp', port: 5432 }, saas: { protocol: 'https', host: 'saas.example' } }),
  authorizers: fc.constant({ users: { kind: 'jwt', issuer: 'https://id.example/', audience: ['any'] } }),
  gateways: fc.dictionary(fc.constantFrom('web', 'app'), gateway),
});

/** Undefined where the data is no valid architecture. */
function architectureOf(value: unknown) {
  try {
    return resolve(parseArchitecture(JSON.parse(JSON.stringify(value))));
  } catch (error) {
    if (error instanceof ArchitectureError) return undefined;
    throw error;
  }
}

test('any valid architecture is checked without a check failing itself, and reviewed without a gap in its words', () => {
  let valid = 0;
  const property = fc.property(data, (value) => {
    const subject = architectureOf(value);
    if (subject === undefined) return;
    valid += 1;
    expect(check(subject).findings.filter(({ at }) => at === '')).toEqual([]);
    const files = review(subject);
    for (const { text } of files) expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
    const facts = JSON.parse(textOf(files, 'facts.json')) as Facts;
    expect(changesBetween(facts, facts)).toEqual([]);
  });
  fc.assert(property, { numRuns: 400, seed: 3 });
  expect(valid).toBeGreaterThan(100);
});
