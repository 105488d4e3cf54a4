import { type Line, type Log, linesOf } from './access-log.js';
import { causeOf, isFailure } from './cause.js';

/** What the requests of one client route caused inside the mesh. */
export interface Trail {
  /** Calls, over HTTP. */
  readonly calls: number;
  /** Tries that they took. */
  readonly tries: number;
  /** Why requests failed, where the mesh knows: how often each cause came. */
  readonly causes: ReadonlyMap<string, number>;
}

interface Request {
  readonly route: string;
  readonly failed: boolean;
  /** The call that failed and began last: the deepest, since whoever waits for it began before. */
  deepest: { readonly envoy: string; readonly line: Line } | undefined;
}

/**
 * Follows each client request through the mesh by its id, which the gateway gives and apps pass on, in the access logs of all Envoys: every line of a way out
 * says how many tries it took and how it ended.
 *
 * @returns by gateway and route: `web GET /products/{id}`
 */
export async function trails(logs: readonly Log[]): Promise<ReadonlyMap<string, Trail>> {
  const requests = new Map<string, Request>();
  for (const { file, gateway } of logs) {
    if (gateway === undefined) continue;
    for await (const { request, route, status } of linesOf(file)) {
      requests.set(request, { route: `${gateway} ${route}`, failed: status === 0 || status >= 400, deepest: undefined });
    }
  }
  const found = new Map<string, { calls: number; tries: number; causes: Map<string, number> }>();
  const trailOf = (route: string) => found.get(route) ?? found.set(route, { calls: 0, tries: 0, causes: new Map() }).get(route)!;
  for (const { file, gateway, envoy } of logs) {
    if (gateway !== undefined) continue;
    for await (const line of linesOf(file)) {
      const request = requests.get(line.request);
      if (request === undefined || !/^(?:to|from)\//.test(line.listener)) continue;
      const trail = trailOf(request.route);
      trail.calls += 1;
      trail.tries += line.attempts;
      if (request.failed && isFailure(line) && (request.deepest === undefined || line.time > request.deepest.line.time))
        request.deepest = { envoy, line };
    }
  }
  for (const { route, deepest } of requests.values()) {
    if (deepest === undefined) continue;
    const { causes } = trailOf(route);
    const cause = causeOf(deepest.envoy, deepest.line);
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return found;
}
