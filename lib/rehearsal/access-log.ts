import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** An Envoy's access log. */
export interface Log {
  /** `catalog-1`, `ingress`. */
  readonly envoy: string;
  readonly file: string;
  /** The gateway's name, where it is one's. */
  readonly gateway: string | undefined;
}

/** One request at one listener. */
export interface Line {
  /** `to/pricing`, `from/web`, `inbound`. */
  readonly listener: string;
  /** When it came, as Envoy writes it: sorts as text. */
  readonly time: string;
  /** The client request that it is part of. */
  readonly request: string;
  readonly route: string;
  /** Where it went: `pricing-v1`, `gateway/web/catalog`; `-` where nowhere. */
  readonly cluster: string;
  readonly status: number;
  /** The status of gRPC where it is not OK, as Envoy names it: `Unavailable`. */
  readonly failedWith?: string;
  /** Envoy's response flags: `UT`, `UF,URX`; `-` where it did nothing but pass the answer on. */
  readonly flags: string;
  /** Tries of it. */
  readonly attempts: number;
}

/** The requests in a log. Connections over TCP have no id and are left out, as is a line that its Envoy could not end because it was killed. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  if (!existsSync(file)) return;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = parsed(text);
    const request = line?.['request'];
    if (line === undefined || typeof request !== 'string') continue;
    const { listener, time, route, cluster, status, flags, detail, attempts, grpcStatus } = line;
    yield {
      listener: String(listener),
      time: String(time),
      request,
      route: String(route),
      cluster: String(cluster ?? '-'),
      status: Number(status ?? 0),
      // Over gRPC the time limit is that of a stream: Envoy has no flag for that.
      flags: detail === 'max_duration_timeout' ? 'UT' : String(flags ?? '-'),
      attempts: Number(attempts ?? 0),
      ...(typeof grpcStatus === 'string' && !['OK', '-'].includes(grpcStatus) ? { failedWith: grpcStatus } : {}),
    };
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
