import type { Architecture, GatewayRoute, Service, Tokens } from '../model/architecture/index.js';
import { askedBy } from '../model/as-seen.js';
import { covers } from '../model/route-key.js';
import type { Check, Found } from './check.js';

/**
 * Whoever asks a service that wants a user's token can have one to pass on.
 *
 * Only what must fail is found: a request of which it depends on more than the declaration whether it needs a token is left out.
 */
export const tokensArrive: Check = {
  id: 'tokens-arrive',
  severity: 'error',
  why: "the service's sidecar answers 401, however well the caller proves who it is itself",
  *find(architecture) {
    for (const service of architecture.services) {
      const { tokens } = service;
      if (tokens === undefined) continue;
      yield* fromGateways(architecture, service, tokens);
      if (tokens.requests === undefined) yield* fromWorkers(architecture, service, tokens);
    }
  },
};

function* fromGateways({ gateways }: Architecture, { name }: Service, { authorizer, requests }: Tokens): Generator<Found> {
  for (const { key, at, method, target, auth } of gateways.flatMap(({ routes }) => routes)) {
    if (target.kind !== 'service' || target.name !== name || auth.kind === 'missing') continue;
    if (requests !== undefined && !requests.some((asked) => covers(asked, askedBy(method, target)))) continue;
    if (auth.kind === 'authorizer' && auth.name === authorizer.name) continue;
    yield {
      at,
      is: `${key} ${admits(auth)}, and ${name} asks for a token of ${authorizer.name}`,
      fix: { set: `${at}.auth`, to: `'${authorizer.name}'` },
      ...(auth.kind === 'public' ? { severity: 'warning' as const } : {}),
    };
  }
}

const admits = (auth: GatewayRoute['auth']): string => (auth.kind === 'authorizer' ? `takes tokens of ${auth.name}` : 'is public');

/** Nobody asks a worker anything, so nobody brings it a token. */
function* fromWorkers({ calls, services }: Architecture, { name, path }: Service, { authorizer }: Tokens): Generator<Found> {
  const workers = new Set(services.filter(({ listen }) => listen === undefined).map((each) => each.name));
  for (const call of calls.filter(({ from, to }) => to === name && workers.has(from))) {
    yield {
      at: call.path,
      is: `${call.from} is a worker, which has no user whose token it could pass on, and ${name} asks for one of ${authorizer.name} with every request`,
      fix: `name the requests that need a token in ${path}.tokens.requests, or let ${call.from} have a token of its own`,
      severity: 'warning',
    };
  }
}
