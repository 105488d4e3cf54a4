import { join } from 'node:path';
import { folderFor } from './folder';
import { run } from './run';

const file = join(folderFor({ 'shop.ts': '' }), 'shop.ts');

describe('a command line that cannot be names what was got, what there is and the nearest', () => {
  test.each([
    ['nothing', [], 'which command? one of check, review, compile, up, token, rehearse\nsee: edge-mesh --help'],
    [
      'options alone',
      ['--environment', 'prod'],
      'which command? one of check, review, compile, up, token, rehearse\nsee: edge-mesh --help',
    ],
    ['a command with a typo', ['chek', file], '"chek" is not a command; did you mean "check"?\nsee: edge-mesh --help'],
    [
      'a command of a later version',
      ['explain', file],
      '"explain" is not a command; allowed: check, review, compile, up, token, rehearse\nsee: edge-mesh --help',
    ],
    ['no file', ['check'], 'check needs ARCH: the file of the architecture: TypeScript, JavaScript or JSON\nsee: edge-mesh check --help'],
    ['no authorizer', ['token', file], 'token needs AUTHORIZER: as named under authorizers\nsee: edge-mesh token --help'],
    [
      'an argument too many',
      ['check', file, 'prod'],
      `check takes ARCH, and nothing after "${file}"; got "prod"\nsee: edge-mesh check --help`,
    ],
    [
      'an option with a typo',
      ['check', file, '--jsn'],
      '"--jsn" is not an option of check; did you mean "--json"?\nsee: edge-mesh check --help',
    ],
    [
      'an option of another command',
      ['up', file, '--engine', 'envoy'],
      '"--engine" is not an option of up; allowed: --instances, --through, --environment, --json, --version, --help\nsee: edge-mesh up --help',
    ],
    ['an option before the command', ['--jsn', 'check', file], '"--jsn" is not an option; did you mean "--json"?\nsee: edge-mesh --help'],
    ['no value', ['compile', file, '--engine', 'envoy', '--out'], '--out needs a value: --out <DIR>\nsee: edge-mesh compile --help'],
    ['no engine', ['compile', file, '--out', 'x'], 'compile needs --engine <NAME>: envoy or app-mesh\nsee: edge-mesh compile --help'],
    ['an engine with a typo', ['compile', file, '--engine', 'envoi', '--out', 'x'], '"envoi" is not an engine; did you mean "envoy"?'],
    [
      'an engine that is not built',
      ['compile', file, '--engine', 'istio', '--out', 'x'],
      '"istio" is not an engine; allowed: envoy, app-mesh',
    ],
    [
      'an engine of every object',
      ['compile', file, '--engine', 'toString', '--out', 'x'],
      '"toString" is not an engine; allowed: envoy, app-mesh',
    ],
  ])('%s', async (_, words, message) => {
    expect(await run(words)).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  });
});

test('--json alone is refused as one object', async () => {
  const { code, stdout } = await run(['--json']);
  expect({ code, said: JSON.parse(stdout) }).toEqual({
    code: 2,
    said: { version: 1, error: { message: expect.stringMatching(/^which command\? one of check/), problems: [] } },
  });
});

test('--version is the version of the package', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test('help names every command, the exit codes and where to start', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['check', 'review', 'compile', 'up', 'token', 'rehearse'])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(stdout).toContain(
    'Exit: 0 fine, 1 findings, stale or expectations not met, 2 usage or bad input.\nStart with: edge-mesh check ARCH\n',
  );
});

test.each(['check', 'review', 'compile', 'up', 'token', 'rehearse'])('%s has help, with the options of all commands', async (command) => {
  const { code, stdout } = await run([command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: edge-mesh ${command} .*<ARCH>`));
  expect(stdout).toMatch(/Global Options:\n {2}--environment <NAME>/);
});
