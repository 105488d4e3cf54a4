import { noAction } from '../model/architecture/action.js';
import type { Service } from '../model/architecture/index.js';
import { showWay } from './action-wording.js';
import type { Aspects } from './aspects.js';
import { showMatch } from './wording.js';

const prefix = 'rule for ';

/** What the rules of a service say of their own, by the requests that they take and in the order in which they are asked. */
export function ruleFacts(service: Service): Aspects {
  const { path: at, versions, rules } = service;
  const own = rules.filter(
    ({ path, match, idempotent, action }) =>
      path !== `${at}.traffic` &&
      (versions.length > 1 || idempotent || showMatch(match) !== 'any request' || JSON.stringify(action) !== JSON.stringify(noAction)),
  );
  const facts: Record<string, string> = {};
  // Of two rules for the same requests only the first is ever asked.
  for (const rule of own)
    facts[`${prefix}${showMatch(rule.match)}`] ??= `${showWay(rule, service)}${rule.idempotent ? ', may be repeated' : ''}`;
  return facts;
}

/** The rules that are there before and after, where their order is another: the first that matches takes a request. */
export function reordered(was: Aspects, is: Aspects): { readonly was: string; readonly is: string } | undefined {
  const shared = (aspects: Aspects, other: Aspects): string =>
    Object.keys(aspects)
      .filter((aspect) => aspect.startsWith(prefix) && aspect in other)
      .map((aspect) => aspect.slice(prefix.length))
      .join('; ');
  const order = { was: shared(was, is), is: shared(is, was) };
  return order.was === order.is ? undefined : order;
}
