import type { Admission } from '../../model/architecture/index.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import { deniedPermission } from './denied.js';
import { extension, type Json, type JsonObject } from './json.js';

export const rbacFilter = 'envoy.filters.http.rbac';
export const rbacType = 'envoy.extensions.filters.http.rbac.v3.RBAC';

/**
 * Admits exactly these callers with exactly these requests; every refusal counts in `http.inbound.rbac.denied`.
 *
 * @param others further policies
 *
 * Always with rules: a filter without them admits everyone, one with no policy admits nobody.
 */
export const access = (admissions: readonly Admission[], others: JsonObject = {}): JsonObject =>
  extension(rbacFilter, rbacType, {
    rules: {
      action: 'ALLOW',
      policies: { ...Object.fromEntries(admissions.map((admission) => [policyName(admission), policy(admission)])), ...others },
    },
  });

/** Where nobody proves who it is: what any caller may ask for, anyone may. */
export const accessOfAnyone = (admissions: readonly Admission[], others: JsonObject = {}): JsonObject => {
  const policies = { ...Object.fromEntries(admissions.map((admission) => [policyName(admission), policy(admission)])), ...others };
  const anyone = Object.entries(policies).map(([name, each]) => [name, { ...(each as JsonObject), principals: [{ any: true }] }]);
  return extension(rbacFilter, rbacType, { rules: { action: 'ALLOW', policies: Object.fromEntries(anyone) as JsonObject } });
};

const policyName = ({ caller }: Admission): string => `${caller.kind}/${caller.name}`;

const policy = ({ identity, requests, denied }: Admission): Json => ({
  permissions: denied.length === 0 ? permissionsOf(requests) : [butNot(permissionsOf(requests), denied)],
  principals: [{ authenticated: { principal_name: { exact: identity } } }],
});

const permissionsOf = (requests: Admission['requests']): Json[] => (requests === undefined ? [{ any: true }] : requests.map(permission));

const butNot = (permissions: readonly Json[], denied: Admission['denied']): Json => ({
  and_rules: { rules: [{ or_rules: { rules: permissions } }, { not_rule: { or_rules: { rules: denied.map(deniedPermission) } } }] },
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
