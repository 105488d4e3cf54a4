import type { Service } from '../../../model/architecture/index.js';
import { inboundPort, interceptionPort } from '../aws-placement.js';

/** Who an intercepting sidecar runs as, unless told otherwise. App Mesh's number: few images have a user of it, and the app must not be that user. */
export const interceptingUser = 1_337;

/** What the network of a task does with its TCP. */
export interface Redirection {
  /** Whose connections go where they are meant to: the sidecar's. */
  readonly user: number;
  /** Where all others go, unless they are to the task itself. */
  readonly outbound: number;
  /** Where connections from elsewhere to a port of the app go: first where the service listens, then its further ports. */
  readonly inbound: readonly { readonly app: number; readonly sidecar: number }[];
  readonly bypassPorts: readonly number[];
  readonly bypassAddresses: readonly string[];
}

/** Undefined where a service is not intercepted. */
export function redirectionOf({ interception, listen, ports }: Service, user = interceptingUser): Redirection | undefined {
  if (interception === undefined) return undefined;
  return {
    user,
    outbound: interceptionPort,
    inbound: [
      ...(listen === undefined ? [] : [{ app: listen.port, sidecar: inboundPort }]),
      ...ports.map(({ listen: { port }, inbound }) => ({ app: port, sidecar: inbound })),
    ],
    ...interception,
  };
}
