import * as z from 'zod';
import { actionFields } from './action.js';
import { globalRateLimit } from './global-rate-limit.js';
import { match } from './match.js';
import { policyFields } from './policy.js';
import { rateLimit } from './rate-limit.js';
import { faults } from './resilience.js';
import { says } from './scalar.js';

/** The schema of ../spec/route.ts. */
export const route = z.strictObject(
  {
    ...policyFields,
    ...actionFields,
    match: match.optional(),
    idempotent: z.boolean(says('true or false')).optional(),
    rateLimit: rateLimit.optional(),
    globalRateLimit: globalRateLimit.optional(),
    stream: z.literal(true, says('true')).optional(),
    upgrade: z.literal('websocket', says('"websocket"')).optional(),
    faults: faults.optional(),
  },
  says(
    '{ match?, to?, mirror?, rewrite?, redirect?, respond?, headers?, timeout?, idle?, retries?, idempotent?, rateLimit?, globalRateLimit?, stream?, upgrade?, faults? }',
  ),
);
