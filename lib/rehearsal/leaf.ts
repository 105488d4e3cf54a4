import * as z from 'zod';
import { duration, list, says, text, whole } from '../model/leaf/scalar.js';

/** One schema for each leaf of a scenario; each message is what is allowed. Names are `check.ts`'s business. */
export const longest = 600_000;
const mostInstances = 10;

const rates = 'requests a second, above 0, at most 1000';
const headerName = /^[A-Za-z0-9-]+$/;
const texts = (each: z.ZodString, allowed: string) => z.record(each, z.string(says('a string')), says(allowed));

export const scenario = z.strictObject(
  {
    name: text('lower-case letters, digits and single hyphens, a letter first, at most 40', /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,39}$/),
    about: text('a sentence of at most 200 characters', /^\S.{0,199}$/).optional(),
    duration,
  },
  says('a scenario: { name, duration, load, events, expect }'),
);

export const load = z.strictObject(
  {
    rate: z.number(says(rates)).positive(says(rates)).max(1_000, says(rates)),
    parameters: texts(z.string(), 'values by parameter, such as { id: "7" }').optional(),
    headers: texts(
      z.string().regex(headerName, says('the name of a header')),
      'values by header, such as { "x-canary": "yes" }',
    ).optional(),
    json: z.unknown().optional(),
  },
  says('{ rate, parameters?, headers?, json? }'),
);

export const instances = whole(1, mostInstances);

const target = z.string(says('a service, a version, or an instance such as "pricing-v1#2"'));
const at = duration;
/** What each kind of event says besides its time. */
export const events = {
  kill: z.strictObject({ at, kill: target }, says('{ at, kill }')),
  stop: z.strictObject({ at, stop: target }, says('{ at, stop }')),
  slow: z.strictObject({ at, slow: target, by: duration }, says('{ at, slow, by }')),
  fail: z.strictObject({ at, fail: target, status: whole(400, 599).optional() }, says('{ at, fail, status? }')),
  restore: z.strictObject({ at, restore: target }, says('{ at, restore }')),
  terminate: z.strictObject(
    { at, terminate: target, order: z.enum(['drained', 'app-first'], says('"drained" or "app-first"')).optional() },
    says('{ at, terminate, order? }'),
  ),
  replace: z.strictObject({ at, replace: target }, says('{ at, replace }')),
  scale: z.strictObject({ at, scale: z.string(says('a service or a version')), to: instances }, says('{ at, scale, to }')),
  shift: z.strictObject(
    {
      at,
      shift: z.string(says('a service')),
      to: z.record(z.string(), whole(0, 1_000), says('weights by version, such as { v1: 50, v2: 50 }')),
    },
    says('{ at, shift, to }'),
  ),
  rotate: z.strictObject({ at, rotate: z.literal('certificates', says('"certificates"')) }, says('{ at, rotate: "certificates" }')),
} as const;

export type EventKind = keyof typeof events;
export const eventKinds = Object.keys(events) as EventKind[];

const most = 'a number from 1 to 100';
export const expectation = z.strictObject(
  {
    failed: whole(0, 1_000_000).optional(),
    recoveredAfter: duration.optional(),
    p50: duration.optional(),
    p99: duration.optional(),
    slowest: duration.optional(),
    triesEach: z.number(says(most)).min(1, says(most)).max(100, says(most)).optional(),
  },
  says('{ failed?, recoveredAfter?, p50?, p99?, slowest?, triesEach? }'),
);

export const eventList = list(
  z.unknown(),
  'a list of events, such as [{ at: "10s", kill: "pricing-v1#2" }]',
  'at least one event, or no list',
);
