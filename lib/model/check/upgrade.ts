import { member, show } from '../problem.js';
import { at, type Walk } from './walk.js';

/** Fields that a request has and a WebSocket has not, each with the reason. */
const ofRequests = {
  timeout: 'a WebSocket has no timeout: it ends after `idle` of silence, or at the age of 1h; remove one of the two',
  mirror: 'a copy would get the request and not what is said after it; remove one of the two',
  redirect: 'a WebSocket follows no redirect; remove one of the two',
  respond: 'an answer is no WebSocket; remove one of the two',
} as const;

/** What a route that takes WebSockets leaves no room for. */
export function checkUpgrade(walk: Walk, route: unknown, path: string, service: unknown): void {
  if (at(route, 'upgrade') === undefined) return;
  for (const [field, reason] of Object.entries(ofRequests)) if (at(route, field) !== undefined) walk.add(member(path, field), reason);
  if (at(at(route, 'retries'), 'perTry') !== undefined)
    walk.add(`${path}.retries.perTry`, 'a WebSocket is one try, as long as it goes on; remove `perTry` or `upgrade`');
  const method = at(at(route, 'match'), 'method');
  if (method !== undefined && ![method].flat().includes('GET'))
    walk.add(`${path}.match.method`, `got ${show(method)}; a WebSocket begins as a GET; allowed: "GET", or no method`);
  if (at(at(route, 'match'), 'rpc') !== undefined) walk.add(`${path}.match.rpc`, 'gRPC has streams of its own; remove one of the two');
  const protocol = at(at(service, 'listen'), 'protocol');
  if (protocol === 'http2' || protocol === 'grpc')
    walk.add(
      member(path, 'upgrade'),
      `the app speaks ${protocol}, and a WebSocket begins as HTTP/1.1; listen with protocol "http", or remove this`,
    );
}
