import type { Balance, ModelPath, Policy, Retries, Service } from '../architecture/index.js';
import { parseDuration } from '../duration.js';
import { member } from '../problem.js';
import type { BackOffSpec, BalanceSpec, HealthSpec } from '../spec/resilience.js';

/** Percent of a version's instances below which all are used again: Envoy's own. */
export const panicOf = (spec: number | undefined): number => spec ?? 50;

export function healthOf(spec: HealthSpec | undefined): Service['health'] {
  if (spec?.active === undefined) return spec && { path: spec.path, active: undefined };
  const { interval, timeout, healthy = 2, unhealthy = 2 } = spec.active === true ? {} : spec.active;
  return {
    path: spec.path,
    active: { interval: parseDuration(interval) ?? 5_000, timeout: parseDuration(timeout) ?? 2_000, healthy, unhealthy },
  };
}

export function balanceOf(spec: BalanceSpec = 'round-robin'): Balance {
  if (typeof spec === 'string') return { kind: spec };
  const { hash, table = 'ring' } = spec;
  if (hash === 'caller') return { kind: 'hash', by: { is: 'caller' }, table };
  if ('header' in hash) return { kind: 'hash', by: { is: 'header', name: hash.header.toLowerCase() }, table };
  return { kind: 'hash', by: { is: 'cookie', name: hash.cookie }, table };
}

export function backOffOf({ base, max }: BackOffSpec = {}): Retries['backOff'] {
  const first = parseDuration(base) ?? 25;
  return { base: first, max: parseDuration(max) ?? 10 * first };
}

/** One hour, as of every connection: its peer proved its identity when it opened. */
const streamAge = 3_600_000;

/** The policy of a stream: no timeout but its age, whoever asks, and none for a try. */
export const streaming = (policy: Policy, place: ModelPath): Policy => ({
  ...policy,
  timeout: streamAge,
  retries: policy.retries && { ...policy.retries, perTry: undefined },
  from: { ...policy.from, timeout: member(place, 'stream') },
});

/** The policy of a call over TCP: the only thing to try again is connecting. */
export const connecting = (policy: Policy): Policy => ({
  ...policy,
  retries: policy.retries && { ...policy.retries, on: ['unprocessed'] },
});
