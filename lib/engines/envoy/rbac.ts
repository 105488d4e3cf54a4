import type { Admission } from '../../model/architecture/index.js';
import { isLiteral, type PathPattern, pathRegex } from '../../model/path.js';
import { spellings } from './denied.js';
import { extension, type Json, type JsonObject } from './json.js';

export const rbacFilter = 'envoy.filters.http.rbac';
export const rbacType = 'envoy.extensions.filters.http.rbac.v3.RBAC';

/**
 * Admits exactly these callers with exactly these requests; every refusal counts in `http.inbound.rbac.denied`.
 *
 * Always with rules: a filter without them admits everyone, one with no policy admits nobody.
 *
 * @param others further policies
 */
export const access = (admissions: readonly Admission[], others: JsonObject = {}): JsonObject =>
  filter({ ...Object.fromEntries(admissions.map((each) => [policyName(each), policy(each, isCaller(each))])), ...others });

/** Where nobody proves who it is: what any caller may ask for, anyone may. */
export const accessOfAnyone = (admissions: readonly Admission[], others: JsonObject = {}): JsonObject => {
  const anyone = Object.entries(others).map(([name, each]) => [name, { ...(each as JsonObject), principals: [{ any: true }] }]);
  return filter({ ...Object.fromEntries(admissions.map((each) => [policyName(each), policy(each)])), ...Object.fromEntries(anyone) });
};

/**
 * Whether there is nothing to ask of a request: somebody is admitted, and whoever is may ask for everything. The handshake let in nobody else, and a rule that
 * admits each of their requests again would cost a fortieth of a hop.
 */
export const admitsEverything = (admissions: readonly Admission[]): boolean =>
  admissions.length > 0 && admissions.every(({ requests, denied }) => requests === undefined && denied.length === 0);

const filter = (policies: JsonObject): JsonObject => extension(rbacFilter, rbacType, { rules: { action: 'ALLOW', policies } });

const policyName = ({ caller }: Admission): string => `${caller.kind}/${caller.name}`;

/**
 * The certificate decides. Asked first is what this sidecar has written of it (`SANITIZE_SET`), of which the identity is the last: for Envoy to find that a
 * certificate is somebody else's costs a request as much as eight headers, and a service may have twenty callers.
 */
const isCaller = ({ identity }: Admission): Json[] => [
  { header: { name: 'x-forwarded-client-cert', string_match: { suffix: `;URI=${identity}` } } },
  { authenticated: { principal_name: { exact: identity } } },
];

/**
 * What is allowed and denied stands beside the caller and after it, because Envoy asks in this order: so a request is held against its own caller's lists, and
 * not against everyone's.
 */
const policy = ({ requests, denied }: Admission, caller: readonly Json[] = []): JsonObject => ({
  permissions: [{ any: true }],
  principals: [
    allOf([
      ...caller,
      ...(requests === undefined ? [] : [oneOf(requests.map(asksFor))]),
      ...(denied.length === 0 ? [] : [{ not_id: oneOf(denied.map(asksForAnySpelling)) }]),
    ]),
  ],
});

function asksFor({ method, path }: NonNullable<Admission['requests']>[number]): Json {
  const onPath = { url_path: { path: pathMatcher(path) } };
  return method === undefined ? onPath : allOf([{ header: { name: ':method', string_match: { exact: method } } }, onPath]);
}

/** A request that is denied, in every spelling that some app may read as it. */
function asksForAnySpelling(request: Admission['denied'][number]): Json {
  const { regex, method } = spellings(request);
  const onPath = { url_path: { path: { safe_regex: { regex } } } };
  return method === undefined ? onPath : allOf([{ header: { name: ':method', string_match: method } }, onPath]);
}

/** Of no condition at all, anyone. */
export const allOf = (ids: readonly Json[]): Json => (ids.length === 0 ? { any: true } : ids.length === 1 ? ids[0]! : { and_ids: { ids } });

/** Of no alternative, nobody. */
export const oneOf = (ids: readonly Json[]): Json =>
  ids.length === 0 ? { not_id: { any: true } } : ids.length === 1 ? ids[0]! : { or_ids: { ids } };

/** The path without its query, by whole segments. */
const pathMatcher = (path: PathPattern): JsonObject =>
  isLiteral(path) ? { exact: path.text } : { safe_regex: { regex: pathRegex(path) } };
