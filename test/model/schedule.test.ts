import { problemOfSchedule } from '../../lib/model/schedule';

test.each([
  'cron(0 3 * * ? *)',
  'cron(15 10 ? * MON-FRI *)',
  'cron(0/15 8-17 ? * 2,4,6 2026-2030)',
  'cron(5-5 0 L * ? *)',
  'cron(0 0 15W JAN,JUL ? *)',
  'cron(30 2 ? * 6#1 *)',
  'cron(30 2 ? * FRIL *)',
  'rate(1 minute)',
  'rate(6 hours)',
  'rate(30 days)',
])('%s is a schedule', (text) => expect(problemOfSchedule(text)).toBeUndefined());

test.each([
  ['cron(60 3 * * ? *)', 'minutes: 0–59, with * , - /; got "60"'],
  ['cron(0 3 0 * ? *)', 'day of the month: 1–31, with * , - /; got "0"'],
  ['cron(0 3 ? * 0 *)', 'day of the week: 1–7 or SUN–SAT, with * , - /; got "0"'],
  ['cron(0 3 ? * 6#6 *)', 'day of the week: 1–7 or SUN–SAT, with * , - /; got "6#6"'],
  ['cron(0 17-8 * * ? *)', 'hours: 0–23, with * , - /; got "17-8"'],
  ['cron(0/0 3 * * ? *)', 'minutes: 0–59, with * , - /; got "0/0"'],
  ['cron(0 3 * * ? 1969)', 'year: 1970–2199, with * , - /; got "1969"'],
  ['cron(0 3 ? * ? *)', '? for exactly one of day of the month and day of the week: the other one says when'],
  ['rate(1 minutes)', 'rate(1 minute)'],
  ['rate(2 day)', 'rate(2 days)'],
])('%s is none: %s', (text, says) => expect(problemOfSchedule(text)).toBe(says));
