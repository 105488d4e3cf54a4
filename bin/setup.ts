import './edge-mesh/node-release.js';
import { resolve } from 'node:path';
import { prepareVirtualEnvironment, requirements } from './setup/virtual-environment.js';

/** `npm run setup`: what the project needs besides npm's packages. */
async function setUp(): Promise<void> {
  const start = performance.now();
  const what = requirements.join(', ').replaceAll('==', ' ');
  const installed = await prepareVirtualEnvironment(resolve(__dirname, '..'), {
    onInstall: () => console.error(`.venv: installing ${what} from PyPI`),
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`.venv: ${what}: ${installed ? `installed in ${seconds} s` : 'already there'}`);
}

setUp().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
