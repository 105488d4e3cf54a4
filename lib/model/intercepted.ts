import type { Architecture, Call, External, ModelPath, Service } from './architecture/index.js';
import { doorOf } from './door.js';
import { member } from './problem.js';

/** How an intercepted connection tells for whom it is: by the host that its requests name, by the name in the app's own TLS, or by its port alone. */
export type Told = 'host' | 'name' | 'port';

/** Something that a service says it asks, as its app asks it where that is intercepted. */
export interface Intercepted {
  readonly callee: string;
  readonly path: ModelPath;
  readonly port: number;
  readonly told: Told;
  /** Undefined for a queue, which no call is declared for. */
  readonly call: Call | undefined;
  /** Undefined for a service. */
  readonly external: External | undefined;
  /** Who is asked in its place, because the two look the same; undefined where it can be told. */
  readonly takenFor: string | undefined;
}

/** What a service's app asks: its calls, then its queues, as sorted in the architecture. */
export function interceptedOf(architecture: Architecture, service: Service): Intercepted[] {
  const asked: Intercepted[] = [];
  for (const each of [...called(architecture, service), ...consumed(architecture, service)]) {
    const other = asked.find((before) => before.takenFor === undefined && looksLike(each, before));
    asked.push({ ...each, takenFor: other?.callee });
  }
  return asked;
}

type Asked = Omit<Intercepted, 'takenFor'>;

const called = ({ calls, externals, services }: Architecture, service: Service): Asked[] =>
  calls
    .filter(({ from }) => from === service.name)
    .map((call) => {
      const external = externals.find(({ name }) => call.kind === 'external' && name === call.to);
      const callee = services.find(({ name }) => call.kind === 'service' && name === call.to);
      const listen = callee && doorOf(callee, call.port)?.listen;
      const told = external?.protocol === 'tls' ? 'name' : call.speaks === 'tcp' ? 'port' : 'host';
      return { callee: call.callee, path: call.path, port: external?.port ?? listen!.port, told, call, external };
    });

/** The app asks a queue itself, mostly by TLS of its own. */
const consumed = ({ externals }: Architecture, { path, consumes }: Service): Asked[] =>
  consumes.map((callee, index) => {
    const external = externals.find(({ name }) => name === callee)!;
    const told = external.protocol === 'https' || external.protocol === 'tls' ? 'name' : 'port';
    return { callee, path: member(member(path, 'consumes'), index), port: external.port, told, call: undefined, external };
  });

/** What is told by its port has that port for itself; the rest have names. A host that only the deployment knows is taken for one of its own. */
function looksLike(one: Asked, other: Asked): boolean {
  if (one.port !== other.port) return false;
  if (one.told === 'port' || other.told === 'port') return true;
  const host = one.external?.host?.toLowerCase();
  return one.told === other.told && host !== undefined && host === other.external?.host?.toLowerCase();
}
