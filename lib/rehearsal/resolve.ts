import type { Architecture } from '../model/architecture/index.js';
import { parseDuration } from '../model/duration.js';
import { freeze } from '../model/freeze.js';
import { checkScenario, findRoute } from './check.js';
import { type ClientRoute, clientRoutes, filled } from './client-route.js';
import { instancesFor } from './instances.js';
import type { Expectation, Load, Scenario, ScenarioEvent } from './scenario.js';
import { ScenarioError } from './scenario-error.js';
import type { EventSpec, ExpectationSpec, LoadSpec, ScenarioSpec } from './spec.js';
import { type InstancesOf, instancesMeant } from './target.js';

/**
 * A scenario as it is rehearsed on this architecture.
 *
 * @param data a `ScenarioSpec`, or anything
 * @throws ScenarioError with every problem, sorted by path
 */
export function resolveScenario(data: unknown, architecture: Architecture): Scenario {
  const problems = checkScenario(data, architecture);
  if (problems.length > 0) throw new ScenarioError(problems);
  const spec = data as ScenarioSpec;
  const routes = clientRoutes(architecture);
  const instancesOf = instancesFor(architecture, spec.instances);
  const versions = architecture.services.flatMap((service) => service.versions);
  const expected = new Map(Object.entries(spec.expect).map(([key, each]) => [findRoute(routes, key), expectationsOf(each)]));
  return freeze({
    name: spec.name,
    about: spec.about,
    duration: milliseconds(spec.duration),
    instances: Object.fromEntries(versions.map(({ id }) => [id, instancesOf(id)])),
    loads: Object.entries(spec.load).map(([key, load]) => {
      const client = findRoute(routes, key) as ClientRoute;
      return loadOf(client, load, expected.get(client) ?? []);
    }),
    events: (spec.events ?? []).map((event) => eventOf(event, architecture, instancesOf)).sort((one, other) => one.at - other.at),
  });
}

const milliseconds = (text: string): number => parseDuration(text)!;

function loadOf(client: ClientRoute, { rate, parameters = {}, headers = {}, json = {} }: LoadSpec, expected: readonly Expectation[]): Load {
  const method = client.route.method ?? 'GET';
  const body = ['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method) ? undefined : JSON.stringify(json);
  return { client, rate, method, path: filled(client.route.path, parameters), headers, body, expected };
}

function expectationsOf({ failed, recoveredAfter, p50, p99, slowest, triesEach }: ExpectationSpec): Expectation[] {
  const count = (kind: 'failed' | 'triesEach', most: number | undefined): Expectation[] => (most === undefined ? [] : [{ kind, most }]);
  const time = (kind: 'recoveredAfter' | 'p50' | 'p99' | 'slowest', text: string | undefined): Expectation[] =>
    text === undefined ? [] : [{ kind, milliseconds: milliseconds(text) }];
  return [
    ...count('failed', failed),
    ...time('recoveredAfter', recoveredAfter),
    ...time('p50', p50),
    ...time('p99', p99),
    ...time('slowest', slowest),
    ...count('triesEach', triesEach),
  ];
}

function eventOf(event: EventSpec, architecture: Architecture, instancesOf: InstancesOf): ScenarioEvent {
  const at = milliseconds(event.at);
  const meant = (target: string) => ({
    at,
    target,
    instances: instancesMeant(architecture, target, instancesOf) as Exclude<ReturnType<typeof instancesMeant>, string>,
  });
  if ('kill' in event) return { kind: 'kill', ...meant(event.kill) };
  if ('stop' in event) return { kind: 'stop', ...meant(event.stop) };
  if ('restore' in event) return { kind: 'restore', ...meant(event.restore) };
  if ('slow' in event) return { kind: 'slow', ...meant(event.slow), by: milliseconds(event.by) };
  if ('fail' in event) return { kind: 'fail', ...meant(event.fail), status: event.status ?? 503 };
  if ('terminate' in event) return { kind: 'terminate', ...meant(event.terminate), order: event.order ?? 'drained' };
  if ('replace' in event) return { kind: 'replace', ...meant(event.replace) };
  if ('scale' in event) {
    const { instances } = meant(event.scale);
    return { kind: 'scale', at, target: event.scale, versions: [...new Set(instances.map(({ version }) => version))], to: event.to };
  }
  if ('rotate' in event) return { kind: 'rotate', at, target: event.rotate };
  const service = architecture.services.find(({ name }) => name === event.shift)!;
  const to = service.versions.map(({ id, name }) => ({ version: id, weight: event.to[name!] ?? 0 }));
  return { kind: 'shift', at, target: event.shift, to };
}
