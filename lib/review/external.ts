import type { Architecture, External } from '../model/architecture/index.js';
import type { Aspects } from './aspects.js';
import type { Direction } from './change.js';
import { interceptedInWords } from './interception.js';
import { code, table } from './markdown.js';

/** `https://api.stripe.com:443`, `tcp, port 5432, host known at deployment`. */
const showAddress = ({ protocol, host, port }: External): string =>
  host === undefined ? `${protocol}, port ${port}, host known at deployment` : `${protocol}://${host}:${port}`;

/** Who uses it comes second: it is what a new one opens. */
export function externalFacts(external: External, architecture: Architecture): Aspects {
  const users = usersOf(external, architecture);
  return {
    address: showAddress(external),
    ...(users.length === 0 ? {} : { 'used by': users.join(', ') }),
    ...(external.kind === undefined ? {} : { kind: external.kind }),
  };
}

const encrypted = (address: string): boolean => /^(https|tls)\b/.test(address);

/** From TLS to plaintext is weaker. TCP says nothing of what passes in it. */
export function compareTransport(was: string, is: string): Direction {
  if (encrypted(was) === encrypted(is)) return 'neutral';
  return encrypted(is) ? 'stronger' : 'weaker';
}

/** Undefined where there are none. */
export function externalSection(architecture: Architecture): string | undefined {
  const { externals } = architecture;
  if (externals.length === 0) return undefined;
  const rows = externals.map((external) => {
    const users = usersOf(external, architecture);
    return [external.name, code(showAddress(external)), external.kind ?? '', users.length === 0 ? '**nobody**' : users.join(', ')];
  });
  return [
    '## Outside the mesh',
    `Egress is **declared, not enforced**: sidecars offer no way to anything else, but a process can still open a socket of its own.${interceptedInWords(architecture)}`,
    table(['external', 'address', 'kind', 'used by'], rows),
  ].join('\n\n');
}

function usersOf({ name: external }: External, { services, calls, gateways, observability, rateLimitService }: Architecture): string[] {
  const callers = calls.filter(({ to }) => to === external).map(({ from }) => from);
  const routed = gateways
    .filter(({ routes }) => routes.some(({ target }) => target.kind === 'external' && target.name === external))
    .map(({ name }) => `gateway ${name}`);
  const pulling = services.filter(({ consumes }) => consumes.includes(external)).map(({ name }) => `${name} (consumes it)`);
  const traced = observability.traces?.to === external ? ['every Envoy (traces)'] : [];
  const counts = rateLimitService?.to === external ? services.filter(({ countedBy }) => countedBy !== undefined) : [];
  const limiting = counts.map(({ name }) => `${name} (global rate limits)`);
  return [...callers, ...pulling, ...routed, ...traced, ...limiting];
}
