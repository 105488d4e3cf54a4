import { parseArgs } from 'node:util';
import bookinfo from '../../bin/bookinfo/architecture.js';
import shop from '../../bin/shop/architecture.js';
import voyage from '../../bin/voyage/architecture.js';
import { type Declaration, resolve } from '../../lib/index.js';
import { up } from '../../lib/twin/index.js';

/**
 * `npm run bench:up [-- --json]`
 *
 * What the twin of each example takes: time until every Envoy is ready, certificates and ports included, and the memory of all Envoys together: what is their
 * own, and what is resident, where each counts the one program anew.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const rows = [];
  for (const [name, example] of Object.entries({ bookinfo, shop, voyage })) rows.push(await measure(name, example as Declaration));
  console.log(values.json ? JSON.stringify({ rows }, null, 2) : rows.map(line).join('\n'));
}

interface Row {
  readonly name: string;
  readonly envoys: number;
  /** Milliseconds. */
  readonly readyAfter: number;
  /** Bytes. */
  readonly own: number;
  readonly resident: number;
}

async function measure(name: string, example: Declaration): Promise<Row> {
  const began = performance.now();
  const twin = await up(resolve(example));
  const readyAfter = performance.now() - began;
  const memories = twin.envoys.flatMap((envoy) => envoy.memory() ?? []);
  await twin.stop();
  const sum = (field: 'own' | 'resident'): number => memories.reduce((all, each) => all + each[field], 0);
  return { name, envoys: memories.length, readyAfter, own: sum('own'), resident: sum('resident') };
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

const line = ({ name, envoys, readyAfter, own, resident }: Row): string =>
  `${name.padEnd(9)} ${envoys} Envoys ready after ${(readyAfter / 1000).toFixed(1)} s; ${megabytes(own)} of their own, ${megabytes(resident)} resident`;

void main();
