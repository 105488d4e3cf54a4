import type { Gateway, Problem } from '../../lib/index.js';
import { member, notAmong } from '../../lib/model/problem.js';
import type { HttpGatewayProps } from './http-gateway.js';
import type { RestGatewayProps } from './rest-gateway.js';

type Given = 'architecture' | 'gateway' | 'frontDoor';

/** What the deployment knows of a gateway. One of kind `http` takes `accessLogs` and `logRetention` alone. */
export type GatewaySettings = Omit<RestGatewayProps, Given>;

/** What an HTTP API takes too. */
const ofBoth: Record<keyof Omit<HttpGatewayProps, Given>, true> = { accessLogs: true, logRetention: true };

/** Settings of gateways that there are not, and those of a REST API for an HTTP API. */
export function settingsProblems(gateways: readonly Gateway[], settings: Readonly<Record<string, GatewaySettings | undefined>>): Problem[] {
  return Object.entries(settings).flatMap(([name, of]): Problem[] => {
    const path = member('gateways', name);
    const gateway = gateways.find((one) => one.name === name);
    const names = gateways.map((one) => one.name);
    if (gateway === undefined) return [{ path, message: notAmong(name, 'a gateway', names) }];
    if (gateway.kind === 'rest') return [];
    const lacking = Object.entries(of ?? {}).filter(([key, value]) => value !== undefined && !(key in ofBoth));
    return lacking.map(([key]) => ({
      path: member(path, key),
      message: `an HTTP API has no such setting; allowed: ${Object.keys(ofBoth).join(', ')}`,
    }));
  });
}
