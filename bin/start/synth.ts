import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Synthesizes the app that `cdk.json` names, without an account and without the network, to `cdk.out`.
 * First into a folder of its own, so that two at a time do not disturb each other.
 *
 * @returns resources by stack
 * @throws Error with CDK's own words
 */
export async function synthesize(root: string): Promise<ReadonlyMap<string, number>> {
  const output = await mkdtemp(join(tmpdir(), 'edge-mesh-synth-'));
  try {
    await run(
      process.execPath,
      [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '--quiet', '--lookups=false', '--no-notices', '--output', output],
      {
        cwd: root,
        env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' },
      },
    );
    const resources = await resourcesIn(output);
    await rm(join(root, 'cdk.out'), { recursive: true, force: true });
    await cp(output, join(root, 'cdk.out'), { recursive: true });
    return resources;
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    throw new Error(`cdk synth failed:\n${(stderr || message).trim()}`);
  } finally {
    await rm(output, { recursive: true, force: true });
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
