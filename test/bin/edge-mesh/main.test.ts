import { join } from 'node:path';
import { main } from '../../../bin/edge-mesh/main';
import { architectures, importing } from './architectures';
import { folderFor } from './folder';
import { run, sink } from './run';

const file = join(folderFor(Object.fromEntries(Object.keys(architectures).map((name) => [`${name}.ts`, '']))), 'shop.ts');

describe('a fault of the program is no fault of the user', () => {
  /** A declaration that nobody declared: the resolver trips over it. */
  const broken = async () => ({ default: { kind: 'cdk-edge-mesh.declaration', spec: undefined } });

  test('it says so, how to report it, and no stack', async () => {
    const { code, stdout, stderr } = await run(['check', file], { importing: broken });
    const [first, ...rest] = stderr.split('\n');
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(first).toMatch(/^edge-mesh failed: Cannot (?:read|destructure) propert/);
    expect(rest).toEqual([
      'This is a fault of edge-mesh, not of what you gave it. Please report it, with the command and what it prints with DEBUG=1:',
      '  npm bugs cdk-edge-mesh',
      '',
    ]);
  });

  test('the stack comes with DEBUG alone', async () => {
    const { stderr } = await run(['check', file], { importing: broken, environment: { DEBUG: '1' } });
    expect(stderr).toMatch(/\n {4}at /);
  });
});

test('what the machine refuses is 2, in its words', async () => {
  const compile = (out: string) => run(['compile', file, '--engine', 'envoy', '--out', out], { importing });
  const { code, stderr } = await compile('/proc/no');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'cannot write to /proc/no: /proc/.no-XXXXXX: no such file or directory; nothing was changed; make it right, or choose another folder with --out\n',
  });
  expect((await compile('')).stderr).toBe('--out is empty; name a folder\n');
});

describe('colour is for a person at a terminal', () => {
  const refused = async (isTTY: boolean, environment: Record<string, string>): Promise<string> => {
    const stderr = sink(isTTY);
    await main(['chek'], { stdout: sink(isTTY), stderr, environment });
    return stderr.text;
  };
  const plain = '"chek" is not a command; did you mean "check"?\nsee: edge-mesh --help\n';

  test('there it is', async () => expect(await refused(true, {})).toBe(`\u001b[31m${plain.trimEnd()}\u001b[39m\n`));
  test('not without a terminal', async () => expect(await refused(false, {})).toBe(plain));
  test('without a terminal where it is forced', async () =>
    expect(await refused(false, { FORCE_COLOR: '1' })).toBe(`\u001b[31m${plain.trimEnd()}\u001b[39m\n`));
  test('not where it is forced and forbidden', async () => expect(await refused(true, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(plain));
  test.each(['NO_COLOR=1', 'CI=true', 'TERM=dumb', 'FORCE_COLOR=0'])('not with %s', async (set) => {
    const [name = '', value = ''] = set.split('=');
    expect(await refused(true, { [name]: value })).toBe(plain);
  });
});
