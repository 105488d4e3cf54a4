import { grouped } from '../count.js';
import type { Split } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Scenario, ScenarioEvent } from './scenario.js';

/** `10 s`, `1.5 s`. */
const seconds = (milliseconds: number): string => `${Number((milliseconds / 1_000).toFixed(1))} s`;

/** `10.0 s`, for columns. */
export const moment = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

/** `1 request`, `1,200 requests`. */
export const amount = (count: number, one: string, many = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : many}`;

/** `pricing-v1 50 %, pricing-v2 50 %`. */
function split(shares: readonly Split[]): string {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map(({ version, weight }) => `${version} ${Number(((weight / total) * 100).toFixed(1))} %`).join(', ');
}

/** What an event does: `pricing-v1#2 is killed`. */
export function deed(event: ScenarioEvent): string {
  switch (event.kind) {
    case 'kill':
      return `${event.target} is killed`;
    case 'stop':
      return `the app of ${event.target} is stopped`;
    case 'slow':
      return `${event.target} waits ${showDuration(event.by)} before each answer`;
    case 'fail':
      return `${event.target} answers ${event.status}`;
    case 'restore':
      return `${event.target} is restored`;
    case 'terminate':
      return `${event.target} is terminated, ${event.order === 'drained' ? 'drained first' : 'its app first'}`;
    case 'replace':
      return `${event.target} is replaced, one task after the other`;
    case 'scale':
      return `${event.target} scales to ${event.to}`;
    case 'shift':
      return `${event.target} shifts to ${split(event.to)}`;
    case 'rotate':
      return 'all certificates rotate';
  }
}

/** A line that people read at a glance. */
const widest = 100;

/** What will happen, in one line: `instance-dies: 30 s at 60 requests/s; pricing-v1#2 is killed at 10 s`; of many events only when. */
export function headline({ name, duration, loads, events }: Scenario): string {
  const rate = Number(loads.reduce((sum, load) => sum + load.rate, 0).toFixed(1));
  const load = `${name}: ${seconds(duration)} at ${amount(rate, 'request')}/s`;
  const whole = [load, ...events.map((event) => `${deed(event)} at ${seconds(event.at)}`)].join('; ');
  if (whole.length <= widest) return whole;
  return `${load}; ${amount(events.length, 'event')} from ${seconds(events[0]!.at)} to ${seconds(events.at(-1)!.at)}`;
}
