import type { Rule } from '../model/architecture/index.js';
import { takesAllOf } from '../model/takes.js';
import type { Check } from './check.js';

/**
 * Each rule of a service can meet a request: no single rule above it takes everything that it would take.
 *
 * Rules are asked in the order in which they are written, and the first that matches takes the request. What cannot be told for certain, such as one regular
 * expression within another, is not found.
 */
export const rulesAreReachable: Check = {
  id: 'rules-are-reachable',
  severity: 'error',
  why: 'the rule never takes a request: what it sends to another version, limits or answers is not sent, limited or answered so',
  *find({ services }) {
    for (const { name, path, rules } of services) {
      for (const [index, rule] of rules.entries()) {
        const above = rules.slice(0, index).find(({ match }) => takesAllOf(match, rule.match));
        if (above === undefined || rule.path === `${path}.traffic`) continue;
        yield {
          at: rule.path,
          is: `${name} asks ${placeIn(above, path)} first, which takes every request that ${placeIn(rule, path)} would take`,
          fix: takesAllOf(rule.match, above.match)
            ? 'both match the same requests: keep one of them'
            : `move it above ${placeIn(above, path)}, or remove it`,
        };
      }
    }
  },
};

/** `routes[0]`, as one writes it in the service. */
const placeIn = (rule: Rule, service: string): string => rule.path.slice(service.length + 1);
