import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { folderFor } from './edge-mesh/folder';
import { ended } from './edge-mesh/process';

const folder = folderFor();

/** `npm start -- …`, without npm. */
const start = (...words: string[]): ChildProcess =>
  spawn(process.execPath, ['--conditions=@cdk-edge-mesh/source', '--import', 'tsx', 'bin/start.ts', ...words], {
    cwd: resolve(__dirname, '../..'),
    env: { ...process.env, TMPDIR: folder, XDG_RUNTIME_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('npm start -- --once goes through every room, shows what came back, and leaves nothing', async () => {
  const { code, stdout, stderr } = await ended(start('--once'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^1\/5 install {2}Envoy .* s$/),
    expect.stringMatching(/^2\/5 check {4}shop: no findings in 4 services and 5 routes.* s$/),
    expect.stringMatching(/^3\/5 synth {4}Shop: \d+ resources → cdk\.out \(no account needed\) +\d+\.\d s$/),
    expect.stringMatching(/^4\/5 review {3}snapshots\/shop: 6 files, up to date +\d+\.\d s$/),
    expect.stringMatching(/^5\/5 twin {5}7 Envoys, strict mTLS, ready +\d+\.\d s$/),
    '',
    expect.stringMatching(/^GET {2}\/products\/42 {2}200 +\d+ ms {2}client → web → ingress → catalog → .*pricing v[12]/),
    expect.stringMatching(/^POST \/orders {7}401 +\d+ ms {2}client → web: Jwt is missing$/),
    expect.stringMatching(/^POST \/orders {7}200 +\d+ ms {2}client → web → ingress → orders → \(catalog → .*, ordersDb, stripe\)$/),
    'refused on purpose',
    expect.stringMatching(
      /^POST \/orders {7}403 +\d+ ms {2}nightly → orders may only GET \/orders\/\{id\}: http\.inbound\.rbac\.denied \+1$/,
    ),
    expect.stringMatching(
      /^GET {2}\/orders\/42 {4}refused +\d+ ms {2}catalog → orders is not declared: listener\.inbound\.ssl\.fail_verify_san \+1$/,
    ),
    '',
    'stopped 7 Envoys; nothing is left',
  ]);
  expect(readdirSync(folder).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
}, 120_000);

test('npm start with a word that it does not know says which it knows', async () => {
  expect(await ended(start('--onec'))).toEqual({
    code: 2,
    stdout: '',
    stderr: '--onec is not known here; allowed: --once, which ends by itself\n',
  });
});
