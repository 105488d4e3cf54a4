import * as z from 'zod';
import { backOff } from './resilience.js';
import { duration, list, percent, says, whole } from './scalar.js';

/** The schemas of ../spec/policy.ts. */
export const retries = z.strictObject(
  {
    max: whole(1, 10),
    perTry: duration.optional(),
    on: list(
      z.enum(
        [
          'unprocessed',
          'unavailable',
          'gateway-error',
          '5xx',
          'reset',
          'timeout',
          'cancelled',
          'deadline-exceeded',
          'grpc-unavailable',
          'internal',
          'resource-exhausted',
        ],
        says(
          'one of unprocessed, unavailable, gateway-error, 5xx, reset, timeout, and for gRPC cancelled, deadline-exceeded, grpc-unavailable, internal, resource-exhausted',
        ),
      ),
      'a list of events, such as ["unprocessed"]',
      'at least one event, such as ["unprocessed"]',
    ).optional(),
    budget: percent.optional(),
    backOff: backOff.optional(),
  },
  says('{ max, perTry?, on?, budget?, backOff? }'),
);

export const policyFields = {
  timeout: duration.optional(),
  idle: duration.optional(),
  retries: z.union([retries, z.literal(false)], says('{ max, perTry?, on?, budget?, backOff? }, or false for none')).optional(),
};

export const policy = z.strictObject(policyFields, says('{ timeout?, idle?, retries? }'));
