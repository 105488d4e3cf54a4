import * as z from 'zod';
import { stringMatch } from './match.js';
import { duration, list, percent, says, text, whole } from './scalar.js';

/** The schemas of ../spec/resilience.ts. */
export const pool = z.strictObject(
  {
    connections: whole(1, 1_000_000).optional(),
    pendingRequests: whole(1, 1_000_000).optional(),
    requests: whole(1, 1_000_000).optional(),
  },
  says('{ connections?, pendingRequests?, requests? }'),
);

const activeHealth = z.strictObject(
  { interval: duration.optional(), timeout: duration.optional(), healthy: whole(1, 10).optional(), unhealthy: whole(1, 10).optional() },
  says('{ interval?, timeout?, healthy?, unhealthy? }'),
);

export const health = z.strictObject(
  {
    path: text('a path, such as "/healthz"', /^\/[A-Za-z0-9._~/-]*$/),
    active: z.union([z.literal(true), activeHealth], says('true, or { interval?, timeout?, healthy?, unhealthy? }')).optional(),
  },
  says('{ path, active? }, such as { path: "/healthz" }'),
);

const headerName = text('a header: letters, digits and hyphens', /^[A-Za-z0-9][A-Za-z0-9-]*$/);
const cookieName = text('a cookie: letters, digits and ._-', /^[A-Za-z0-9._-]+$/);
const hash = z.union(
  [
    z.literal('caller'),
    z.strictObject({ header: headerName }, says('{ header }')),
    z.strictObject({ cookie: cookieName }, says('{ cookie }')),
  ],
  says('"caller", { header } or { cookie }'),
);

export const balance = z.union(
  [
    z.enum(['round-robin', 'least-request', 'random']),
    z.strictObject({ hash, table: z.enum(['ring', 'maglev'], says('"ring" or "maglev"')).optional() }, says('{ hash, table? }')),
  ],
  says('"round-robin", "least-request", "random", or { hash, table? }'),
);

export const outlierDetection = z.strictObject(
  {
    errors: whole(1, 1_000),
    interval: duration.optional(),
    ejectFor: duration.optional(),
    maxEjectedPercent: whole(0, 100).optional(),
  },
  says('{ errors, interval?, ejectFor?, maxEjectedPercent? }'),
);

export const backOff = z.strictObject({ base: duration.optional(), max: duration.optional() }, says('{ base?, max? }'));

export const faults = z.strictObject(
  {
    delay: z.strictObject({ by: duration, percent }, says('{ by, percent }, such as { by: "2s", percent: 10 }')).optional(),
    abort: z
      .strictObject({ status: whole(200, 599), percent }, says('{ status, percent }, such as { status: 503, percent: 10 }'))
      .optional(),
    when: z
      .strictObject(
        { headers: z.record(z.string(), stringMatch, says('names and values, such as { "x-trial": "yes" }')) },
        says('{ headers }'),
      )
      .optional(),
    in: list(text('the name of an environment'), 'a list of environments, such as ["staging"]', 'at least one environment').optional(),
  },
  says('{ delay?, abort?, when?, in? }'),
);
