import type { Architecture, External, Rule, Service, Version } from '../../model/architecture/index.js';

/** @throws where the architecture has no such name, which resolving rules out. */
function named<T>(kind: string, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found === undefined)
    throw new Error(`the architecture has no ${kind} ${JSON.stringify(name)}; it has ${all.map(nameOf).join(', ') || 'none'}`);
  return found;
}

export const serviceOf = ({ services }: Architecture, name: string): Service => named('service', name, services, (service) => service.name);

export const externalOf = ({ externals }: Architecture, name: string): External =>
  named('external', name, externals, (external) => external.name);

/** The versions that some rule sends requests or copies to, each once, in the order of their ids. */
export const versionsIn = (rules: readonly Rule[], { name, versions }: Service): Version[] =>
  [
    ...new Set(
      rules.flatMap(({ to, action }) => [
        ...to.map(({ version }) => version),
        ...(action.mirror === undefined ? [] : [action.mirror.version]),
      ]),
    ),
  ]
    .sort()
    .map((id) => named(`version of ${name}`, id, versions, (version) => version.id));
