import { importing } from './architectures';
import { folderFor } from './folder';
import { run } from './run';

const file = `${folderFor({ 'shop.ts': '' })}/shop.ts`;

test.each([
  ['role', 'role'],
  ['=admin', '=admin'],
  ['', "''"],
])('a claim %j, which is no name and value, is refused before anything else', async (claim, shown) => {
  expect(await run(['token', file, 'customers', '--claim', 'level=3', '--claim', claim], { importing })).toEqual({
    code: 2,
    stdout: '',
    stderr: `--claim ${shown} is no name and value; write them as in --claim role=admin\n`,
  });
});

test('without a twin it says how to start one, of the environment that was asked for', async () => {
  expect(await run(['token', file, 'customers', '--environment', 'local'], { importing })).toEqual({
    code: 2,
    stdout: '',
    stderr: `no twin of "shop" is running, and only a running twin accepts test tokens; start it with: edge-mesh up ${file} --environment local\n`,
  });
});
