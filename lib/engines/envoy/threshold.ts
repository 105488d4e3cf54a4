import type { Pool, Rule } from '../../model/architecture/index.js';
import { unlimited } from '../../model/architecture/resilience.js';
import type { JsonObject } from './json.js';

/** Envoy's own limits are not stated again. */
const usual = 1_024;

/** Further tries under way in any case: at low rates a percentage of what is under way is less than one. */
const leastRetries = 3;

/** Percent of what is under way that further tries may be. A hundred is not `any`: a try that failed is under way no more. */
export type RetryBudget = number | 'any';

/**
 * What a cluster may have under way at a time, and how much of it further tries. Without a budget, a failing callee gets its load multiplied.
 * @param retryBudget undefined for TCP, which has no tries of requests
 */
export function thresholds(pool: Pool | undefined, retryBudget: RetryBudget | undefined): JsonObject {
  const limits = Object.entries({
    max_connections: pool?.connections,
    max_pending_requests: pool?.pendingRequests,
    max_requests: pool?.requests,
  }).filter(([, limit]) => limit !== undefined && limit !== usual);
  const threshold = { ...Object.fromEntries(limits), ...(retryBudget === undefined ? {} : held(retryBudget)) } as JsonObject;
  return Object.keys(threshold).length === 0 ? {} : { circuit_breakers: { thresholds: [threshold] } };
}

/** Envoy by itself would have three at a time. */
const held = (budget: RetryBudget): JsonObject =>
  budget === 'any'
    ? { max_retries: unlimited }
    : { retry_budget: { budget_percent: { value: budget }, min_retry_concurrency: leastRetries } };

/** The budget of a cluster that requests of these rules share: where they differ, the least. Where none retries, nothing asks for it. */
export function budgetOf(rules: readonly Rule[]): RetryBudget {
  const retries = rules.flatMap(({ policy }) => policy.retries ?? []);
  const budgets = retries.flatMap(({ budget }) => budget ?? []);
  return budgets.length === 0 && retries.length > 0 ? 'any' : Math.min(100, ...budgets);
}
