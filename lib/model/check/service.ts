import { parseCallee } from '../callee.js';
import * as leaf from '../leaf/index.js';
import { grammar, variableName } from '../name.js';
import { localPortOf } from '../port.js';
import { member, notAmong, show } from '../problem.js';
import { checkAction } from './action.js';
import { referToCallee } from './callee.js';
import { checkSchedule } from './duty.js';
import { checkInterception } from './interception.js';
import { checkListen } from './listen.js';
import { checkMatch, type Matched } from './match.js';
import { checkPorts } from './ports.js';
import { checkCallResilience, checkPolicy, checkStream, checkZones } from './resilience.js';
import { sidecarPorts } from './sidecar-ports.js';
import { checkUpgrade } from './upgrade.js';
import { at, entries, isPlain, type Walk } from './walk.js';

/** The names that a service may use. */
interface Names {
  readonly callable: readonly string[];
  /** Further ports, as `pricing:metrics`. */
  readonly ports: readonly string[];
  /** Services without a listener, which nobody calls. */
  readonly workers: readonly string[];
  /** What has connections and no requests. */
  readonly tcp: readonly string[];
  readonly policies: readonly string[];
  readonly services: readonly string[];
  /** Who declares a call to a service. */
  readonly callersOf: (service: string) => readonly string[];
}

export function checkService(walk: Walk, service: unknown, name: string, path: string, names: Names): void {
  walk.leaf(leaf.service, service, path, [
    'versions',
    'ports',
    'calls',
    'traffic',
    'routes',
    'access',
    'tokens',
    'consumes',
    'acknowledge',
  ]);
  walk.acknowledge(at(service, 'acknowledge'), member(path, 'acknowledge'));
  walk.map(at(service, 'versions'), member(path, 'versions'), grammar.version, 'version', (version, _, place) => {
    walk.leaf(leaf.version, version, place);
    checkScale(walk, at(version, 'scale'), member(place, 'scale'));
  });
  checkScale(walk, at(service, 'scale'), member(path, 'scale'));
  const listen = at(service, 'listen');
  const port = at(listen, 'port');
  if (typeof port === 'number' && port >= sidecarPorts.from && port <= sidecarPorts.to) {
    walk.add(`${path}.listen.port`, `got ${port}; ${sidecarPorts.from}–${sidecarPorts.to} are the sidecar's; allowed: any other`);
  }
  if (isPlain(service) && listen === undefined) {
    for (const field of [
      'health',
      'routes',
      'access',
      'pool',
      'outlierDetection',
      'balance',
      'zones',
      'panic',
      'rateLimit',
      'globalRateLimit',
      'tokens',
      'objective',
    ]) {
      if (at(service, field) !== undefined)
        walk.add(member(path, field), `${name} has no \`listen\`, so nothing can ask it; add \`listen\`, or remove this`);
    }
  }
  checkListen(walk, service, name, path);
  checkZones(walk, service, name, path);
  checkPorts(walk, service, name, path);
  checkInterception(walk, service, path);
  checkSchedule(walk, service, name, path);
  const { services, callersOf } = names;
  checkTraffic(walk, service, path, { service: name, protocol: at(listen, 'protocol'), services, callers: callersOf(name) });
  checkCalls(walk, service, name, path, names);
}

export function checkScale(walk: Walk, scale: unknown, path: string): void {
  const [min, max] = [at(scale, 'min'), at(scale, 'max')];
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    walk.add(member(path, 'max'), `got ${max}, less than min ${min}; allowed: ${min} or more`);
}

function checkTraffic(walk: Walk, service: unknown, path: string, matched: Matched): void {
  const versions = entries(at(service, 'versions')).map(([version]) => version);
  const traffic = at(service, 'traffic');
  if (traffic !== undefined) checkSplit(walk, traffic, member(path, 'traffic'), versions);
  else if (versions.length > 1)
    walk.add(member(path, 'traffic'), `is missing: how are requests split among ${versions.join(', ')}? such as { ${versions[0]}: 100 }`);
  const routes = at(service, 'routes');
  if (routes !== undefined && !Array.isArray(routes))
    return walk.add(member(path, 'routes'), `got ${show(routes)}; allowed: a list of routes, first match wins`);
  for (const [index, route] of (routes ?? []).entries() as Iterable<[number, unknown]>) {
    const place = member(member(path, 'routes'), index);
    walk.leaf(leaf.route, route, place, ['to', 'mirror', 'acknowledge']);
    checkAction(walk, route, place, versions);
    checkPolicy(walk, route, place);
    checkStream(walk, route, place);
    checkUpgrade(walk, route, place, service);
    checkMatch(walk, at(at(route, 'faults'), 'when'), `${place}.faults.when`, matched);
    walk.acknowledge(at(route, 'acknowledge'), member(place, 'acknowledge'));
    const to = at(route, 'to');
    if (typeof to === 'string') walk.reference(to, member(place, 'to'), 'a version', versions);
    else if (to !== undefined) checkSplit(walk, to, member(place, 'to'), versions, 'a version, or ');
    checkMatch(walk, at(route, 'match'), member(place, 'match'), matched);
  }
}

/** Weights of declared versions, not all 0. That they add up to 100 is a check's business. */
function checkSplit(walk: Walk, split: unknown, path: string, versions: readonly string[], or = ''): void {
  if (!isPlain(split))
    return walk.add(path, `got ${show(split)}; allowed: ${or}weights by version, such as { ${versions[0] ?? 'v1'}: 100 }`);
  for (const [version, weight] of entries(split)) {
    if (!versions.includes(version)) walk.add(member(path, version), notAmong(version, 'a version', versions));
    if (!Number.isInteger(weight) || (weight as number) < 0 || (weight as number) > 100)
      walk.add(member(path, version), `got ${show(weight)}; allowed: a whole number from 0 to 100`);
  }
  if (entries(split).every(([, weight]) => weight === 0))
    walk.add(path, 'sends requests to no version; allowed: at least one weight above 0');
}

function checkCalls(walk: Walk, service: unknown, name: string, path: string, names: Names): void {
  const calls = at(service, 'calls');
  if (calls === undefined) return;
  const others = names.callable.filter((each) => each !== name);
  if (!isPlain(calls))
    return walk.add(
      member(path, 'calls'),
      `got ${show(calls)}; allowed: a map from callees to policies, such as { ${others[0] ?? 'pricing'}: {} }`,
    );
  const ports = new Map<number, string>();
  const variables = new Map<string, string>();
  for (const variable of environmentOf(service)) variables.set(variable, "the service's own `env`");
  const own = at(at(service, 'listen'), 'port');
  if (typeof own === 'number') ports.set(own, "the service's own `listen`");
  for (const [port, listens] of entries(at(service, 'ports'))) {
    const number = at(listens, 'port');
    if (typeof number === 'number') ports.set(number, `the service's own \`${port}\``);
  }
  for (const [callee, call] of entries(calls)) {
    const place = member(member(path, 'calls'), callee);
    if (callee === name || callee.startsWith(`${name}:`)) walk.add(place, `${name} calls itself; a call goes to another service`);
    else if (names.workers.includes(callee))
      walk.add(place, `${callee} has no \`listen\`, so nothing can call it; add \`listen\` to it, or remove the call`);
    else if (others.length === 0 && names.callable.length > 0)
      walk.add(place, `${show(callee)} is not a service or external; none but ${name} is declared`);
    else referToCallee(walk, callee, place, [...others, ...names.ports.filter((each) => parseCallee(each).name !== name)]);
    walk.leaf(leaf.call, call, place, ['use', 'failover', 'acknowledge']);
    checkPolicy(walk, call, place);
    checkMatch(walk, at(at(call, 'faults'), 'when'), `${place}.faults.when`, {
      service: callee,
      protocol: undefined,
      services: [],
      callers: [],
    });
    checkCallResilience(walk, { calls, call, callee, caller: name }, place, names);
    walk.acknowledge(at(call, 'acknowledge'), member(place, 'acknowledge'));
    const use = at(call, 'use');
    if (use !== undefined) walk.reference(use, member(place, 'use'), 'a policy', names.policies);
    const chosen = at(call, 'localPort');
    const port = typeof chosen === 'number' ? chosen : localPortOf(callee);
    const other = ports.get(port);
    if (other !== undefined)
      walk.add(member(place, 'localPort'), `${callee} and ${other} both take port ${port} in ${name}; choose another with \`localPort\``);
    else if (port >= sidecarPorts.from && port <= sidecarPorts.to)
      walk.add(member(place, 'localPort'), `got ${port}; ${sidecarPorts.from}–${sidecarPorts.to} are the sidecar's; allowed: any other`);
    ports.set(port, callee);
    for (const variable of variablesOf(call, callee)) {
      const taken = variables.get(variable);
      if (taken === callee) walk.add(member(place, 'env'), `sets ${variable} twice; url, host and port need names of their own`);
      else if (taken !== undefined)
        walk.add(member(place, 'env'), `${callee} and ${taken} both set ${variable} in ${name}; choose another name with \`env\``);
      variables.set(variable, callee);
    }
  }
}

/** The variables that a service and its versions set themselves. */
const environmentOf = (service: unknown): string[] =>
  [service, ...entries(at(service, 'versions')).map(([, version]) => version)].flatMap((each) =>
    entries(at(each, 'env')).map(([name]) => name),
  );

/** The variables that tell an app where a callee is. */
export const variablesOf = (call: unknown, callee: string): string[] =>
  (['url', 'host', 'port'] as const).map((part) => {
    const chosen = at(at(call, 'env'), part);
    return typeof chosen === 'string' ? chosen : `${variableName(callee)}_${part.toUpperCase()}`;
  });
