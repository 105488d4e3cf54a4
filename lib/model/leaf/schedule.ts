import * as z from 'zod';
import { problemOfSchedule, type Schedule } from '../schedule.js';

export const schedule = z.custom<Schedule>((value) => typeof value === 'string' && problemOfSchedule(value) === undefined, {
  error: ({ input }) =>
    (typeof input === 'string' ? problemOfSchedule(input) : undefined) ?? 'a schedule, such as "cron(0 3 * * ? *)" or "rate(6 hours)"',
});
