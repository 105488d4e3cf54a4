import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The calls inside the mesh that the requests of one client route caused, and the tries that they took. */
export interface Tries {
  readonly calls: number;
  readonly tries: number;
}

/** An Envoy's access log. */
export interface Log {
  readonly file: string;
  /** The gateway's name, where it is one's. */
  readonly gateway: string | undefined;
}

/**
 * Follows each client request through the mesh by its id, which the gateway gives and apps pass on, in the access logs of all Envoys: every line of a way out
 * says how many tries it took. Calls over TCP have no id, and are not among them.
 *
 * @returns by gateway and route: `web GET /products/{id}`
 */
export async function triesByRoute(logs: readonly Log[]): Promise<ReadonlyMap<string, Tries>> {
  const routes = new Map<string, string>();
  for (const { file, gateway } of logs) {
    if (gateway === undefined) continue;
    for await (const { request, route } of linesOf(file)) if (request !== undefined) routes.set(request, `${gateway} ${route}`);
  }
  const found = new Map<string, { calls: number; tries: number }>();
  for (const { file, gateway } of logs) {
    if (gateway !== undefined) continue;
    for await (const { listener, request, attempts } of linesOf(file)) {
      const route = request === undefined ? undefined : routes.get(request);
      if (route === undefined || !/^(?:to|from)\//.test(listener)) continue;
      const sum = found.get(route) ?? { calls: 0, tries: 0 };
      found.set(route, { calls: sum.calls + 1, tries: sum.tries + attempts });
    }
  }
  return found;
}

interface Line {
  readonly listener: string;
  readonly request: string | undefined;
  readonly route: string;
  readonly attempts: number;
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  if (!existsSync(file)) return;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = parsed(text);
    if (line === undefined) continue;
    const { listener, request, route, attempts } = line;
    yield {
      listener: String(listener),
      request: typeof request === 'string' ? request : undefined,
      route: String(route),
      attempts: Number(attempts ?? 0),
    };
  }
}

/** A line that its Envoy did not write to the end, because it was killed, is none. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
