import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Envoy's rate limit service has no releases: a commit of its main branch. */
const version = 'v1.4.1-0.20260122083618-3fb702589d36';
const cache = resolve(__dirname, '../../../../node_modules/.cache');

/** What these tests need on the PATH, and how to get it. */
const needed = {
  go: "Go, which builds Envoy's rate limit service: https://go.dev/dl, 1.21 or later (it fetches the version that the module asks for)",
  'redis-server': 'Redis, where it counts: apt-get install redis-server, or brew install redis',
} as const;

/** @throws where something is missing, all of it at once: these tests fail rather than say nothing */
export function assertTools(): void {
  const missing = Object.entries(needed).filter(([command]) => spawnSync(command, ['--help']).error !== undefined);
  if (missing.length === 0) return;
  const lines = missing.map(([command, what]) => `  ${command} is not on the PATH: ${what}`);
  throw new Error(['these tests run the real rate limit service, and cannot do so here:', ...lines].join('\n'));
}

/**
 * Envoy's rate limit service: built once, into node_modules/.cache, which takes half a minute and needs Go's module proxy.
 * @throws where it cannot be built, with what Go said
 */
export function rateLimitService(): string {
  const folder = join(cache, `ratelimit-${version}`);
  const binary = join(folder, 'service_cmd');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  const building = mkdtempSync(join(cache, 'building-'));
  try {
    const source = `github.com/envoyproxy/ratelimit/src/service_cmd@${version}`;
    const built = spawnSync('go', ['install', source], { env: { ...process.env, GOBIN: building }, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`go install ${source} failed:\n${built.error?.message ?? built.stderr}`);
    if (!existsSync(binary)) renameSync(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return binary;
}
