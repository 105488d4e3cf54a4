import type { Split } from '../model/architecture/index.js';
import type { StopOrder } from '../twin/stop-order.js';
import type { ClientRoute } from './client-route.js';

/** A rehearsal of one architecture: every name resolved, every default explicit. Milliseconds. */
export interface Scenario {
  readonly name: string;
  readonly about: string | undefined;
  readonly duration: number;
  /** By a version's id; a version that is not named has one. */
  readonly instances: Readonly<Record<string, number>>;
  /** In order of the scenario. */
  readonly loads: readonly Load[];
  /** In order of their times. */
  readonly events: readonly ScenarioEvent[];
}

/** What is sent to one client route, and what must come back. */
export interface Load {
  readonly client: ClientRoute;
  /** Requests a second. */
  readonly rate: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where the method has none. */
  readonly body: string | undefined;
  /** Empty where nothing is expected. */
  readonly expected: readonly Expectation[];
}

export type Expectation =
  | { readonly kind: 'failed' | 'triesEach'; readonly most: number }
  | { readonly kind: 'recoveredAfter' | 'p50' | 'p99' | 'slowest'; readonly milliseconds: number };

export type ScenarioEvent = {
  readonly at: number;
  /** As written: `pricing-v1#2`. */
  readonly target: string;
} & (
  | { readonly kind: 'kill' | 'stop' | 'restore' | 'replace'; readonly instances: readonly InstanceName[] }
  | { readonly kind: 'terminate'; readonly instances: readonly InstanceName[]; readonly order: StopOrder }
  | { readonly kind: 'scale'; readonly versions: readonly string[]; readonly to: number }
  | { readonly kind: 'slow'; readonly instances: readonly InstanceName[]; readonly by: number }
  | { readonly kind: 'fail'; readonly instances: readonly InstanceName[]; readonly status: number }
  | { readonly kind: 'shift'; readonly to: readonly Split[] }
  | { readonly kind: 'rotate' }
);

export interface InstanceName {
  readonly version: string;
  /** 1 for the first. */
  readonly number: number;
}
