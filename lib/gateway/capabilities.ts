import { absent, full, partial, type Support } from '../engines/capability.js';
import type { Authorizer, Gateway, GatewayRoute, ModelPath } from '../model/architecture/index.js';
import { askedBy } from '../model/as-seen.js';
import { rulesMet } from '../model/rules-met.js';

/** What a route or gateway may ask of a kind of gateway. */
export type GatewayFeature =
  | 'jwt'
  | 'jwks'
  | 'scopes'
  | 'respond'
  | 'gateway-throttle'
  | 'route-throttle'
  | 'timeout'
  | 'path-characters'
  | 'parameter-names'
  | 'grpc'
  | 'grpc-web'
  | 'websocket';

/** What both kinds carry in the same way. */
const eitherKind = {
  scopes: full('a token needs one of the scopes of a route'),
  'gateway-throttle': full('of the stage'),
  grpc: absent('API Gateway asks over HTTP/1.1, which has no trailers; clients can by JSON: `rpc`, or gRPC-Web: `grpcWeb: true`'),
  websocket: absent('REST and HTTP APIs pass on requests, each with its answer; a WebSocket is neither'),
};

/** What each kind of API Gateway carries of the model. */
const capabilities: Readonly<Record<Gateway['kind'], Readonly<Record<GatewayFeature, Support>>>> = {
  rest: {
    ...eitherKind,
    jwt: full('by a Lambda function that the gateway brings along'),
    jwks: full('the function fetches the keys from where the authorizer says'),
    respond: full('a mock integration'),
    'route-throttle': full('of the method'),
    timeout: partial('50 ms to 29 s'),
    'path-characters': partial('a REST API takes letters, digits and ._-: in a segment'),
    'parameter-names': partial('a REST API has one name for the parameter at a place, whatever the method'),
    'grpc-web': partial('a REST API passes on text: clients have to use application/grpc-web-text'),
  },
  http: {
    ...eitherKind,
    jwt: full('native'),
    jwks: absent('an HTTP API finds the keys by OpenID discovery at the issuer'),
    respond: absent('an HTTP API has no answer of its own; a REST API has'),
    'route-throttle': full('of the route'),
    timeout: partial('50 ms to 30 s'),
    'path-characters': full('as declared'),
    'parameter-names': full('as declared'),
    'grpc-web': full('as declared'),
  },
};

/** A place that asks for something its kind of gateway does not have. */
export interface Lack {
  readonly at: ModelPath;
  readonly feature: GatewayFeature;
  /** What was declared. Lower case, no full stop. */
  readonly is: string;
  /** The table's reason. */
  readonly reason: string;
}

/**
 * What the gateway declares and its kind cannot do, in the order of its routes; empty where all is well. Timeouts have a check of their own.
 *
 * @param authorizers those of the architecture: only with them can it be seen whether keys are where the gateway will look
 */
export function lacks(gateway: Gateway, authorizers: readonly Authorizer[] = []): Lack[] {
  const places = new Map<string, Place>();
  const found = [
    ...gateway.routes.flatMap((route) => [...respond(route), ...characters(route), ...parameters(route, places), ...protocols(route)]),
    ...authorizers.flatMap((authorizer) => (uses(gateway, authorizer) ? keys(authorizer) : [])),
  ];
  const table = capabilities[gateway.kind];
  return found.flatMap((one) => {
    const { support, reason } = table[one.feature];
    return support === 'full' ? [] : [{ ...one, reason }];
  });
}

type Need = Omit<Lack, 'reason'>;
type Place = Pick<GatewayRoute, 'key' | 'path'>;

const respond = ({ at, key, target }: GatewayRoute): Need[] =>
  target.kind === 'respond' ? [{ at, feature: 'respond', is: `${key} answers ${target.status} by itself` }] : [];

const characters = ({ at, key, path }: GatewayRoute): Need[] =>
  path.segments.every((segment) => segment.kind !== 'literal' || /^[A-Za-z0-9._:-]+$/.test(segment.value))
    ? []
    : [{ at, feature: 'path-characters', is: `${key} has other characters` }];

/** The parameter after `/orders/` must be called the same in every route. */
function parameters({ at, key, path }: GatewayRoute, places: Map<string, Place>): Need[] {
  const needs: Need[] = [];
  for (const [index, segment] of path.segments.entries()) {
    if (segment.kind === 'literal') continue;
    const place = JSON.stringify(path.segments.slice(0, index));
    const other = places.get(place);
    const before = other?.path.segments[index];
    if (other === undefined) places.set(place, { key, path });
    else if (JSON.stringify(before) !== JSON.stringify(segment))
      needs.push({ at, feature: 'parameter-names', is: `${key} and ${other.key} name one place differently` });
  }
  return needs;
}

/** What services speak, and clients cannot through this kind of gateway. */
function protocols({ at, key, method, target }: GatewayRoute): Need[] {
  if (target.kind !== 'service') return [];
  const { name, speaks, grpcWeb, rpc, rules } = target;
  const asked = askedBy(method, target);
  const sockets = rulesMet(rules, asked.method, asked.path).some(({ upgrade }) => upgrade !== undefined);
  return [
    ...(speaks === 'grpc' && rpc === undefined
      ? [{ at, feature: grpcWeb ? 'grpc-web' : 'grpc', is: `${key} asks ${name} by ${grpcWeb ? 'gRPC-Web' : 'gRPC'}` } as const]
      : []),
    ...(sockets ? [{ at, feature: 'websocket', is: `${key} leads to WebSockets of ${name}` } as const] : []),
  ];
}

const keys = ({ path, name, issuer, jwks }: Authorizer): Need[] =>
  jwks === `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`
    ? []
    : [{ at: `${path}.jwks`, feature: 'jwks', is: `the keys of ${name} are at ${jwks}` }];

const uses = ({ routes }: Gateway, { name }: Authorizer): boolean =>
  routes.some(({ auth }) => auth.kind === 'authorizer' && auth.name === name);
