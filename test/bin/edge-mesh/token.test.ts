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
