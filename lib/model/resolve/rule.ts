import type { HeaderMatch, Match, ModelPath, Rule, Split } from '../architecture.js';
import { type PathPattern, parsePath } from '../path.js';
import type { PlainService, PlainSpec } from '../plain-spec.js';
import { member } from '../problem.js';
import type { MatchSpec, RouteSpec, SplitSpec, StringMatch } from '../spec.js';
import { mergePolicy, type Written } from './policy.js';

/** A pattern that was checked before. */
export const pathOf = (text: string): PathPattern => {
  const parsed = parsePath(text);
  if (typeof parsed === 'string') throw new TypeError(`unchecked path ${text}`);
  return parsed;
};

export const everything: Match = { path: undefined, methods: undefined, headers: [] };

/** The id of a version: the service's name, or `<service>-<version>` where versions are declared. */
export const versionId = (service: string, version: string): string => `${service}-${version}`;

export function trafficOf(name: string, service: PlainService): Split[] {
  const versions = Object.keys(service.versions ?? {});
  if (versions.length === 0) return [{ version: name, weight: 100 }];
  if (service.traffic === undefined) return [{ version: versionId(name, versions[0]!), weight: 100 }];
  return splitOf(name, versions, service.traffic);
}

/** Versions in the order of their declaration; one that is not named gets nothing. */
const splitOf = (name: string, versions: readonly string[], split: SplitSpec<string>): Split[] =>
  versions
    .filter((version) => split[version] !== undefined)
    .map((version) => ({ version: versionId(name, version), weight: split[version]! }));

/** A service's rules with a caller's policies merged in; the last one takes what no other does. */
export function rulesOf(spec: PlainSpec, name: string, callers: readonly Written[], idempotent = false): Rule[] {
  const service = spec.services![name]!;
  const path = member('services', name);
  const defaults: Written = { spec: spec.mesh?.defaults, path: 'mesh.defaults' };
  const routes = (service.routes ?? []).map((route, index): Rule => {
    const place = member(member(path, 'routes'), index);
    return {
      path: place,
      match: matchOf(route.match),
      to: targetOf(name, service, route),
      policy: mergePolicy(callers, { spec: route, path: place }, defaults),
      idempotent: idempotent || route.idempotent === true,
    };
  });
  const last = routes.at(-1);
  if (last !== undefined && isEverything(last.match)) return routes;
  const rest: Rule = {
    path: member(path, 'traffic'),
    match: everything,
    to: trafficOf(name, service),
    policy: mergePolicy(callers, undefined, defaults),
    idempotent,
  };
  return [...routes, rest];
}

const isEverything = ({ path, methods, headers }: Match): boolean => path === undefined && methods === undefined && headers.length === 0;

function targetOf(name: string, service: PlainService, { to }: RouteSpec<string>): Split[] {
  if (to === undefined) return trafficOf(name, service);
  if (typeof to === 'string') return [{ version: versionId(name, to), weight: 100 }];
  return splitOf(name, Object.keys(service.versions ?? {}), to);
}

function matchOf(match: MatchSpec | undefined): Match {
  if (match === undefined) return everything;
  const headers = Object.entries(match.headers ?? {}).map(([name, value]) => headerOf(name.toLowerCase(), value));
  return {
    path: match.path === undefined ? undefined : pathOf(match.path),
    methods: match.method === undefined ? undefined : [match.method].flat().sort(),
    headers: headers.sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function headerOf(name: string, value: StringMatch): HeaderMatch {
  if (typeof value === 'string') return { name, is: 'exact', value };
  if ('present' in value) return { name, is: value.present ? 'present' : 'absent' };
  if ('prefix' in value) return { name, is: 'prefix', value: value.prefix };
  if ('suffix' in value) return { name, is: 'suffix', value: value.suffix };
  return { name, is: 'regex', value: value.regex };
}

/** Where one reads the path of a call or a route's own policy. */
export const writtenAt = (spec: Written['spec'], path: ModelPath): Written => ({ spec, path });
