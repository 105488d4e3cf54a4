import { show } from './problem.js';

/** What is wrong with the reason why something is accepted; undefined where a reviewer can judge it. */
export const reasonProblem = (reason: unknown): string | undefined =>
  typeof reason === 'string' && reason.trim().length >= 10
    ? undefined
    : `got ${show(reason)}; allowed: a reason that a reviewer can judge, of 10 characters or more`;
