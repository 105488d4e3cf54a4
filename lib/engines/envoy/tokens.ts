import type { Service, Tokens } from '../../model/architecture/index.js';
import { deniedPermission, spellings } from './denied.js';
import { extension, type Json, type JsonObject } from './json.js';
import { claimHolds, tokenAlone, tokensInside } from './jwt.js';
import type { Placement } from './placement.js';
import { allOf, oneOf, rbacType } from './rbac.js';

/** Verifies the token that a request brings, where the service asks for one: 401 without a good one, 403 where a claim does not hold, or where more comes with it. */
export function tokenFilters({ tokens, health }: Service, placement: Placement): JsonObject[] {
  if (tokens === undefined) return [];
  const free = health?.active === undefined ? undefined : health.path; // callers' sidecars ask for health, and have no token
  return [tokensInside(tokens.authorizer, jwtRules(tokens, free), placement), claimsFilter(tokens, free)];
}

const get: Json = { name: ':method', string_match: { exact: 'GET' } };

/** The first rule that matches decides. */
function jwtRules({ authorizer, requests }: Tokens, free: string | undefined): Json[] {
  const requires = { provider_name: authorizer.name };
  return [
    ...(free === undefined ? [] : [{ match: { path: free, headers: [get] } }]),
    ...(requests === undefined
      ? [{ match: { prefix: '/' }, requires }]
      : requests.map((request) => ({ match: routeMatch(request), requires }))),
  ];
}

/** The same requests as `deniedPermission` takes: no other spelling of a path gets by without a token. */
function routeMatch(request: NonNullable<Tokens['requests']>[number]): JsonObject {
  const { regex, method } = spellings(request);
  return { safe_regex: { regex }, ...(method === undefined ? {} : { headers: [{ name: ':method', string_match: method }] }) };
}

/** Counts in `rbac.claims.denied`. */
function claimsFilter({ claims, requests }: Tokens, free: string | undefined): JsonObject {
  const asked: Json[] = requests === undefined ? [{ any: true }] : requests.map(deniedPermission);
  const others: Json[] = requests === undefined ? [] : [{ not_rule: { or_rules: { rules: asked } } }];
  const health: Json[] = free === undefined ? [] : [{ and_rules: { rules: [{ header: get }, { url_path: { path: { exact: free } } }] } }];
  const untouched = [...others, ...health];
  return extension('claims', rbacType, {
    rules_stat_prefix: 'claims.',
    rules: {
      action: 'ALLOW',
      policies: {
        claims: {
          permissions: asked,
          principals: [allOf([tokenAlone, ...claims.map(({ name, anyOf }) => oneOf(anyOf.flatMap((value) => claimHolds(name, value))))])],
        },
        ...(untouched.length === 0 ? {} : { others: { permissions: untouched, principals: [{ any: true }] } }),
      },
    },
  });
}
