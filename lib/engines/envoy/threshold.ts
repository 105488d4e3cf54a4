import type { Pool, Rule } from '../../model/architecture/index.js';
import type { JsonObject } from './json.js';

/** Envoy's own limits are not stated again. */
const usual = 1_024;

/** Further tries under way in any case: at low rates a percentage of what is under way is less than one. */
const leastRetries = 3;

/**
 * What a cluster may have under way at a time, and how much of it further tries. Without a budget, a failing callee gets its load multiplied.
 * @param retryBudget percent; undefined for TCP, which has no tries of requests
 */
export function thresholds(pool: Pool | undefined, retryBudget: number | undefined): JsonObject {
  const limits = Object.entries({
    max_connections: pool?.connections,
    max_pending_requests: pool?.pendingRequests,
    max_requests: pool?.requests,
  }).filter(([, limit]) => limit !== undefined && limit !== usual);
  const budget =
    retryBudget === undefined ? {} : { retry_budget: { budget_percent: { value: retryBudget }, min_retry_concurrency: leastRetries } };
  const threshold = { ...Object.fromEntries(limits), ...budget } as JsonObject;
  return Object.keys(threshold).length === 0 ? {} : { circuit_breakers: { thresholds: [threshold] } };
}

/** The budget of a cluster that requests of these rules share: where they differ, the least. Where none retries, nothing asks for it. */
export const budgetOf = (rules: readonly Rule[]): number =>
  Math.min(100, ...rules.flatMap(({ policy: { retries } }) => (retries === undefined ? [] : [retries.budget])));
