import * as z from 'zod';
import { duration, says, whole } from './scalar.js';

/** The schema of ../spec/listen.ts. */
export const listen = z.strictObject(
  {
    protocol: z.enum(['http', 'http2', 'grpc', 'tcp'], says('one of http, http2, grpc, tcp')),
    port: whole(1, 65_535),
    idleTimeout: duration.optional(),
    maxAge: duration.optional(),
  },
  says('{ protocol, port, idleTimeout?, maxAge? }, such as { protocol: "http", port: 8080 }'),
);
