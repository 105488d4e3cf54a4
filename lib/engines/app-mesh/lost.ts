import type { Architecture, Policy, Rule } from '../../model/architecture/index.js';
import { showDuration } from '../../model/duration.js';
import type { Loss } from '../capability.js';
import { furtherPorts, withoutFurtherPorts } from './further-port.js';
import { error, warning } from './loss.js';
import { pulled } from './lost-egress.js';
import { globalRateLimits, pools, rateLimits } from './lost-limits.js';
import { ownRetries } from './lost-profile.js';
import { observability, protocols } from './lost-protocols.js';
import { repeats } from './lost-repeats.js';
import { resilience } from './lost-resilience.js';
import { access, addresses, mtls, tokens } from './lost-security.js';
import { sizes } from './lost-sizes.js';
import { unmatchable } from './match.js';
import { type Placement, placementOf } from './placement.js';
import { longestOf, policyFor, samePolicy, usersOf } from './policy.js';
import { areUsualRetries } from './profile.js';
import { inexact } from './retry.js';
import { usual } from './time-limit.js';
import { enteringGateways } from './virtual-gateway.js';
import { isExact, percents } from './weight.js';

/** Where App Mesh cannot carry what the architecture says. Never empty: the service itself has ended. What is not enforced first, then by place. */
export function lost(declared: Architecture, placement: Placement = placementOf(declared)): Loss[] {
  const architecture = withoutFurtherPorts(declared);
  const found = [...ended(), ...access(architecture), ...policies(architecture), ...retries(architecture), ...weights(architecture)];
  const all = [
    ...found,
    ...matches(architecture),
    ...actions(architecture),
    ...pools(architecture),
    ...tokens(architecture),
    ...addresses(architecture),
    ...protocols(architecture),
    ...furtherPorts(declared),
    ...observability(architecture),
    ...mtls(architecture),
    ...rateLimits(architecture),
    ...globalRateLimits(architecture),
    ...resilience(architecture),
    ...gateways(architecture),
    ...externals(architecture),
    ...ownRetries(architecture),
    ...repeats(architecture),
    ...pulled(architecture, placement),
    ...sizes(declared, placement),
  ];
  const once = new Map(all.map((loss) => [`${loss.severity}\n${loss.at}\n${loss.feature}\n${loss.is}`, loss]));
  return [...once.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, loss]) => loss);
}

function* ended(): Generator<Loss> {
  yield warning(
    'in-service',
    '',
    'AWS App Mesh ended on 2026-09-30: this can be read and reviewed, not deployed; the engine envoy is the way on',
  );
  yield warning(
    'safe-defaults',
    '',
    'sidecars of App Mesh do not normalize paths, pass deadlines on, keep a retry budget or forbid session resumption, and the ingress does not verify tokens again',
  );
}

/** One policy for all who ask. */
function* policies(architecture: Architecture): Generator<Loss> {
  for (const { name, rules } of architecture.services) yield* differing(architecture, name, rules);
}

function* differing(architecture: Architecture, name: string, rules: readonly Rule[]): Generator<Loss> {
  const users = usersOf(name, architecture);
  const kept = new Map(rules.map((rule) => [rule.path, policyFor(rule, users)]));
  for (const user of users) {
    const differences = user.rules.flatMap(({ path, policy }) => {
      const instead = kept.get(path);
      return instead === undefined || samePolicy(policy, instead) ? [] : [{ path, instead: show(instead), own: show(policy) }];
    });
    const first = differences.filter((each, index) => index === differences.findIndex((other) => isAlike(each, other)));
    for (const difference of first) {
      const places = differences.filter((other) => isAlike(difference, other)).map(({ path }) => path);
      const where = places.length > 2 ? `${places[0]} and ${places.length - 1} more` : places.join(' and ');
      const is = `${user.name} gets ${difference.instead} at ${where}, not its own ${difference.own}: one policy for all who ask ${name}`;
      yield warning('policy-per-caller', user.at, is);
    }
  }
}

/** The same of two rules is said once. */
const isAlike = (
  one: { readonly instead: string; readonly own: string },
  other: { readonly instead: string; readonly own: string },
): boolean => one.instead === other.instead && one.own === other.own;

const show = ({ timeout, idle, retries }: Policy): string => {
  const limits = `${showDuration(timeout)}${idle === usual.idle ? '' : `, ${showDuration(idle)} of silence`}`;
  if (retries === undefined) return `${limits} without retries`;
  const perTry = retries.perTry === undefined ? '' : `, ${showDuration(retries.perTry)} each`;
  return `${limits} and ${retries.max + 1} tries (${retries.on.join(', ')}${perTry})`;
};

/** The default event is on every route: said once. The others where they are written. */
function* retries(architecture: Architecture): Generator<Loss> {
  const { services, externals } = architecture;
  const inside = services.flatMap(({ name, rules }) => rules.map((rule) => policyFor(rule, usersOf(name, architecture))));
  const outside = externals.flatMap(({ name }) => usersOf(name, architecture).flatMap(({ rules }) => rules.map(({ policy }) => policy)));
  const all = [...inside, ...outside];
  if (all.some((policy) => policy.retries !== undefined)) yield warning('retry-unprocessed', '', `unprocessed is ${inexact.unprocessed}`);
  for (const policy of all.filter((each) => !areUsualRetries(each))) {
    const { retries, from } = policy;
    for (const event of retries?.on ?? []) {
      if (event !== 'unprocessed' && inexact[event] !== undefined) yield warning('retries', from.retries, `${event} is ${inexact[event]}`);
    }
  }
}

function* weights({ services }: Architecture): Generator<Loss> {
  for (const { rules } of services) {
    for (const { path, to } of rules) {
      if (isExact(to)) continue;
      const shares = percents(to);
      yield warning(
        'weighted-versions',
        path,
        `the split is rounded to ${to.map(({ version }, index) => `${version} ${shares[index]}%`).join(', ')}`,
      );
    }
  }
}

/** What a rule does besides sending requests on. */
function* actions({ services }: Architecture): Generator<Loss> {
  for (const { name, rules } of services) {
    for (const { path, action } of rules) {
      const { mirror, rewrite, answer, headers } = action;
      if (mirror !== undefined) yield error('traffic-mirroring', path, `${mirror.version} gets no copies`);
      if (rewrite?.path !== undefined)
        yield error('path-rewrite', path, `${name} sees the path that was asked for, not ${rewrite.path.text}`);
      if (rewrite?.host !== undefined) yield error('host-rewrite', path, `${name} sees its own host, not ${rewrite.host}`);
      if (answer !== undefined)
        yield error(
          answer.is === 'redirect' ? 'redirects' : 'direct-responses',
          path,
          `left out: what was to be answered ${answer.status} goes to ${name}, as its other rules say`,
        );
      if ([headers.request, headers.response].some(({ set, remove }) => set.length + remove.length > 0))
        yield error('header-changes', path, 'headers stay as they are');
    }
  }
}

function* matches({ services }: Architecture): Generator<Loss> {
  for (const { path, match } of services.flatMap(({ rules }) => rules)) {
    const { headers, from } = match;
    for (const { name, is } of headers)
      if (is === 'not')
        yield warning('match-header-not', path, `a request without ${name} is not taken; App Mesh inverts only what is there`);
    const why = unmatchable(match);
    if (why !== undefined) yield error(from === undefined ? 'match-query' : 'match-caller', path, `left out: the rule ${why}`);
  }
}

function* gateways(architecture: Architecture): Generator<Loss> {
  const [first, ...others] = enteringGateways(architecture);
  for (const { name, path } of others) {
    yield error(
      'gateway-identity',
      path,
      `an ingress task of App Mesh is one virtual gateway, and it is ${first!.name}; ${name} has no way in`,
    );
  }
}

/** One policy for all who ask; and a gateway's one client policy begins no TLS of the public kind. */
function* externals(architecture: Architecture): Generator<Loss> {
  for (const { name, path } of architecture.externals) yield* disagreeing(architecture, name, path);
  for (const gateway of enteringGateways(architecture)) {
    const ports = architecture.services
      .filter(({ name }) => gateway.routes.some(({ target }) => target.kind === 'service' && target.name === name))
      .map(({ listen }) => listen?.port);
    for (const { target, at } of gateway.routes) {
      const external = target.kind === 'external' ? architecture.externals.find(({ name }) => name === target.name)! : undefined;
      if (external?.protocol === 'https')
        yield error(
          'externals',
          at,
          `${gateway.name} cannot reach ${external.name} over TLS: a virtual gateway has one client policy, and it is the mesh's`,
        );
      else if (external !== undefined && ports.includes(external.port))
        yield error(
          'externals',
          at,
          `${gateway.name} asks ${external.name} for mutual TLS, because services listen on port ${external.port} too`,
        );
    }
  }
}

function* disagreeing(architecture: Architecture, name: string, at: string): Generator<Loss> {
  const policies = usersOf(name, architecture).flatMap(({ rules }) => rules.map(({ policy }) => policy));
  const [longest] = [...policies].sort((one, other) => other.timeout - one.timeout);
  if (longest === undefined || policies.every((policy) => samePolicy(policy, longest))) return;
  yield warning(
    'policy-per-caller',
    at,
    `all who ask ${name} get ${show({ ...longest, ...longestOf(policies) })}, the longest limits of theirs`,
  );
}
