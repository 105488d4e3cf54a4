import * as z from 'zod';
import { policyFields } from './policy.js';
import { faults, pool } from './resilience.js';
import { says, text, whole } from './scalar.js';

const variable = text('the name of an environment variable: capital letters, digits and _', /^[A-Z_][A-Z0-9_]*$/);
const fanOutNumbers = 'a number above 0, at most 1000';

/** The schema of ../spec/call.ts. */
export const call = z.strictObject(
  {
    ...policyFields,
    fanOut: z.number(says(fanOutNumbers)).positive(says(fanOutNumbers)).max(1_000, says(fanOutNumbers)).optional(),
    idempotent: z.boolean(says('true or false')).optional(),
    pool: pool.optional(),
    faults: faults.optional(),
    localPort: whole(1_024, 32_767).optional(),
    env: z
      .strictObject({ url: variable.optional(), host: variable.optional(), port: variable.optional() }, says('{ url?, host?, port? }'))
      .optional(),
  },
  says('{ timeout?, idle?, retries?, use?, fanOut?, idempotent?, pool?, failover?, faults?, localPort?, env? }'),
);
