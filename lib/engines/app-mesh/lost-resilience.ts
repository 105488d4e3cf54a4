import type { ActiveHealth, Architecture, Balance, Call, Rule, Service } from '../../model/architecture/index.js';
import { unlimited } from '../../model/architecture/resilience.js';
import { showDuration } from '../../model/duration.js';
import type { Loss } from '../capability.js';
import { nearestHealth } from './health.js';
import { error, warning } from './loss.js';

/** Envoy's own, and so App Mesh's where nothing is said. */
const usual = { limit: 1_024, budget: 20, base: 25, max: 250, panic: 50 };

/** What of resilience and of faults App Mesh cannot carry. */
export function* resilience({ services, calls }: Architecture): Generator<Loss> {
  for (const service of services) yield* ofService(service);
  for (const call of calls) yield* ofCall(call);
  for (const rule of [...services, ...calls].flatMap(({ rules }) => rules)) yield* ofRule(rule);
}

function* ofService({ name, path, listen, balance, zones, panic, health }: Service): Generator<Loss> {
  if (listen === undefined) return;
  if (balance.kind !== 'round-robin')
    yield warning('balancing', `${path}.balance`, `requests to ${name} take turns among its instances, not ${inWords(balance)}`);
  if (zones !== undefined)
    yield warning('zone-aware-balancing', `${path}.zones`, `requests to ${name} take turns among its instances, in whatever zone they are`);
  if (panic !== usual.panic)
    yield warning('panic', `${path}.panic`, `all instances of ${name} are used again below ${usual.panic} %, not ${panic} %`);
  if (health?.active !== undefined) yield* ofHealth(`${path}.health.active`, health.active, nearestHealth(health.active));
}

function* ofHealth(at: string, own: ActiveHealth, taken: ActiveHealth): Generator<Loss> {
  const differs = (field: keyof ActiveHealth): boolean => own[field] !== taken[field];
  if (differs('interval'))
    yield warning('active-health', at, `callers ask every ${showDuration(taken.interval)}, not every ${showDuration(own.interval)}`);
  if (differs('timeout'))
    yield warning('active-health', at, `an answer may take ${showDuration(taken.timeout)}, not ${showDuration(own.timeout)}`);
  if (differs('healthy')) yield warning('active-health', at, `${taken.healthy} good answers bring an instance back, not ${own.healthy}`);
  if (differs('unhealthy')) yield warning('active-health', at, `${taken.unhealthy} bad answers put an instance out, not ${own.unhealthy}`);
}

const inWords = (balance: Balance): string => (balance.kind === 'hash' ? `by hash of the ${balance.by.is}` : `by ${balance.kind}`);

function* ofCall({ from, to, path, pool, failover, speaks, policy }: Call): Generator<Loss> {
  const limits = Object.entries(pool).filter(([, limit]) => limit !== usual.limit && limit !== unlimited);
  if (limits.length > 0)
    yield error(
      'caller-pool',
      `${path}.pool`,
      `${from} may have any number of requests under way to ${to}, not ${limits.map(([name, limit]) => `${name} ${limit}`).join(', ')}`,
    );
  if (failover.length > 0)
    yield error('failover', `${path}.failover`, `nobody stands in for ${to} where ${from} cannot reach it, not ${failover.join(', ')}`);
  if (speaks === 'tcp' && policy.from.timeout !== 'default')
    yield warning(
      'tcp-services',
      policy.from.timeout,
      `connecting from ${from} to ${to} takes as long as it takes, not ${showDuration(policy.timeout)} at most`,
    );
  if (speaks === 'tcp' && policy.retries !== undefined && policy.from.retries !== 'default')
    yield warning('retry-tcp', policy.from.retries, `a connection from ${from} to ${to} is tried once`);
}

function* ofRule({ path, policy, stream, faults }: Rule): Generator<Loss> {
  const { retries, from } = policy;
  if (stream)
    yield warning('streams', path, `a stream may last ${showDuration(policy.timeout)} from the end of its request, not from its beginning`);
  if (retries !== undefined && retries.budget !== usual.budget && retries.budget !== undefined)
    yield warning('retry-budget', from.retries, `any share of the requests may be further tries, not ${retries.budget} %`);
  if (retries !== undefined && (retries.backOff.base !== usual.base || retries.backOff.max !== usual.max))
    yield warning(
      'retry-back-off',
      from.retries,
      `tries wait from 25ms up to 250ms, not from ${showDuration(retries.backOff.base)} up to ${showDuration(retries.backOff.max)}`,
    );
  if (faults !== undefined) yield warning('fault-injection', faults.path, 'no trouble is made');
}
