import * as z from 'zod';
import { duration, says } from './scalar.js';

const availability = 'a percentage above 0 and below 100, such as 99.9';
export const objective = z.strictObject(
  {
    availability: z.number(says(availability)).gt(0, says(availability)).lt(100, says(availability)).optional(),
    latency: z.strictObject({ p99: duration }, says('{ p99 }, such as { p99: "1500ms" }')).optional(),
  },
  says('{ availability?, latency? }'),
);
