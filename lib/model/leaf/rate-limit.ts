import * as z from 'zod';
import { number, says, whole } from './scalar.js';

/** Requests a second. */
export const rate = (most: number) => number(0.001, most, `requests a second, from 0.001 to ${most}`);

/** The schema of ../spec/rate-limit.ts. */
export const rateLimit = z.strictObject(
  { rate: rate(100_000), burst: whole(1, 100_000), per: z.literal('caller', says('"caller"')).optional() },
  says('{ rate, burst, per? }'),
);
