import * as z from 'zod';
import { list, says, text } from './scalar.js';

/** The schemas of ../spec/mtls.ts. */
const client = z.strictObject(
  {
    from: list(
      z.string(says('a range of addresses, such as "10.0.4.0/24"')),
      'a list of ranges, such as ["10.0.4.0/24"]',
      'at least one range',
    ),
    to: list(z.string(says('the name of a service')), 'a list of services', 'at least one service'),
  },
  says('{ from, to }, such as { from: ["10.0.4.0/24"], to: ["orders"] }'),
);

export const mtls = z.union(
  [
    z.enum(['strict', 'off']),
    z.strictObject(
      {
        permissive: z.strictObject(
          {
            until: text('the last day, such as "2027-03-31"', /^\d{4}-\d{2}-\d{2}$/),
            clients: z.record(z.string(), client, says('clients by name, such as { legacy: { from: ["10.0.4.0/24"], to: ["orders"] } }')),
          },
          says('{ until, clients }'),
        ),
      },
      says('{ permissive }'),
    ),
  ],
  says('"strict", "off" or { permissive: { until, clients } }'),
);
