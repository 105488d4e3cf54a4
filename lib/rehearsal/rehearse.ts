import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Architecture } from '../model/architecture/index.js';
import { claimsFor } from '../twin/claims.js';
import { type Twin, TwinError, up } from '../twin/index.js';
import type { Log } from './access-log.js';
import { act } from './act.js';
import { judge } from './judge.js';
import { Observer } from './observer.js';
import { within } from './patience.js';
import type { Rehearsal, RouteResult } from './result.js';
import type { Load, Scenario } from './scenario.js';
import { type Aim, patience, send } from './sender.js';
import type { Tally } from './tally.js';
import { type Trail, trails } from './trail.js';

export interface RehearseOptions {
  /** Where the architecture is: whose `.venv` may have Envoy. @default the working directory */
  readonly folder?: string;
  /** Several times a second while requests are sent: milliseconds from the first one. @default nowhere */
  readonly onProgress?: (elapsed: number) => void;
  /** Each line that an Envoy writes: warnings and errors. @default nowhere */
  readonly onLine?: (envoy: string, line: string) => void;
}

/**
 * Runs an architecture on this machine, sends the scenario's load to its gateways, does what the scenario says, and tells what each client route saw.
 * Nothing is left afterwards, whatever happened. Stubs stand in for all apps, for those with `run` too, and for all externals: they can be slowed and made to fail,
 * and what they take is the mesh's time alone.
 *
 * @throws TwinError as `up`, and `INTERRUPTED` for a signal while it runs
 */
export async function rehearse(architecture: Architecture, scenario: Scenario, options: RehearseOptions = {}): Promise<Rehearsal> {
  const deaths: string[] = [];
  const twin = await up(architecture, {
    instances: scenario.instances,
    apps: 'stubs',
    ...(options.folder === undefined ? {} : { folder: options.folder }),
    ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
    onDeath: ({ message }) => {
      deaths.push(message);
    },
  });
  try {
    const aims = await Promise.all(scenario.loads.map((load) => aimAt(twin, load)));
    const run = await untilStopped(twin, (signal) => runOn(twin, scenario, aims, signal, options));
    return { scenario, architecture: architecture.name, ...run, deaths };
  } finally {
    await within(longestEnd, 'the twin to stop', twin.stop());
  }
}

async function aimAt(twin: Twin, load: Load): Promise<Aim> {
  const { gateway, route } = load.client;
  const token =
    route.auth.kind === 'authorizer'
      ? await twin.token(route.auth.name, { scopes: route.auth.scopes, claims: claimsFor(twin.architecture, route) })
      : undefined;
  return { load, url: twin.gateway(gateway).url, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
}

async function untilStopped<T>(twin: Twin, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stopped = twin.stopped.then(({ signal }) => {
    stopping.abort();
    throw new TwinError('INTERRUPTED', `${signal ?? 'something'} came while it was rehearsed`);
  });
  stopped.catch(() => {});
  return Promise.race([run(stopping.signal), stopped]);
}

type Run = Omit<Rehearsal, 'scenario' | 'architecture' | 'deaths'>;

async function runOn(
  twin: Twin,
  { duration, events }: Scenario,
  aims: readonly Aim[],
  signal: AbortSignal,
  { onProgress = () => {} }: RehearseOptions,
): Promise<Run> {
  const observer = await Observer.of(twin);
  const start = performance.now();
  observer.begin(start);
  const progress = setInterval(() => onProgress(Math.min(performance.now() - start, duration)), 100);
  try {
    const [{ tallies, latest }, happened] = await Promise.all([
      within(duration + patience + longestEnd, 'every request to be answered or given up', send(aims, duration, start, signal)),
      act(twin, events, start, signal),
    ]);
    await within(longestEnd, 'the last counters', observer.end());
    await wait(flushed, undefined, { signal });
    const found = await within(longestEnd, 'the access logs to be read', trails(logsOf(twin)));
    const routes = aims.map(({ load }, index) =>
      resultOf(load, tallies[index]!, found.get(`${load.client.gateway} ${load.client.route.key}`)),
    );
    return { routes, happened, latest, rises: observer.rises, ejections: observer.ejections };
  } finally {
    clearInterval(progress);
    await observer.end();
  }
}

/** Twice the time after which a twin's Envoys write what they logged, in milliseconds. */
const flushed = 500;

/** How long anything may take after the last request, in milliseconds: a busy machine needs some of it, and nothing needs more. */
const longestEnd = 60_000;

const logsOf = (twin: Twin): Log[] =>
  [...twin.envoys, ...twin.departed.map(({ sidecar }) => sidecar)].map(({ name }) => ({
    envoy: name,
    file: join(twin.folder, `${name}.access.log`),
    gateway: twin.gateways.find(({ envoy }) => envoy.name === name)?.gateway.name,
  }));

const resultOf = ({ client, rate, expected }: Load, tally: Tally, trail: Trail | undefined): RouteResult => ({
  label: client.label,
  rate,
  sent: tally.sent,
  ok: tally.ok,
  failures: tally.failures,
  outcomes: Object.fromEntries([...tally.outcomes].sort(([one], [other]) => (one < other ? -1 : 1))),
  p50: tally.percentile(0.5),
  p99: tally.percentile(0.99),
  slowest: tally.slowest,
  calls: trail?.calls ?? 0,
  tries: trail?.tries ?? 0,
  causes: Object.fromEntries([...(trail?.causes ?? [])].sort(([, one], [, other]) => other - one)),
  judged: expected.map((expectation) => judge(expectation, tally, trail)),
});
