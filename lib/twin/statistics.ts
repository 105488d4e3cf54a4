import { request } from 'node:http';

/** How long an answer may take until its end, in milliseconds; 2 s of silence end it before. */
const patience = 10_000;

/** Envoy's counters and gauges by name. */
export type Statistics = Readonly<Record<string, number>>;

/**
 * Asks an Envoy's administration, which is only on a Unix socket of its user.
 *
 * @returns the status and the body; status 0 where nobody answers, with the reason
 */
export function ask(
  socketPath: string,
  path: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<{ status: number; body: string; error?: Error }> {
  return new Promise((resolve) => {
    const silent = (error: Error) => resolve({ status: 0, body: '', error });
    const signal = AbortSignal.timeout(patience);
    const asked = request({ socketPath, path, method, agent: false, timeout: 2_000, signal, headers: { host: 'admin' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      answer.on('error', silent);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', silent);
    asked.end();
  });
}

/** @param filter a regular expression that a counter's name has to contain; all where absent */
export async function readStatistics(socketPath: string, filter = ''): Promise<Statistics> {
  const { body } = await ask(socketPath, `/stats?format=json&filter=${encodeURIComponent(filter)}`);
  const parsed = JSON.parse(body || '{"stats":[]}') as { stats: { name?: string; value?: unknown }[] };
  const entries = parsed.stats.flatMap(({ name, value }) =>
    name !== undefined && typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}
