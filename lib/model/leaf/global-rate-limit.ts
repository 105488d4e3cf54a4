import * as z from 'zod';
import { duration, says, whole } from './scalar.js';

/** The schemas of ../spec/global-rate-limit.ts. */
const unavailable = z.enum(['admit', 'refuse'], says('"admit" or "refuse"'));

export const globalRateLimit = z.strictObject(
  {
    requests: whole(1, 1_000_000_000),
    unit: z.enum(['second', 'minute', 'hour', 'day'], says('one of second, minute, hour, day')),
    per: z.literal('caller', says('"caller"')).optional(),
    unavailable: unavailable.optional(),
  },
  says('{ requests, unit, per?, unavailable? }, such as { requests: 1000, unit: "minute" }'),
);

export const rateLimitService = z.strictObject(
  { to: z.string(says('the name of an external')), timeout: duration.optional(), unavailable },
  says('{ to, timeout?, unavailable }, such as { to: "limits", unavailable: "admit" }'),
);
