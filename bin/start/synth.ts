import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Supervisor } from '../../lib/twin/supervisor.js';
import { TwinError } from '../../lib/twin/twin-error.js';

/**
 * Synthesizes the app that `cdk.json` names, without an account and without the network, to `cdk.out`.
 * First into a folder of its own, so that two at a time do not disturb each other; a Ctrl-C removes it.
 *
 * @returns resources by stack
 * @throws TwinError with CDK's own last words
 */
export async function synthesize(root: string): Promise<ReadonlyMap<string, number>> {
  const supervisor = new Supervisor('edge-mesh-synth-');
  const { folder } = supervisor;
  try {
    const cdk = supervisor.start({
      name: 'cdk synth',
      command: process.execPath,
      args: [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--lookups=false', '--no-notices', '--output', folder],
      folder: root,
      environment: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' },
    });
    await cdk.ended;
    if (supervisor.isStopping) throw new TwinError('INTERRUPTED', 'stopped');
    if (!cdk.succeeded) throw cdk.failure();
    const resources = await resourcesIn(folder);
    await rm(join(root, 'cdk.out'), { recursive: true, force: true });
    await cp(folder, join(root, 'cdk.out'), { recursive: true });
    return resources;
  } finally {
    await supervisor.stop();
  }
}

const suffix = '.template.json';

async function resourcesIn(folder: string): Promise<Map<string, number>> {
  const templates = (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort();
  const counted = templates.map(async (name) => {
    const { Resources = {} } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { Resources?: object };
    return [name.slice(0, -suffix.length), Object.keys(Resources).length] as const;
  });
  return new Map(await Promise.all(counted));
}
