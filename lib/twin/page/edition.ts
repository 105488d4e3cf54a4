import { boxId } from './topology.js';

interface Named {
  readonly name: string;
  readonly service: string;
}

/** By service: which instances it has. A panel says of which edition it is; the page asks for it again when that is no longer so. */
export function editionsOf(instances: readonly Named[]): Readonly<Record<string, string>> {
  const editions: Record<string, string> = {};
  for (const { name, service } of instances) {
    const id = boxId('service', service);
    editions[id] = editions[id] === undefined ? name : `${editions[id]} ${name}`;
  }
  return editions;
}
