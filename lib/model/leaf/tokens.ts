import * as z from 'zod';
import { list, says } from './scalar.js';

/** The schema of ../spec/tokens.ts, without the names in it. */
const value = z.union([z.string(), z.number(), z.boolean()], says('a text, a number, true or false'));
export const tokens = z.strictObject(
  {
    claims: z
      .record(
        z.string().min(1, says('the name of a claim')),
        z.union([value, list(value, 'a list of values', 'at least one value')], says('a text, a number, true or false, or a list of them')),
        says('claims and values, such as { role: ["admin", "support"] }'),
      )
      .optional(),
  },
  says('{ use, claims?, requests? }, such as { use: "customers" }'),
);
