import * as z from 'zod';
import { hostName, says, text, whole } from './scalar.js';

/** The schema of ../spec/external.ts. */
export const external = z.strictObject(
  {
    protocol: z.enum(['http', 'https', 'tcp', 'tls'], says('one of http, https, tcp, tls')),
    host: text('a host name, without scheme or port', hostName).optional(),
    port: whole(1, 65_535).optional(),
    kind: z
      .enum(['database', 'cache', 'queue', 'saas', 'aws', 'monolith'], says('one of database, cache, queue, saas, aws, monolith'))
      .optional(),
  },
  says('{ protocol, host?, port?, kind? }'),
);
