import type { GatewayRoute } from './architecture/index.js';
import type { Method } from './spec/route-key.js';

/** All that a route can name, and what `ANY` stands for: those of API Gateway. */
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const satisfies readonly Method[];

/** The methods of a route among a gateway's: for ANY each that has no route of its own at this path. A REST API counts them apart. */
export function methodsOf({ method, path }: Pick<GatewayRoute, 'method' | 'path'>, routes: readonly GatewayRoute[]): readonly string[] {
  if (method !== undefined) return [method];
  const own = new Set(routes.filter((route) => route.path.text === path.text).map((route) => route.method));
  return methods.filter((each) => !own.has(each));
}
