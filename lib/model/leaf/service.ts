import * as z from 'zod';
import { globalRateLimit } from './global-rate-limit.js';
import { interception } from './interception.js';
import { listen } from './listen.js';
import { objective } from './objective.js';
import { rateLimit } from './rate-limit.js';
import { balance, health, outlierDetection, pool } from './resilience.js';
import { says, text, whole } from './scalar.js';
import { schedule } from './schedule.js';
import { versionFields } from './version.js';

const label = text('a name of at most 60 characters, without spaces around it', /^(?=.{1,60}$)\S(?:.*\S)?$/);

/** The schema of ../spec/service.ts. */
export const service = z.strictObject(
  {
    ...versionFields,
    domain: label.optional(),
    owner: label.optional(),
    listen: listen.optional(),
    schedule: schedule.optional(),
    interception: interception.optional(),
    objective: objective.optional(),
    descriptors: text('a FileDescriptorSet in base64, at most 1 MiB', /^(?=.{4,1398104}$)[A-Za-z0-9+/]+={0,2}$/).optional(),
    health: health.optional(),
    pool: pool.optional(),
    balance: balance.optional(),
    zones: z.literal('prefer-own', says('"prefer-own"')).optional(),
    panic: whole(0, 100).optional(),
    outlierDetection: outlierDetection.optional(),
    rateLimit: rateLimit.optional(),
    globalRateLimit: globalRateLimit.optional(),
  },
  says('a service: { image, listen, calls, … }'),
);
