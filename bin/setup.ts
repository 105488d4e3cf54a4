import { resolve } from 'node:path';
import { prepareVirtualEnvironment, requirements } from './setup/virtual-environment.js';

/** `npm run setup`: what the project needs besides npm's packages. */
async function setUp(): Promise<void> {
  const start = performance.now();
  const installed = await prepareVirtualEnvironment(resolve(__dirname, '..'));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`.venv: ${requirements.join(', ').replaceAll('==', ' ')}: ${installed ? `installed in ${seconds} s` : 'already there'}`);
}

setUp().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
