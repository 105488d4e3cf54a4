import type { Architecture, Balance, Call, Faults, Pool, Retries, Rule, Service } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { limitsOf } from '../model/resolve/defaults.js';
import { backOffOf } from '../model/resolve/resilience.js';
import type { Aspects } from './aspects.js';
import { byRule, showHeader, showPool, showTries } from './wording.js';

/** Since there is somewhere to go, every instance may be left alone, also where nobody said when. */
const whenOver =
  'further tries at once, first ones as instances are left alone (after 5 errors in a row unless declared), all of them if need be';

/** What nobody has to say, which is not said again. */
const usualOf = ({ compatibility }: Pick<Architecture, 'compatibility'>) => ({ ...limitsOf(compatibility), backOff: backOffOf() });
type Usual = ReturnType<typeof usualOf>;

/** Of a rule that answers by itself. */
const unasked = 'answered by the sidecar';

/** How long is waited and how often is tried, by rule. */
export const policyAspects = (rules: readonly Rule[]): Aspects => ({
  ...aspects(
    'timeout',
    byRule(rules, ({ policy, action }) => (action.answer === undefined ? showDuration(policy.timeout) : unasked)),
  ),
  ...triesAspects(rules),
});

const triesAspects = (rules: readonly Rule[]): Aspects =>
  aspects(
    'tries',
    byRule(rules, ({ policy, action }) => (action.answer === undefined ? showTries(policy) : unasked)),
  );

/** What the ingress does for a gateway's route, besides how long it waits. */
export const routeAspects = (rules: readonly Rule[], architecture: Pick<Architecture, 'compatibility'>): Aspects => ({
  ...triesAspects(rules),
  ...sharedAspects(rules, rules[0]?.policy.retries, usualOf(architecture)),
});

/** What holds for a call besides timeout and tries; nothing of what nobody declared. */
export function callAspects(call: Call, architecture: Pick<Architecture, 'compatibility' | 'services'>): Aspects {
  const { rules, policy, pool, failover, speaks } = call;
  const usual = usualOf(architecture);
  const limits = limitsInWords(pool, speaks, usual);
  return {
    ...(speaks === 'tcp' && policy.retries !== undefined ? { 'tries to connect': String(1 + policy.retries.max) } : {}),
    ...(saysIdempotent(call, architecture) ? { 'may be repeated': 'every request, says the caller' } : {}),
    ...sharedAspects(rules, rules[0]?.policy.retries ?? policy.retries, usual),
    ...(limits === '' ? {} : { 'limit of the caller': limits }),
    ...(failover.length === 0 ? {} : { 'fails over to': `${failover.join(', then ')}: ${whenOver}` }),
  };
}

function sharedAspects(rules: readonly Rule[], retries: Retries | undefined, usual: Usual): Aspects {
  const tries = retries === undefined ? '' : budgetOf(retries, usual);
  const said = (name: string, value: (rule: Rule) => string) =>
    aspects(
      name,
      byRule(rules, value).filter(({ is }) => is !== ''),
    );
  return {
    ...said('silence', idleOf),
    ...(tries === '' ? {} : { 'further tries': tries }),
    ...said('faults on purpose', ({ faults }) => (faults === undefined ? '' : showFaults(faults))),
  };
}

/** Whether all of a call may be repeated, and the callee does not say so of itself. */
function saysIdempotent({ to, rules }: Call, { services }: Pick<Architecture, 'services'>): boolean {
  const own = services.find(({ name }) => name === to)?.rules;
  return rules.length > 0 && rules.every(({ idempotent }) => idempotent) && own?.every(({ idempotent }) => idempotent) !== true;
}

const aspects = (name: string, found: readonly { readonly where: string | undefined; readonly is: string }[]): Aspects =>
  Object.fromEntries(
    found.map(({ where, is }) => [where === undefined || where === 'any other request' ? name : `${name} where ${where}`, is]),
  );

/** A stream always says what ends it. */
function idleOf({ policy: { idle, timeout, from }, stream }: Rule): string {
  if (stream) return `a stream: ends after ${showDuration(idle)} of silence, at the age of ${showDuration(timeout)}`;
  return from.idle === 'default' ? '' : `ends a request after ${showDuration(idle)}`;
}

function budgetOf({ budget, backOff: { base, max } }: Retries, usual: Usual): string {
  const words = [
    ...(budget === usual.budget ? [] : [`at most ${budget} % of what is under way, and three`]),
    ...(base === usual.backOff.base && max === usual.backOff.max ? [] : [`waits from ${showDuration(base)} up to ${showDuration(max)}`]),
  ];
  return words.join('; ');
}

function limitsInWords(pool: Pool, speaks: Call['speaks'], usual: Usual): string {
  const limits = ['connections', 'pendingRequests', 'requests'] as const;
  if (limits.every((limit) => pool[limit] === usual.pool[limit])) return '';
  return showPool(pool, speaks);
}

/** `10 % wait 2s, 5 % are answered 503, where header x-trial is "yes"`. */
export function showFaults({ delay, abort, when }: Faults): string {
  const words = [
    ...(delay === undefined ? [] : [`${delay.percent} % wait ${showDuration(delay.by)}`]),
    ...(abort === undefined ? [] : [`${abort.percent} % are answered ${abort.status}`]),
  ];
  return [words.join(', '), ...when.map((header) => `where header ${showHeader(header)}`)].join(', ');
}

/** How callers choose among its instances, and what they know of them. */
export const serviceAspects = ({ balance, zones, panic, health }: Service): Aspects => ({
  ...(balance.kind === 'round-robin' ? {} : { balance: showBalance(balance) }),
  ...(zones === undefined ? {} : { zones: 'callers prefer instances in their own, as far as load stays even' }),
  panic: showPanic(panic),
  ...(health?.active === undefined
    ? {}
    : {
        'asked for health': `by its callers, GET ${health.path} every ${showDuration(health.active.interval)}, answer within ${showDuration(health.active.timeout)}; sick after ${health.active.unhealthy}, well after ${health.active.healthy}`,
      }),
});

const showBalance = (balance: Balance): string => {
  if (balance.kind !== 'hash') return balance.kind;
  const { by, table } = balance;
  return `the same instance for the same ${by.is === 'caller' ? 'caller' : `${by.is} ${by.name}`}, by ${table}`;
};

/** It fails open: who reads a review should know. */
export const showPanic = (percent: number): string =>
  percent === 0 ? 'sick ones get no request, however few are left' : `with fewer than ${percent} % left all are used again, sick ones too`;

/** A line for each call of which more holds than the table of calls says. */
export const callExtras = (architecture: Architecture): string[][] =>
  architecture.calls.flatMap((call) =>
    Object.entries(callAspects(call, architecture))
      .filter(([aspect]) => aspect !== 'tries to connect')
      .map(([aspect, is], index) => [index === 0 ? `${call.from} → ${call.callee}` : '', aspect, is]),
  );

/** The same of services. */
export const serviceExtras = ({ services }: Architecture): string[][] =>
  services
    .filter(({ listen }) => listen !== undefined)
    .flatMap((service) =>
      Object.entries(serviceAspects(service))
        .filter(([aspect]) => aspect !== 'panic')
        .map(([aspect, is], index) => [index === 0 ? service.name : '', aspect, is]),
    );
