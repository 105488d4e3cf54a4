import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bootstrap } from '../../../lib/engines/envoy/index.js';
import { findEnvoy } from '../../../lib/twin/envoy-binary.js';
import type { EnvoyProcess } from '../../../lib/twin/envoy-process.js';
import type { Supervisor } from '../../../lib/twin/supervisor.js';
import { load } from './load.js';
import type { Way } from './way.js';

/** Instructions of one request on one way: of every Envoy in the order of the way. */
export interface Count {
  readonly way: string;
  readonly each: readonly number[];
}

/** Connections, each with one request under way. */
const connections = 4;
const warmUp = 100;
const counted = 600;

/**
 * An Envoy whose instructions valgrind counts: fifty times slower, and the same number, within two in a hundred, however busy the machine is.
 *
 * @throws where there is no valgrind
 */
export function countedEnvoy({ folder }: Supervisor): string {
  execFileSync('valgrind', ['--version']);
  const file = join(folder, 'counted-envoy');
  const options = ['--tool=callgrind', '--instr-atstart=no', '--separate-threads=yes', `--callgrind-out-file=${folder}/count-of-%p`];
  writeFileSync(file, `#!/bin/sh\nexec valgrind ${options.join(' ')} '${findEnvoy()}' "$@"\n`);
  chmodSync(file, 0o700);
  return file;
}

/** The time of such an Envoy is not the time that its configuration means. */
export const patient = (bootstrap: Bootstrap): Bootstrap =>
  JSON.parse(JSON.stringify(bootstrap).replaceAll(/("(?:per_try_|connect_)?timeout"):"(?!0s)[\d.]+s"/g, '$1:"60s"')) as Bootstrap;

/** Begins to count once all is warm: connections are there, and what is made for the first request is made. */
export async function count({ name, port, envoys }: Way, { folder }: Supervisor): Promise<Count> {
  for (const envoy of envoys) await ready(envoy);
  const tell = (...words: readonly string[]): void => {
    for (const { pid } of envoys) execFileSync('callgrind_control', [...words, String(pid)], { stdio: 'ignore' });
  };
  tell('-i', 'on');
  await warm(port);
  tell('-z');
  await load({ port, requests: counted, connections });
  tell('-d');
  const each = envoys.map(({ pid }) => countOf(folder, pid!) / counted);
  await Promise.all(envoys.map((envoy) => envoy.kill()));
  return { way: name, each };
}

/** Three times as long as an Envoy may take otherwise. */
async function ready(envoy: EnvoyProcess): Promise<void> {
  for (let left = 2; left > 0; left -= 1) {
    try {
      return await envoy.whenReady();
    } catch (error) {
      if (!envoy.running) throw error;
    }
  }
  return envoy.whenReady();
}

/** The first requests may run out of time: each instruction is translated when it is first met. */
async function warm(port: number): Promise<void> {
  for (let left = 5; left > 0; left -= 1) await load({ port, requests: warmUp, connections: 1 }).catch(() => undefined);
  await load({ port, requests: warmUp, connections });
}

/** Of all threads but the main one, which has no part in a request and wakes by the clock. */
function countOf(folder: string, pid: number): number {
  const dumps = readdirSync(folder).filter((file) => file.startsWith(`count-of-${pid}.`));
  const texts = dumps.map((file) => readFileSync(join(folder, file), 'utf8'));
  const ofThread = texts
    .filter((text) => /^thread: (?!1$)\d+$/m.test(text))
    .map((text) => Number(/^(?:summary|totals): (\d+)/m.exec(text)?.[1] ?? 0));
  return ofThread.reduce((sum, each) => sum + each, 0);
}

/** A line for each way: thousands of instructions a request, of each Envoy and of all, and how often that of the first way. */
export function lines(counts: readonly Count[]): string {
  const sum = ({ each }: Count): number => each.reduce((total, one) => total + one, 0);
  const thousands = (value: number): string => `${(value / 1000).toFixed(0)}k`;
  const [first] = counts;
  return counts
    .map(
      (of) => `${of.way.padEnd(20)} ${of.each.map(thousands).join(' + ')} = ${thousands(sum(of))}  ${(sum(of) / sum(first!)).toFixed(2)}×`,
    )
    .join('\n');
}
