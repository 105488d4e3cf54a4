import type { Architecture } from '../model/architecture/index.js';
import { at, isPlain } from '../model/check/walk.js';
import type { InstancesOf } from './target.js';

/** How many instances each version has: as said of the version, else of its service, else of all, else one. @param written whatever was written */
export function instancesFor({ services }: Architecture, written: unknown): InstancesOf {
  const counts = new Map(
    services.flatMap(({ name, versions }) =>
      versions.map(({ id }) => [id, count(isPlain(written) ? (at(written, id) ?? at(written, name)) : written)] as const),
    ),
  );
  return (version) => counts.get(version) ?? 1;
}

const count = (value: unknown): number => (Number.isInteger(value) ? Math.max(1, Number(value)) : 1);
