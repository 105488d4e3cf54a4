import type { Line } from './access-log.js';
import { calleeOf } from './counters.js';

/** What Envoy's response flags say of a callee, the most telling first. */
const words: readonly (readonly [string, string])[] = [
  ['UT', 'did not answer in time'],
  ['UC', 'broke the connection'],
  ['UF', 'could not be connected to'],
  ['UH', 'had no instance to ask'],
  ['UO', 'was asked for more than its caller may have under way'],
  ['UR', 'reset the request'],
  ['LR', 'was not asked: its caller reset the request'],
  ['RL', 'was asked more often than it takes'],
  ['RLSE', 'refused what nobody counted'],
  ['FI', 'was made to fail on purpose'],
  ['NR', 'has no route for it'],
  ['UAEX', 'was not to be asked by it'],
];

/** Whether a call failed: by its status, that of gRPC, which is answered 200 all the same, or by what Envoy says of it. */
export function isFailure({ status, flags, failedWith }: Line): boolean {
  const set = flags.split(',');
  // A caller that gave up (DC, DR) is not why: whoever it waited for is, or who made it give up.
  return (
    !set.includes('DC') &&
    !set.includes('DR') &&
    (status === 0 || status >= 400 || failedWith !== undefined || words.some(([flag]) => set.includes(flag)))
  );
}

/** `catalog-1 → pricing-v1: did not answer in time (UT)`; where Envoy only passed an answer on, its status. */
export function causeOf(envoy: string, { listener, flags, status, cluster, failedWith }: Line): string {
  const set = flags.split(',');
  const said = words.find(([flag]) => set.includes(flag));
  const to = calleeOf(cluster === '-' ? listener : cluster);
  return `${envoy} → ${to}: ${said === undefined ? `answered ${failedWith ?? status}` : `${said[1]} (${said[0]})`}`;
}
