import type { Architecture } from '../model/architecture/index.js';
import type { Check, Found } from './check.js';
import { hopsOf } from './hop.js';
import { oncePerPlace } from './place.js';
import { isUnsafe, methodsAt } from './tries.js';

/**
 * Copies go only of requests that may be carried out twice.
 *
 * The version that gets them does its work in earnest, calls and database included: only its answers are dropped.
 */
export const mirrorsAreIdempotent: Check = {
  id: 'mirrors-are-idempotent',
  severity: 'error',
  why: 'the copy of a POST does everything a second time, in earnest: two orders, two charges; only its answer is dropped',
  find: (architecture) => oncePerPlace(unsafeMirrors(architecture)),
};

function* unsafeMirrors(architecture: Architecture): Iterable<Found> {
  for (const hop of hopsOf(architecture)) {
    for (const rule of hop.rules) {
      const { mirror } = rule.action;
      const unsafe = (methodsAt(hop, rule) ?? ['POST', 'PATCH']).filter(isUnsafe);
      if (mirror === undefined || rule.idempotent || unsafe.length === 0) continue;
      yield {
        at: `${rule.path}.mirror`,
        is: `copies of ${mirror.percent} % go to ${mirror.version}, and ${hop.by} → ${hop.callee} may ${unsafe.join(' and ')}`,
        fix: 'match methods that may be repeated, such as GET; or say `idempotent: true` if every such request may be',
      };
    }
  }
}
