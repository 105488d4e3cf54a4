import type { Architecture, Faults, Rule } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check, Found } from './check.js';
import { routeHop } from './hop.js';

/**
 * No trouble is made on purpose where clients depend on it.
 *
 * Faults act in production only where they name it (`in: ['prod']`), which is found here, so that a reviewer reads it.
 */
export const faultsStayOutOfProduction: Check = {
  id: 'faults-stay-out-of-production',
  severity: 'error',
  why: 'clients get errors and delays that somebody wrote down once and nobody looks for',
  *find(architecture) {
    if (!architecture.production) return;
    const found = new Map<string, Found>();
    for (const { who, rule } of asked(architecture)) {
      const { faults } = rule;
      if (faults === undefined || found.has(faults.path)) continue;
      found.set(faults.path, {
        at: faults.path,
        is: `${who}: ${inWords(faults)} in ${architecture.environment}`,
        fix: `take ${architecture.environment} out of \`in\`, or say in \`acknowledge\` until when and why`,
      });
    }
    yield* found.values();
  },
};

/** Every rule, by the first who can meet it. */
function* asked(architecture: Architecture): Iterable<{ readonly who: string; readonly rule: Rule }> {
  const { calls, gateways, services } = architecture;
  for (const { from, to, rules } of calls) for (const rule of rules) yield { who: `${from} → ${to}`, rule };
  for (const { name, routes } of gateways)
    for (const route of routes)
      for (const { by, to, rules } of routeHop(architecture, name, route)) for (const rule of rules) yield { who: `${by} → ${to}`, rule };
  for (const { name, rules } of services) for (const rule of rules) yield { who: `whoever asks ${name}`, rule };
}

function inWords({ delay, abort, when }: Faults): string {
  const words = [
    ...(delay === undefined ? [] : [`${delay.percent} % of its requests wait ${showDuration(delay.by)}`]),
    ...(abort === undefined ? [] : [`${abort.percent} % are answered ${abort.status} without the callee`]),
  ];
  return `${words.join(', ')}${when.length === 0 ? '' : ', where they carry a header'},`.replace(/,$/, '');
}
