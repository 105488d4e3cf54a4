import type { Admission } from '../../model/architecture.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import { extension, type Json, type JsonObject } from './json.js';

export const rbacFilter = 'envoy.filters.http.rbac';
export const rbacType = 'envoy.extensions.filters.http.rbac.v3.RBAC';

/**
 * Admits exactly these callers with exactly these requests; every refusal counts in `http.inbound.rbac.denied`.
 *
 * Always with rules: a filter without them admits everyone, one with no policy admits nobody.
 */
export const access = (admissions: readonly Admission[]): JsonObject =>
  extension(rbacFilter, rbacType, {
    rules: { action: 'ALLOW', policies: Object.fromEntries(admissions.map((admission) => [policyName(admission), policy(admission)])) },
  });

const policyName = ({ caller }: Admission): string => `${caller.kind}/${caller.name}`;

const policy = ({ identity, requests }: Admission): Json => ({
  permissions: requests === undefined ? [{ any: true }] : requests.map(permission),
  principals: [{ authenticated: { principal_name: { exact: identity } } }],
});

function permission({ method, path }: NonNullable<Admission['requests']>[number]): Json {
  const onPath = { url_path: { path: pathMatcher(path) } };
  return method === undefined
    ? onPath
    : { and_rules: { rules: [{ header: { name: ':method', string_match: { exact: method } } }, onPath] } };
}

/** The path without its query, by whole segments. */
export const pathMatcher = (path: PathPattern): JsonObject =>
  isLiteral(path) ? { exact: path.text } : { safe_regex: { regex: pathRegex(path) } };
