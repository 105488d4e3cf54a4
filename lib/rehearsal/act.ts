import { setTimeout as wait } from 'node:timers/promises';
import type { Twin } from '../twin/index.js';
import type { InstanceName, ScenarioEvent } from './scenario.js';

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
    await doOne(twin, event);
    happened.push({ event, at, took: performance.now() - start - at });
  }
  return happened;
}

async function doOne(twin: Twin, event: ScenarioEvent): Promise<void> {
  const each = (change: (instance: ReturnType<Twin['instance']>) => unknown, instances: readonly InstanceName[]) =>
    Promise.all(instances.map(({ version, number }) => change(twin.instance(version, number))));
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
    case 'shift':
      return twin.shift(event.target, Object.fromEntries(event.to.map(({ version, weight }) => [version, weight])));
    case 'rotate':
      return twin.rotateCertificates();
  }
}
