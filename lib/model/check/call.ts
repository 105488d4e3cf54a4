import { parseCallee } from '../callee.js';
import * as leaf from '../leaf/index.js';
import { variableName } from '../name.js';
import { localPortOf } from '../port.js';
import { member, show } from '../problem.js';
import { referToCallee } from './callee.js';
import { checkMatch } from './match.js';
import { checkCallResilience, checkPolicy } from './resilience.js';
import { sidecarPortProblem } from './sidecar-ports.js';
import { at, entries, isPlain, type Walk } from './walk.js';

/** The names that a call may use. */
export interface Callable {
  readonly callable: readonly string[];
  /** Further ports, as `pricing:metrics`. */
  readonly ports: readonly string[];
  /** Services without a listener, which nobody calls. */
  readonly workers: readonly string[];
  /** What has connections and no requests. */
  readonly tcp: readonly string[];
  readonly policies: readonly string[];
}

/** Whom a service calls, and how: each on a port and by variables of its own. */
export function checkCalls(walk: Walk, service: unknown, name: string, path: string, names: Callable): void {
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
    const problem = sidecarPortProblem(port);
    if (other !== undefined)
      walk.add(member(place, 'localPort'), `${callee} and ${other} both take port ${port} in ${name}; choose another with \`localPort\``);
    else if (problem !== undefined) walk.add(member(place, 'localPort'), problem);
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
