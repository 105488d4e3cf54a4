import type { Environment, ModelPath, Replacement } from '../architecture/index.js';
import { byName } from '../by-name.js';
import { ArchitectureError, member, notAmong } from '../problem.js';
import type { SizingSpec } from '../spec/index.js';
import type { PlainEnvironment, PlainService, PlainSpec } from '../spec/plain.js';

/** The environment of the twin: always there, whether declared or not. */
export const localEnvironment = 'local';

/** @throws ArchitectureError where environments are declared and this is none of them */
export function refuseUnknown({ environments }: PlainSpec, environment: string): void {
  const names = byName(environments).map(([name]) => name);
  if (names.length === 0 || environment === localEnvironment || names.includes(environment)) return;
  const allowed = names.includes(localEnvironment) ? names : [...names, localEnvironment];
  throw new ArchitectureError([{ path: 'environment', message: notAmong(environment, 'an environment', allowed) }]);
}

/** What is declared, with what an environment replaces. */
export function inEnvironment(spec: PlainSpec, environment: string): PlainSpec {
  const own = spec.environments?.[environment];
  if (own === undefined) return spec;
  return {
    ...spec,
    ...replaced('services', spec.services, own.services, sized),
    ...replaced('external', spec.external, own.external, (external, { host }) => ({ ...external, host })),
    ...replaced('gateways', spec.gateways, own.gateways, (gateway, { throttle }) => ({ ...gateway, throttle })),
  };
}

function replaced<K extends string, T, R>(
  field: K,
  map: Readonly<Record<string, T>> | undefined,
  by: Readonly<Record<string, R | undefined>> | undefined,
  replace: (declared: T, by: R) => T,
): { readonly [F in K]?: Record<string, T> } {
  if (map === undefined || by === undefined) return {};
  const members = Object.entries(map).map(([name, each]) => [name, by[name] === undefined ? each : replace(each, by[name])] as const);
  return { [field]: Object.fromEntries(members) } as { readonly [F in K]?: Record<string, T> };
}

function sized(
  service: PlainService,
  { versions, ...sizing }: SizingSpec & { versions?: Record<string, SizingSpec | undefined> },
): PlainService {
  const own = Object.entries(service.versions ?? {}).map(([name, version]) => [name, { ...version, ...versions?.[name] }] as const);
  return { ...service, ...sizing, ...(service.versions === undefined ? {} : { versions: Object.fromEntries(own) }) };
}

/** Where to change a version's scale so that it holds in an environment. */
export function scalePath({ environments }: PlainSpec, environment: string, service: string, version: string | undefined): ModelPath {
  const sizing = environments?.[environment]?.services?.[service];
  const declared = member('services', service);
  const here = member(member(member('environments', environment), 'services'), service);
  const at = (place: ModelPath) => `${version === undefined ? place : member(member(place, 'versions'), version)}.scale`;
  if (version !== undefined && sizing?.versions?.[version]?.scale !== undefined) return at(here);
  return sizing?.scale === undefined ? at(declared) : at(here);
}

/** Every environment that is declared, with what it replaces. */
export const environmentsOf = (spec: PlainSpec): Environment[] =>
  byName(spec.environments).map(([name, environment]) => ({
    name,
    path: member('environments', name),
    production: environment.production === true,
    replaces: replacementsOf(spec, environment),
  }));

function replacementsOf(spec: PlainSpec, { services, external, gateways }: PlainEnvironment): Replacement[] {
  const fields = (path: ModelPath, values: object, ...declared: readonly (object | undefined)[]): Replacement[] =>
    byName(values as Record<string, unknown>).map(([field, value]) => ({
      path: member(path, field),
      value,
      instead: (declared as readonly (Readonly<Record<string, unknown>> | undefined)[]).find((each) => each?.[field] !== undefined)?.[
        field
      ],
    }));
  return [
    ...byName(services).flatMap(([name, { versions, ...sizing }]) => {
      const path = member('services', name);
      const declared = spec.services?.[name];
      return [
        ...fields(path, sizing, declared),
        ...byName(versions).flatMap(([version, own]) =>
          fields(member(member(path, 'versions'), version), own, declared?.versions?.[version], declared),
        ),
      ];
    }),
    ...byName(external).flatMap(([name, address]) => fields(member('external', name), address, spec.external?.[name])),
    ...byName(gateways).flatMap(([name, entry]) => fields(member('gateways', name), entry, spec.gateways?.[name])),
  ];
}

/** The environment that checks and reviews speak for: the one marked `production`, by name the first of several; `local` where there is none. */
export const spokenFor = ({ environments }: PlainSpec): string =>
  byName(environments).find(([, { production }]) => production === true)?.[0] ?? localEnvironment;
