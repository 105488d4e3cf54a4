import * as z from 'zod';
import { number, says } from './scalar.js';

/** The schemas of ../spec/observability.ts. */
export const traces = z.strictObject(
  {
    as: z.enum(['otlp', 'x-ray', 'datadog'], says('one of otlp, x-ray, datadog')).optional(),
    sample: number(0, 100, 'a number from 0 to 100').optional(),
  },
  says('{ to, as?, sample? }'),
);

export const observability = z.strictObject(
  { metrics: z.enum(['task', 'network'], says('"task" or "network"')).optional() },
  says('{ traces?, metrics? }'),
);
