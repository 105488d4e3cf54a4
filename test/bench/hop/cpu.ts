import { readFileSync } from 'node:fs';

/** `/proc` counts in hundredths of a second on every Linux (USER_HZ), whatever the kernel's own clock. */
const microsecondsPerTick = 10_000;

/** What a process has used of the CPU since it began, in its own code and in the kernel's for it; microseconds, in steps of 10,000. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the command in parentheses and may hold anything; utime and stime are the 14th and the 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick;
}
