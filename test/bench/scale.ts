import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { awsPlacement, type Bootstrap, compact, compileSidecar } from '../../lib/engines/envoy/index.js';
import type { Architecture, Service } from '../../lib/index.js';
import { Supervisor } from '../../lib/twin/supervisor.js';
import { at, Ground } from './ground.js';
import { callerOf } from './scale/architecture.js';

/**
 * `npm run bench:scale [-- --upstreams 10,100,1000 --json]`
 *
 * What so many upstreams in one sidecar cost: bytes of its configuration as it is deployed, beside those of the same as JSON without a space and compressed;
 * time from the start of Envoy until it answers that it is ready, with what it takes from a busy machine; memory that is its own, and all that is resident.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { upstreams: { type: 'string', default: '10,100,1000' }, json: { type: 'boolean', default: false } },
  });
  const supervisor = new Supervisor('bench-');
  try {
    const rows = [];
    for (const upstreams of values.upstreams.split(',').map(Number)) rows.push(await measure(supervisor, upstreams));
    console.log(values.json ? JSON.stringify({ rows }, null, 2) : rows.map(line).join('\n'));
  } finally {
    await supervisor.stop();
  }
}

interface Row {
  readonly upstreams: number;
  readonly bytes: number;
  readonly json: number;
  readonly compressed: number;
  readonly readyAfter: number;
  readonly own: number;
  readonly resident: number;
}

async function measure(supervisor: Supervisor, upstreams: number): Promise<Row> {
  const architecture = callerOf(upstreams);
  const caller = architecture.services.find(({ name }) => name === 'caller')!;
  const asDeployed = deployed(architecture, caller);
  const text = compact(asDeployed);
  const ground = await Ground.of(supervisor, upstreams + 8);
  await ground.issue(caller.identity);
  const name = `caller-of-${upstreams}`;
  const placement = ground.placement(name, { local: () => at(ground.port()), endpoints: () => ({ addresses: [at(1)] }) });
  const bootstrap = compileSidecar(architecture, caller.versions[0]!, placement);
  const began = performance.now();
  const envoy = ground.launch(name, bootstrap);
  await envoy.whenReady();
  const readyAfter = performance.now() - began;
  const { own = 0, resident = 0 } = envoy.memory() ?? {};
  await envoy.kill();
  return {
    upstreams,
    bytes: Buffer.byteLength(text),
    json: Buffer.byteLength(JSON.stringify(asDeployed)),
    compressed: gzipSync(text).length,
    readyAfter,
    own,
    resident,
  };
}

const deployed = (architecture: Architecture, { versions: [version] }: Service): Bootstrap =>
  compileSidecar(architecture, version!, awsPlacement(architecture, { version: version! }));

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

const line = ({ upstreams, bytes, json, compressed, readyAfter, own, resident }: Row): string =>
  [
    `${upstreams} upstreams:`.padStart(16),
    `${kilobytes(bytes)} as deployed (${(bytes / upstreams).toFixed(0)} B each), ${kilobytes(json)} as JSON, ${kilobytes(compressed)} compressed;`,
    `ready after ${(readyAfter / 1000).toFixed(2)} s; ${megabytes(own)} of its own, ${megabytes(resident)} resident`,
  ].join(' ');

void main();
