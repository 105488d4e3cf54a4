import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import { virtualHost } from '../../../lib/engines/envoy/virtual-host.js';

const [often, once] = [{ num_retries: 2 }, { num_retries: 1 }];
const to = (cluster: string, retry_policy?: JsonObject): JsonObject => ({ route: { cluster, ...(retry_policy && { retry_policy }) } });
const refusal = { direct_response: { status: 400 } };
const host = (...routes: readonly JsonObject[]) => virtualHost('to/a', { routes });

test('what several routes say of retries is said once, and the others keep what they say', () => {
  expect(host(refusal, to('a', once), to('b', often), to('c', often))).toEqual({
    name: 'to/a',
    domains: ['*'],
    retry_policy: often,
    routes: [refusal, to('a', once), to('b'), to('c')],
  });
});

test('a route without retries does not get those of the others', () => {
  const routes = [to('a', often), to('b', often), to('c')];
  expect(host(...routes)).toEqual({ name: 'to/a', domains: ['*'], routes });
});

test('what one route alone says, it says itself', () => {
  const routes = [to('a', often), to('b', once)];
  expect(host(...routes)).toEqual({ name: 'to/a', domains: ['*'], routes });
});

test('what else is said of all routes stays', () => {
  expect(virtualHost('x', { response_headers_to_remove: ['y'], routes: [] })).toEqual({
    name: 'x',
    domains: ['*'],
    response_headers_to_remove: ['y'],
    routes: [],
  });
});
