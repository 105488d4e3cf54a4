import { readdirSync, readFileSync } from 'node:fs';

/** What all threads of a process have used of the CPU since they began, in their own code and in the kernel's for it; microseconds, counted in nanoseconds. */
export function cpuOf(pid: number): number {
  const folder = `/proc/${pid}/task`;
  // The first field of three: time on the CPU, time waiting for it, and how often it came.
  return readdirSync(folder).reduce(
    (sum, thread) => sum + Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1000,
    0,
  );
}
