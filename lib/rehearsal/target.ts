import { count } from '../count.js';
import type { Architecture } from '../model/architecture/index.js';
import { notAmong } from '../model/problem.js';
import type { InstanceName } from './scenario.js';

/** How many instances a version has in a scenario. */
export type InstancesOf = (version: string) => number;

/** @returns the instances that `pricing`, `pricing-v1` or `pricing-v1#2` means; or in words what is wrong with it */
export function instancesMeant({ services }: Architecture, written: string, instancesOf: InstancesOf): readonly InstanceName[] | string {
  const [, name, number] = /^([^#]*)(?:#(\d{1,3}))?$/.exec(written) ?? [];
  if (name === undefined) return `got ${JSON.stringify(written)}; allowed: a service, a version, or an instance such as "pricing-v1#2"`;
  const versions = services.flatMap((service) =>
    service.name === name ? service.versions : service.versions.filter(({ id }) => id === name),
  );
  if (versions.length === 0) {
    const names = services.flatMap((service) => [service.name, ...service.versions.map(({ id }) => id)]);
    return notAmong(name, 'a service or a version', [...new Set(names)]);
  }
  const all = versions.flatMap(({ id }) => Array.from({ length: instancesOf(id) }, (_, index) => ({ version: id, number: index + 1 })));
  if (number === undefined) return all;
  if (versions.length > 1) return `${name} has several versions: name one, such as "${versions[0]!.id}#${number}"`;
  const one = all.filter((instance) => instance.number === Number(number));
  if (one.length === 1) return one;
  return `${name} has ${count(all.length, 'instance')} here; ask for more: instances: { '${name}': ${Number(number)} }`;
}
