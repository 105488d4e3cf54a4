import { setTimeout as wait } from 'node:timers/promises';
import type { Instance } from './instance.js';

/**
 * In which order a task ends.
 *
 * - `drained`: its sidecar says that it is leaving, callers learn that it has left, what is under way ends; then the app stops, then the sidecar.
 * - `app-first`: the app stops while callers still ask it, then the sidecar; they learn of it afterwards. What ECS does by itself, since it reverses the order of
 *   the start: on AWS a third container, the drainer, starts last.
 */
export type StopOrder = 'drained' | 'app-first';

/** How long callers may go on asking who has left, in milliseconds. On AWS it is 25 seconds (`leave.ts` of the envoy engine). */
const discoveryInterval = 1_000;

/** How long what is under way may take to end, in milliseconds; what takes longer, such as a stream, is broken. */
const longestDrain = 10_000;
/** Workers of a caller's Envoy take up new addresses a little after it said so: nothing is under way once nothing was for so many readings, so far apart. */
const quietReadings = 3;
const pause = 100;

/** SIGTERM of a whole task. The app is of the worst kind: it dies at once, with whatever it has in hand. @param leave until no caller knows the instance */
export async function stopInOrder(instance: Instance, order: StopOrder, leave: () => Promise<void>): Promise<void> {
  if (order === 'drained') {
    await instance.drain();
    await wait(discoveryInterval);
    await leave();
    await whenQuiet(instance);
  }
  await instance.stopApp();
  await instance.sidecar.stop();
  if (order === 'app-first') {
    await wait(discoveryInterval);
    await leave();
  }
}

async function whenQuiet(instance: Instance): Promise<void> {
  const end = performance.now() + longestDrain;
  for (let quiet = 0; quiet < quietReadings && instance.sidecar.running && performance.now() < end; ) {
    quiet = (await instance.underWay()) === 0 ? quiet + 1 : 0;
    await wait(pause);
  }
}
