import type { Architecture } from '../model/architecture/index.js';
import type { Check, Found } from './check.js';
import { type Hop, hopsOf } from './hop.js';
import { oncePerPlace, placeOf, sourceOf } from './place.js';
import { isUnsafe, methodsAt } from './tries.js';

/**
 * Retries of what the app may already have done are only declared for requests that may be repeated.
 *
 * Without `idempotent: true` the engines carry them out for GET, HEAD, OPTIONS, PUT and DELETE alone: a POST that the declaration promises to retry is not retried.
 */
export const retriesAreIdempotent: Check = {
  id: 'retries-are-idempotent',
  severity: 'error',
  why: 'a POST repeated after its app has seen it can charge twice; engines leave it out, so the retry that is declared never comes',
  find: (architecture) => oncePerPlace(unsafeRetries(architecture)),
};

function* unsafeRetries(architecture: Architecture): Iterable<Found> {
  for (const hop of hopsOf(architecture)) {
    for (const rule of hop.rules) {
      const events = rule.policy.retries?.on.filter((event) => event !== 'unprocessed') ?? [];
      if (events.length === 0 || rule.idempotent) continue;
      const methods = unsafeAt(hop, methodsAt(hop, rule));
      if (methods === undefined) continue;
      const at = placeOf(hop, rule, 'retries');
      yield {
        at,
        is: `${hop.by} → ${hop.callee} retries on ${events.join(', ')}${sourceOf(rule, 'retries')}, and ${methods} comes this way`,
        fix: at === hop.path ? fixBehind(hop) : fix,
      };
    }
  }
}

const fix = "say `idempotent: true` if every such request may be repeated; else retry on: ['unprocessed'], or match methods that may be";

/** A gateway's route that meets no rule says neither itself. */
const fixBehind = ({ to, toKind }: Hop): string =>
  toKind === 'external'
    ? "retry on: ['unprocessed'] in mesh.defaults"
    : `give ${to} a route for it that says \`idempotent: true\`, if every such request may be repeated; else one that retries on: ['unprocessed']`;

function unsafeAt({ methods }: Hop, met: readonly string[] | undefined): string | undefined {
  if (met === undefined) return methods === undefined ? 'any method, so also POST and PATCH,' : undefined;
  const unsafe = met.filter(isUnsafe);
  return unsafe.length === 0 ? undefined : unsafe.join(' and ');
}
