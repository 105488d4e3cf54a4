import type { Authorizer } from '../../model/architecture/index.js';
import { outsideCluster } from './cluster.js';
import { duration, extension, type Json, type JsonObject, typed } from './json.js';
import type { Placement } from './placement.js';
import { allOf, oneOf, rbacFilter, rbacType } from './rbac.js';

const filter = 'envoy.filters.http.jwt_authn';
const type = 'envoy.extensions.filters.http.jwt_authn.v3';

/** Where the verified claims are kept for the check of scopes. */
const claims = 'claims';

/** Verifies tokens where a route asks for it (`requires`); 401 without a good one. Only from the Authorization header: a query ends up in logs. */
export const tokens = (authorizers: readonly Authorizer[], placement: Pick<Placement, 'keys'>): JsonObject =>
  extension(filter, `${type}.JwtAuthentication`, {
    providers: Object.fromEntries(authorizers.map((authorizer) => [authorizer.name, provider(authorizer, placement)])),
    requirement_map: Object.fromEntries(authorizers.map(({ name }) => [name, { provider_name: name }])),
  });

/** The same at a service, which asks for tokens of one authorizer, where `rules` say so. */
export const tokensInside = (authorizer: Authorizer, rules: readonly Json[], placement: Pick<Placement, 'keys'>): JsonObject =>
  extension(filter, `${type}.JwtAuthentication`, { providers: { [authorizer.name]: provider(authorizer, placement) }, rules });

function provider(authorizer: Authorizer, placement: Pick<Placement, 'keys'>): Json {
  const keys = placement.keys(authorizer);
  return {
    issuer: authorizer.issuer,
    audiences: authorizer.audience,
    require_expiration: true, // a token that never ends would be a password
    from_headers: [{ name: 'authorization', value_prefix: 'Bearer ' }],
    forward: true, // a service further on may verify it again
    payload_in_metadata: claims,
    normalize_payload_in_metadata: { space_delimited_claims: ['scope', 'scp'] },
    ...('jwks' in keys
      ? { local_jwks: { inline_string: keys.jwks } }
      : {
          remote_jwks: {
            http_uri: { uri: keys.uri, cluster: keysCluster(authorizer), timeout: duration(5_000) },
            cache_duration: duration(300_000),
            async_fetch: {}, // fetched at start and kept fresh, so no request waits for keys
          },
        }),
  };
}

/** Checks what a route asks for besides a good token; 403 without. */
export const scopes: JsonObject = extension(rbacFilter, rbacType);

/** What `Authorization` has to be, whole. */
export const tokenPattern = 'Bearer +[A-Za-z0-9._-]+';

/**
 * Whether the header is the verified token and nothing else. Envoy finds `Bearer ` anywhere in it, and an app may take what stands before for the token:
 * `bearer <forged>,Bearer <good>`, which is also what two headers become.
 */
export const tokenAlone: JsonObject = {
  header: { name: 'authorization', string_match: { safe_regex: { regex: tokenPattern } } },
};

/** A route's demand for a token of this authorizer, with at least one of the scopes where any are given, as API Gateway has it. */
export const requires = (authorizer: string, anyOf: readonly string[]): JsonObject => ({
  [filter]: typed(`${type}.PerRouteConfig`, { requirement_name: authorizer }),
  [rbacFilter]: typed('envoy.extensions.filters.http.rbac.v3.RBACPerRoute', { rbac: { rules: granting(anyOf) } }),
});

const granting = (anyOf: readonly string[]): JsonObject => ({
  action: 'ALLOW',
  policies: {
    token: { permissions: [{ any: true }], principals: [allOf([tokenAlone, ...(anyOf.length === 0 ? [] : [holdsAny(anyOf)])])] },
  },
});

const holdsAny = (scopes: readonly string[]): Json =>
  oneOf(['scope', 'scp'].flatMap((claim) => scopes.map((scope) => holds(claim, scope))));

const holds = (claim: string, scope: string): JsonObject => claimThat(claim, listHas({ string_match: { exact: scope } }));

/** A claim that is the value, and one that is a list with it. */
export function claimHolds(claim: string, value: string | number | boolean): JsonObject[] {
  const is: JsonObject =
    typeof value === 'string'
      ? { string_match: { exact: value } }
      : typeof value === 'number'
        ? { double_match: { exact: value } }
        : { bool_match: value };
  return [claimThat(claim, is), claimThat(claim, listHas(is))];
}

const listHas = (value: JsonObject): JsonObject => ({ list_match: { one_of: value } });

const claimThat = (name: string, value: JsonObject): JsonObject => ({
  sourced_metadata: { metadata_matcher: { filter, path: [{ key: claims }, { key: name }], value } },
});

const keysCluster = ({ name }: Authorizer): string => `keys/${name}`;

/** Where an authorizer's keys are fetched from; none where they are given. */
export function keysClusters(authorizers: readonly Authorizer[], placement: Placement): JsonObject[] {
  return authorizers.flatMap((authorizer) => {
    const keys = placement.keys(authorizer);
    if ('jwks' in keys) return [];
    const { protocol, hostname, port } = new URL(keys.uri);
    const secure = protocol === 'https:';
    return [
      outsideCluster({
        name: keysCluster(authorizer),
        endpoints: { dns: hostname, port: port === '' ? (secure ? 443 : 80) : Number(port) },
        tls: secure ? { host: hostname, roots: keys.roots } : undefined,
        http: true,
        use: { retryBudget: 20 },
      }),
    ];
  });
}
