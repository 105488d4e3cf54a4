import * as z from 'zod';
import { methods } from '../method.js';
import { list, says, text } from './scalar.js';

/** The schemas of ../spec/match.ts. */
const method = z.enum(methods, says(`one of ${methods.join(', ')}`));

const strings = [
  z.string(),
  z.strictObject({ prefix: text('a text') }, says('{ prefix }')),
  z.strictObject({ suffix: text('a text') }, says('{ suffix }')),
  z.strictObject({ regex: text('a regular expression of RE2') }, says('{ regex }')),
  z.strictObject({ present: z.boolean(says('true or false')) }, says('{ present }')),
] as const;
export const stringMatch = z.union(strings, says('a text, or one of { prefix }, { suffix }, { regex }, { present }'));

const bound = z.int(says('a whole number'));
const range = z.strictObject(
  { range: z.tuple([bound, bound], says('two whole numbers, the second excluded, such as [200, 300]')) },
  says('{ range }'),
);
const headerMatch = z.union(
  [
    ...strings,
    range,
    z.strictObject(
      { not: z.union([...strings, range], says('a text, or one of { prefix }, { suffix }, { regex }, { present }, { range }')) },
      says('{ not }'),
    ),
  ],
  says('a text, or one of { prefix }, { suffix }, { regex }, { present }, { range }, { not }'),
);

const pathWords = 'a path, such as "/orders/{id}", or one of { bytes }, { regex }';
const name = z.string(says('the name of a service'));
export const match = z.strictObject(
  {
    path: z
      .union(
        [
          z.string(),
          z.strictObject({ bytes: z.string(says('the first bytes of a path, such as "/orders"')) }, says('{ bytes }')),
          z.strictObject({ regex: text('a regular expression of RE2') }, says('{ regex }')),
        ],
        says(pathWords),
      )
      .optional(),
    method: z
      .union([method, list(method, 'a list of methods', 'at least one method')], says(`one of ${methods.join(', ')}, or a list of them`))
      .optional(),
    headers: z.record(z.string(), headerMatch, says('names and values, such as { "x-canary": { present: true } }')).optional(),
    query: z.record(z.string(), stringMatch, says('names and values, such as { debug: "1" }')).optional(),
    rpc: z.string(says('a gRPC service or method, such as "shop.Orders/Place"')).optional(),
    from: z.union([name, list(name, 'a list of services', 'at least one service')], says('a service, or a list of services')).optional(),
  },
  says('{ path?, method?, headers?, query?, rpc?, from? }'),
);
