/** How AWS EventBridge writes times: `cron(0 3 * * ? *)`, in UTC, or `rate(6 hours)`. */
export type Schedule = `cron(${string})` | `rate(${string})`;

const months = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const days = 'SUN|MON|TUE|WED|THU|FRI|SAT';

/** The fields of a cron expression in their order: what each may hold besides `*`, lists, ranges and steps. */
const fields: readonly {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: string;
  readonly special?: RegExp;
}[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31, special: /^(?:\?|L|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
  { name: 'month', from: 1, to: 12, words: months },
  { name: 'day of the week', from: 1, to: 7, words: days, special: new RegExp(`^(?:\\?|L|(?:[1-7]|${days})(?:L|#[1-5]))$`) },
  { name: 'year', from: 1970, to: 2199 },
];

/** What is wrong with a schedule, in words that say what is allowed; undefined where it is fine. */
export function problemOfSchedule(text: string): string | undefined {
  const rate = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/.exec(text);
  if (rate !== null) {
    const [, amount, unit] = rate;
    if (Number(amount) < 1) return 'at least 1';
    const one = Number(amount) === 1;
    return one === !unit!.endsWith('s') ? undefined : one ? `rate(1 ${unit!.slice(0, -1)})` : `rate(${amount} ${unit}s)`;
  }
  const cron = /^cron\((.*)\)$/.exec(text);
  if (cron === null)
    return 'cron(minutes hours day-of-month month day-of-week year) in UTC, such as "cron(0 3 * * ? *)", or "rate(6 hours)"';
  const written = cron[1]!.split(' ');
  if (written.length !== fields.length)
    return `six fields, one space between two: minutes, hours, day of the month, month, day of the week, year; these are ${written.length}`;
  for (const [index, { name, from, to, words, special }] of fields.entries()) {
    const names = words === undefined ? '' : ` or ${words.split('|')[0]}–${words.split('|').at(-1)}`;
    if (!isField(written[index]!, from, to, words, special))
      return `${name}: ${from}–${to}${names}, with * , - /; got ${JSON.stringify(written[index])}`;
  }
  if ((written[2] === '?') === (written[4] === '?'))
    return '? for exactly one of day of the month and day of the week: the other one says when';
  return undefined;
}

function isField(written: string, from: number, to: number, words: string | undefined, special: RegExp | undefined): boolean {
  if (special?.test(written) === true) return true;
  return written.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === '*') return true;
    const ends = range.split('-').map((end) => numberOf(end, from, words));
    if (ends.length > 2 || ends.some((end) => end === undefined || end < from || end > to)) return false;
    return ends.length === 1 || ends[0]! <= ends[1]!;
  });
}

/** A number, or a name for one. */
function numberOf(text: string, from: number, words: string | undefined): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = words?.split('|').indexOf(text) ?? -1;
  return index === -1 ? undefined : from + index;
}
