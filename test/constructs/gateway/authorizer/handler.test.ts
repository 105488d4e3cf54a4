import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';

const entry = resolve(__dirname, '../../../../constructs/gateway/authorizer/handler.ts');
let folder: string;
let bundle: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edge-mesh-authorizer-'));
  bundle = join(folder, 'index.js');
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', target: 'node24', logLevel: 'error', outfile: bundle });
});

afterAll(() => rmSync(folder, { recursive: true }));

test('the bundle runs alone, with its settings in the environment, and refuses what is no token', async () => {
  const settings = { issuer: 'https://id.example.com', audience: ['a'], jwks: 'https://127.0.0.1:1/jwks.json', scopes: {} };
  const script = `require(${JSON.stringify(bundle)}).handler({ headers: {} }).catch(({ message }) => console.log(message))`;
  const env = { PATH: process.env['PATH'], AUTHORIZER: JSON.stringify(settings) };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: folder, env });
  expect(stdout).toBe('{"refused":"NoBearerToken"}\nUnauthorized\n');
});

test('it is small enough to start fast', () => {
  expect(statSync(bundle).size).toBeLessThan(100_000);
});
