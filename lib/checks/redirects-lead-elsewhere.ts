import type { Architecture, Rule } from '../model/architecture/index.js';
import { askedBy } from '../model/as-seen.js';
import { pathTakes } from '../model/path-match.js';
import { rulesMet } from '../model/rules-met.js';
import type { Check, Found } from './check.js';

/** A redirect leads somewhere: not to its own rule again, and a gateway's clients to a host that they can reach. */
export const redirectsLeadElsewhere: Check = {
  id: 'redirects-lead-elsewhere',
  severity: 'error',
  why: 'clients go in circles until they give up, or are sent to the ingress by its own name, which nobody outside can reach',
  *find(architecture) {
    for (const { name, rules } of architecture.services) for (const rule of rules) yield* circles(name, rule);
    yield* inwards(architecture);
  },
};

function* circles(service: string, { path: place, match, action: { answer } }: Rule): Iterable<Found> {
  if (answer?.is !== 'redirect' || answer.host !== undefined || answer.path === undefined) return;
  const comesAsGet = match.methods === undefined || match.methods.includes('GET');
  if (!pathTakes(match.path, answer.path) || (!comesAsGet && answer.status < 304)) return;
  yield {
    at: `${place}.redirect`,
    is: `${service} redirects to ${answer.path.text}, which the same rule takes and redirects again`,
    fix: 'redirect to a path that the rule does not match, or name another `host`',
  };
}

/** Clients of a gateway would be told the host that the gateway itself asked. */
function* inwards({ gateways }: Architecture): Iterable<Found> {
  const seen = new Set<string>();
  for (const { name, routes } of gateways) {
    for (const { key, method, target } of routes) {
      if (target.kind !== 'service') continue;
      const asked = askedBy(method, target);
      for (const { path, action } of rulesMet(target.rules, asked.method, asked.path)) {
        if (action.answer?.is !== 'redirect' || action.answer.host !== undefined || seen.has(path)) continue;
        seen.add(path);
        yield {
          at: `${path}.redirect`,
          is: `a client of ${key} (gateway ${name}) is redirected to the host that the gateway asks: the ingress of the mesh`,
          fix: `say \`host\`, the gateway's own name; or match \`from\`, so that only services meet the rule`,
        };
      }
    }
  }
}
