import type { Acknowledge } from './acknowledge.js';
import type { PolicySpec } from './policy.js';
import type { FaultsSpec, PoolSpec } from './resilience.js';

export interface CallLeaf extends PolicySpec {
  /** Calls per request that the caller handles: above 0, at most 1000. @default 1 */
  fanOut?: number;
  /** Every request of this call may be repeated, whatever its method. @default false */
  idempotent?: boolean;
  /**
   * What each instance of the caller may have under way to one version of the callee; the rest is answered 503 at once. Over HTTP/2, as always inside the
   * mesh, a connection carries 100 requests. @default { connections: 1024, pendingRequests: 1024, requests: 1024 }
   */
  pool?: PoolSpec;
  /** @default none */
  faults?: FaultsSpec;
  /** Where the app finds the callee, on 127.0.0.1. @default from the callee's name, 20000–29999 */
  localPort?: number;
  /** The variables that tell the app. @default { url: 'ORDERS_URL', host: 'ORDERS_HOST', port: 'ORDERS_PORT' } for `orders` */
  env?: { url?: string; host?: string; port?: string };
}

export interface CallSpec<P extends string, N extends string = string> extends CallLeaf {
  /** A policy of `policies`. */
  use?: P;
  /**
   * Who takes the requests where the callee cannot, in this order: a further try goes to the next at once, first tries as instances are ejected (all of them
   * may be, since there is somewhere to go). Each needs a call of its own, and is asked as by that call: its identity, routes, policy; this call's timeout holds
   * for all of it.
   * @default nobody
   */
  failover?: N | N[];
  acknowledge?: Acknowledge;
}
