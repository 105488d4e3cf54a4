import { setTimeout as wait } from 'node:timers/promises';
import type { Instance, Twin } from '../twin/index.js';
import { within } from './patience.js';
import type { InstanceName, ScenarioEvent } from './scenario.js';
import { deed } from './wording.js';

/** An event that has happened. */
export interface Happened {
  readonly event: ScenarioEvent;
  /** When it began, in milliseconds from the first request. */
  readonly at: number;
  /** How long it took until every Envoy had it. */
  readonly took: number;
}

/** Does what the scenario says, each event at its time. @throws TwinError where a twin cannot */
export async function act(twin: Twin, events: readonly ScenarioEvent[], start: number, signal: AbortSignal): Promise<Happened[]> {
  const happened: Happened[] = [];
  for (const event of events) {
    const early = event.at - (performance.now() - start);
    if (early > 0) await wait(early, undefined, { signal });
    signal.throwIfAborted();
    const at = performance.now() - start;
    await within(longest(event), `this to be done: ${deed(event)}`, doOne(twin, event));
    happened.push({ event, at, took: performance.now() - start - at });
  }
  return happened;
}

/** How long an event may take, in milliseconds, for each instance that it is about. */
const patience = 60_000;
const longest = (event: ScenarioEvent): number => patience * ('instances' in event ? Math.max(1, event.instances.length) : 1);

async function doOne(twin: Twin, event: ScenarioEvent): Promise<void> {
  const each = (change: (instance: Instance) => unknown, instances: readonly InstanceName[]) =>
    Promise.all(presentOf(twin, event.target, instances).map(change));
  switch (event.kind) {
    case 'kill':
      await each((instance) => Promise.all([instance.killSidecar(), instance.stopApp()]), event.instances);
      return;
    case 'stop':
      await each((instance) => instance.stopApp(), event.instances);
      return;
    case 'slow':
      await each((instance) => instance.slowApp(event.by), event.instances);
      return;
    case 'fail':
      await each((instance) => instance.failApp(event.status), event.instances);
      return;
    case 'restore':
      await each(async (instance) => {
        instance.slowApp(0);
        instance.failApp(undefined);
        await instance.startApp();
      }, event.instances);
      return;
    case 'terminate':
      await each(({ version, number }) => twin.end(version.id, number, event.order), event.instances);
      return;
    case 'replace':
      for (const { version, number } of presentOf(twin, event.target, event.instances)) await twin.replace(version.id, number);
      return;
    case 'scale':
      await Promise.all(event.versions.map((version) => twin.scale(version, event.to)));
      return;
    case 'shift':
      return twin.shift(event.target, Object.fromEntries(event.to.map(({ version, weight }) => [version, weight])));
    case 'rotate':
      return twin.rotateCertificates();
  }
}

/** The instance of that number; of a service or a version those that are there by now. */
function presentOf(twin: Twin, target: string, meant: readonly InstanceName[]): readonly Instance[] {
  if (target.includes('#')) return meant.map(({ version, number }) => twin.instance(version, number));
  const versions = new Set(meant.map(({ version }) => version));
  return twin.instances.filter(({ version }) => versions.has(version.id));
}
