import * as z from 'zod';
import { hostName, list, says, text, whole } from './scalar.js';

/** The schemas of ../spec/action.ts. */
const path = z.string(says('a path, such as "/orders/{id}"'));
const host = text('a host name, without scheme or port', hostName);
const changes = z.strictObject(
  {
    set: z.record(z.string(), z.string(says('a text')), says('names and values, such as { "x-tenant": "blue" }')).optional(),
    remove: list(
      z.string(says('the name of a header')),
      'a list of names, such as ["server"]',
      'at least one name, such as ["server"]',
    ).optional(),
  },
  says('{ set?, remove? }'),
);

export const actionFields = {
  rewrite: z.strictObject({ path: path.optional(), host: host.optional() }, says('{ path?, host? }')).optional(),
  redirect: z
    .strictObject(
      {
        host: host.optional(),
        path: path.optional(),
        status: z.literal([301, 302, 303, 307, 308], says('301, 302, 303, 307 or 308')).optional(),
      },
      says('{ host?, path?, status? }'),
    )
    .optional(),
  respond: z.strictObject({ status: whole(200, 599), body: z.string(says('a text')).optional() }, says('{ status, body? }')).optional(),
  headers: z.strictObject({ request: changes.optional(), response: changes.optional() }, says('{ request?, response? }')).optional(),
};
