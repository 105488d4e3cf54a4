import type { Call } from './architecture/index.js';

/** What tells an app where to ask for a callee: `PRICING_URL`, `PRICING_HOST` and `PRICING_PORT`, unless the call names others. */
export function addressVariables({ speaks, variables }: Call, host: string, port: number): Record<string, string> {
  const scheme = speaks === 'tcp' ? 'tcp' : 'http';
  return { [variables.url]: `${scheme}://${host}:${port}`, [variables.host]: host, [variables.port]: String(port) };
}
