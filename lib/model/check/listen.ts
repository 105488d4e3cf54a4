import { member } from '../problem.js';
import { hasRequests } from '../protocol.js';
import { sidecarPortProblem } from './sidecar-ports.js';
import { at, entries, isPlain, type Walk } from './walk.js';

/** Fields that speak of requests, which a service over tcp does not have. */
const ofRequests = ['routes', 'health', 'rateLimit', 'globalRateLimit', 'tokens'];

/** Fields that nobody has whom nobody can ask. */
const ofListeners = [
  'health',
  'routes',
  'access',
  'pool',
  'outlierDetection',
  'balance',
  'zones',
  'panic',
  'rateLimit',
  'globalRateLimit',
  'tokens',
  'objective',
];

/** Where a service listens, and what its protocol, or that it does not listen, leaves no room for. */
export function checkListen(walk: Walk, service: unknown, name: string, path: string): void {
  const listen = at(service, 'listen');
  const port = sidecarPortProblem(at(listen, 'port'));
  if (port !== undefined) walk.add(`${path}.listen.port`, port);
  for (const field of isPlain(service) && listen === undefined ? ofListeners : [])
    if (at(service, field) !== undefined)
      walk.add(member(path, field), `${name} has no \`listen\`, so nothing can ask it; add \`listen\`, or remove this`);
  const protocol = at(listen, 'protocol');
  if (hasRequests(protocol)) {
    for (const field of ['idleTimeout', 'maxAge'])
      if (at(listen, field) !== undefined)
        walk.add(
          `${path}.listen.${field}`,
          `is for protocol "tcp"; ${name} speaks ${String(protocol)}, whose requests have timeouts; remove it`,
        );
    return;
  }
  for (const field of ofRequests)
    if (at(service, field) !== undefined)
      walk.add(member(path, field), `${name} speaks tcp, which has connections and no requests; remove this`);
  for (const limit of ['pendingRequests', 'requests'])
    if (at(at(service, 'pool'), limit) !== undefined)
      walk.add(`${path}.pool.${limit}`, `${name} speaks tcp, which has connections and no requests; \`connections\` limits it`);
  if (at(at(service, 'balance'), 'hash') !== undefined)
    walk.add(
      `${path}.balance`,
      `${name} speaks tcp, whose connections say nothing that a hash could tell apart; allowed: "round-robin", "least-request", "random"`,
    );
  for (const [caller, allowed] of entries(at(service, 'access')))
    if (allowed !== '*')
      walk.add(member(member(path, 'access'), caller), `${name} speaks tcp, which has no methods and paths; allowed: "*"`);
}
