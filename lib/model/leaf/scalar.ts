import * as z from 'zod';
import { type Duration, parseDuration } from '../duration.js';

/** The values that leaves are made of. Each schema's message is what is allowed; the walk adds what was got. */
export const says = (allowed: string) => ({ error: () => allowed });

export const whole = (min: number, max: number) =>
  z
    .int(says(`a whole number from ${min} to ${max}`))
    .min(min, says(`a whole number from ${min} to ${max}`))
    .max(max, says(`a whole number from ${min} to ${max}`));

/** @param allowed both bounds in words */
export const number = (least: number, most: number, allowed: string) =>
  z.number(says(allowed)).min(least, says(allowed)).max(most, says(allowed));

export const list = <T extends z.ZodType>(each: T, allowed: string, least: string) => z.array(each, says(allowed)).min(1, says(least));

export const text = (allowed: string, pattern?: RegExp) =>
  pattern === undefined
    ? z.string(says(allowed)).regex(/^\S(?:.*\S)?$/, says(`${allowed}, in one line, without spaces around it`))
    : z.string(says(allowed)).regex(pattern, says(allowed));

export const duration = z.custom<Duration>(
  (value) => parseDuration(value) !== undefined,
  says('a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"'),
);

export const variables = z.record(
  z.string().regex(/^[^=\s]+$/, says('a name without = and spaces')),
  z.string(says('a string')),
  says('names and strings, such as { LOG_LEVEL: "info" }'),
);

/** A share in percent, with up to two decimals: more than none. */
export const percent = z
  .number(says('a percentage above 0, at most 100'))
  .positive(says('a percentage above 0, at most 100'))
  .max(100, says('a percentage above 0, at most 100'))
  .multipleOf(0.01, says('a percentage with at most two decimals'));

export const hostName = /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
