import * as z from 'zod';
import { list, says, whole } from './scalar.js';

/** How many ports one rule of the kernel's `multiport` takes; ECS leaves out what comes after them. */
const mostPorts = 15;

/** The schema of ../spec/interception.ts. */
export const interception = z.union(
  [
    z.literal(true),
    z.strictObject(
      {
        bypassPorts: list(whole(1, 65_535), 'a list of ports, such as [2049]', 'at least one port')
          .max(mostPorts, says(`at most ${mostPorts} ports`))
          .optional(),
        bypassAddresses: list(
          z.string(says('a range of addresses, such as "10.0.9.0/24"')),
          'a list of ranges, such as ["10.0.9.0/24"]',
          'at least one range',
        ).optional(),
      },
      says('{ bypassPorts?, bypassAddresses? }'),
    ),
  ],
  says('true, or { bypassPorts?, bypassAddresses? }'),
);
