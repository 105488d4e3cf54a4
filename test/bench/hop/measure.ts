import { cpuOf } from './cpu.js';
import { load } from './load.js';
import type { Way } from './way.js';

export interface Plan {
  readonly rounds: number;
  /** In each round, of each way. */
  readonly requests: number;
  /** Connections, each with one request under way. */
  readonly connections: number;
}

/** One way in one round. */
export interface Sample {
  readonly way: string;
  /** Milliseconds, with all connections busy. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds, one request at a time. */
  readonly alone: number;
  /** Microseconds of CPU of all Envoys on the way, per request with all connections busy. */
  readonly cpu: number;
}

/** Rounds in which each way has its turn, so that whatever else the machine does meets them alike; the first to go is another each time. */
export async function measure(
  ways: readonly Way[],
  { rounds, requests, connections }: Plan,
  onRound: (round: number) => void,
): Promise<Sample[]> {
  for (const { port } of ways) await load({ port, requests: Math.ceil(requests / 5), connections });
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < ways.length; turn += 1) {
      samples.push(await sample(ways[(round + turn) % ways.length]!, requests, connections));
    }
    onRound(round + 1);
  }
  return samples;
}

async function sample({ name, port, envoys }: Way, requests: number, connections: number): Promise<Sample> {
  const cpu = (): number => envoys.reduce((sum, { pid }) => sum + (pid === undefined ? 0 : cpuOf(pid)), 0);
  const before = cpu();
  const busy = await load({ port, requests, connections });
  const used = cpu() - before;
  const alone = await load({ port, requests: Math.ceil(requests / 20), connections: 1 });
  return { way: name, p50: quantile(busy, 0.5), p99: quantile(busy, 0.99), alone: quantile(alone, 0.5), cpu: used / requests };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
