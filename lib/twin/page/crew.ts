import { count } from '../../count.js';
import type { Instance } from '../instance.js';
import type { Twin } from '../twin.js';
import { Inapplicable } from './inapplicable.js';
import type { VersionLive } from './live.js';

/** Of each version: every one is an Envoy, and an app, on this machine. */
export const mostInstances = 5;

type Counted = Pick<VersionLive, 'instances' | 'starting'>;

export const mayGrow = ({ instances, starting }: Counted): boolean => instances + starting < mostInstances;
/** A version always has one: without any, its callers are refused at once, which no deployment does. */
export const mayShrink = ({ instances }: Counted): boolean => instances > 1;

/**
 * One more instance of a version, or one fewer, which ends as a task does; and says so, with the undo.
 *
 * @throws TwinError `UNKNOWN_NAME`, `PROCESS_FAILED`, `NOT_READY`
 * @throws Inapplicable where that would be too many, or none
 */
export async function scale(twin: Twin, version: string, way: 'more' | 'fewer'): Promise<string> {
  const starting = twin.starting(version);
  const own = twin.instances.filter((instance) => instance.version.id === version);
  const staying = own.filter((instance) => !twin.isEnding(instance));
  if (own.some(({ isOnDemand }) => isOnDemand)) throw new Inapplicable(`${version} runs on demand, once each time, so there is one of it`);
  const counted = { instances: staying.length, starting };
  if (way === 'more') {
    if (!mayGrow(counted)) throw new Inapplicable(`${version} has ${mostInstances} instances, which is the most here; one fewer first`);
    await twin.scale(version, staying.length + 1);
    return `${version} has one more instance, which its callers ask from now on: ${have(twin, version)}; undo: one fewer`;
  }
  const newest = staying.at(-1);
  if (newest === undefined || !mayShrink(counted)) throw last(version);
  await twin.scale(version, staying.length - 1);
  return `${version} #${newest.number}, the newest, has ended as a task does: ${have(twin, version)}; undo: one more`;
}

/** Ends an instance as a task of a deployment does: nobody who asks it loses a request. @throws TwinError `NOT_READY` @throws Inapplicable for the last one */
export async function end(twin: Twin, instance: Instance): Promise<string> {
  const { version, number } = instance;
  const staying = staysOf(twin, version.id);
  if (!twin.isEnding(instance) && !mayShrink({ instances: staying.length, starting: 0 })) throw last(version.id);
  await twin.end(version.id, number, 'drained');
  return `${version.id} #${number} has ended: it left its callers, ended what was under way, and stopped; ${have(twin, version.id)}; undo: one more`;
}

const staysOf = (twin: Twin, version: string): Instance[] =>
  twin.instances.filter((instance) => instance.version.id === version && !twin.isEnding(instance));

const have = (twin: Twin, version: string): string => `${count(staysOf(twin, version).length, 'instance')} now`;

const last = (version: string): Inapplicable => new Inapplicable(`it is the last instance of ${version}; one more first`);
