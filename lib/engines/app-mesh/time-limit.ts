import type { Architecture, Policy } from '../../model/architecture/index.js';
import { milliseconds, type RequestLimits } from './spec.js';

/** What a route and a listener do by themselves: they end a request after 15 s, and after 5 min of silence. */
export const usual = { timeout: 15_000, idle: 300_000 };

/**
 * Undefined where App Mesh does by itself what is wanted. Its 15 s are left out only where the architecture asks for App Mesh's own defaults by name; stated in
 * any other, for whoever reads.
 */
export function requestLimits(
  { timeout, idle }: Pick<Policy, 'timeout' | 'idle'>,
  { compatibility }: Pick<Architecture, 'compatibility'>,
): RequestLimits | undefined {
  const limits = {
    ...(compatibility === 'app-mesh' && timeout === usual.timeout ? {} : { PerRequest: milliseconds(timeout) }),
    ...(idle === usual.idle ? {} : { Idle: milliseconds(idle) }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}
