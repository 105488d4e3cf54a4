import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** A shell's line in the checkout, with `$EM` as the program. */
const shell = (line: string): Promise<{ code: number; stderr: string }> =>
  new Promise((settle) => {
    const EM = 'node --conditions=@cdk-edge-mesh/source --import tsx bin/edge-mesh.ts';
    execFile('bash', ['-c', line], { cwd: resolve(__dirname, '../../..'), env: { ...process.env, EM } }, (error, _, stderr) =>
      settle({ code: Number(error?.code ?? 0), stderr }),
    );
  });

test('whoever stops reading changes neither the exit code nor what is said', async () => {
  expect(await shell('set -o pipefail; $EM check test/readme/too-short.ts | true')).toEqual({ code: 1, stderr: '' });
  expect(await shell('set -o pipefail; $EM check nope.ts 2>&1 | true')).toEqual({ code: 2, stderr: '' });
});

test('a report that cannot be written is 2, without a stack trace', async () => {
  expect(await shell('$EM check test/readme/too-short.ts > /dev/full')).toEqual({
    code: 2,
    stderr: 'cannot write the report: ENOSPC: no space left on device, write\n',
  });
});
