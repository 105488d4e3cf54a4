import { join } from 'node:path';
import { defineArchitecture, defineScenario } from 'cdk-edge-mesh';
import { Terminal } from '../../../bin/edge-mesh/terminal';
import { architectures } from './architectures';
import { folderFor } from './folder';
import { run, sink } from './run';

const small = defineArchitecture({
  name: 'small',
  services: { alone: { image: 'alone', listen: { protocol: 'http', port: 8080 } } },
  gateways: { web: { kind: 'http', auth: 'public', throttle: { rate: 50, burst: 50 }, routes: { 'GET /a': { to: 'alone' } } } },
});

const scenario = defineScenario({
  name: 'stumbles',
  duration: '2s',
  load: { 'GET /a': { rate: 10 } },
  events: [{ at: '1s', fail: 'alone', status: 500 }],
  expect: { 'GET /a': { failed: 0 } },
});

const folder = folderFor({
  'shop.ts': '',
  'small.ts': '',
  'stumbles.ts': '',
  'empty.ts': '',
  'wrong.json': '{\n  "name": "wrong",\n  "duration": "2s",\n  "load": { "GET /b": { "rate": 1 } },\n  "expct": {}\n}\n',
});
const at = (name: string): string => join(folder, name);
const importing = async (file: string): Promise<unknown> => {
  if (file.endsWith('stumbles.ts')) return { default: scenario };
  if (file.endsWith('empty.ts')) return {};
  return { default: file.endsWith('small.ts') ? small : architectures.shop };
};
const rehearse = (...words: string[]) => run(['rehearse', ...words], { importing });

describe('bad input is 2, before anything is started', () => {
  const names = 'instance-dies, slow-dependency, retry-storm, canary, rotate-certificates, task-stops, scale';
  test.each([
    ['a scenario with a typo', [at('shop.ts'), 'canari'], '"canari" is not a scenario or a file; did you mean "canary"?'],
    ['a scenario that is none', [at('shop.ts'), 'chaos'], `"chaos" is not a scenario or a file; allowed: ${names}`],
    ['a file that is none', [at('shop.ts'), at('stumble.ts')], `${at('stumble.ts')} does not exist; did you mean ${at('stumbles.ts')}?`],
    [
      'a file without a scenario',
      [at('shop.ts'), at('empty.ts')],
      `${at('empty.ts')} has no default export; it ends with: export default defineScenario({ … })`,
    ],
    [
      'a target that is none',
      [at('shop.ts'), 'canary', '--target', 'catalog'],
      'canary: --target: "catalog" is not a service with two versions that a client route leads to; allowed: pricing',
    ],
    [
      'numbers that are none',
      [at('shop.ts'), 'canary', '--rate', 'much', '--duration', '3s'],
      '--rate: got "much"; allowed: requests a second, above 0, at most 1000\n--duration: got "3s"; allowed: from 4s to 10m',
    ],
    [
      'a choice for a file, which makes its own',
      [at('shop.ts'), at('stumbles.ts'), '--rate', '5'],
      `--rate is for a scenario by name (${names}); ${at('stumbles.ts')} says it itself`,
    ],
    [
      'no place for it',
      [at('small.ts'), 'canary'],
      'canary: it needs a service with two versions that a client route leads to; small has none',
    ],
    ['no scenario', [at('shop.ts')], `rehearse needs SCENARIO: ${names}, or a file\nsee: edge-mesh rehearse --help`],
  ])('%s', async (_, words, message) => {
    expect(await rehearse(...words)).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  });

  test('JSON is told where: each problem has its line', async () => {
    expect((await rehearse(at('small.ts'), at('wrong.json'))).stderr).toBe(
      [
        `3 problems in ${at('wrong.json')}`,
        '  expct (line 5): is not a known field; did you mean "expect"?',
        '  expect: is missing; allowed: expectations by client route, such as { "GET /products/{id}": { failed: 0 } }',
        '  load["GET /b"] (line 4): "GET /b" is not a client route; did you mean "GET /a"?',
        '',
      ].join('\n'),
    );
  });
});

test('an expectation that is not met is 1: the report on stdout, progress on stderr', async () => {
  const { code, stdout, stderr } = await rehearse(at('small.ts'), at('stumbles.ts'));
  expect(stdout.split('\n').at(-2)).toBe('small: stumbles: 1 of 1 expectation not met');
  expect(stdout).toMatch(/\nGET \/a +20 +10 +10 /);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `stumbles: 2 s at 10 requests/s; alone answers 500 at 1 s\nnext: edge-mesh check ${at('small.ts')}\n`,
  });
});

test('all met is 0; with --json the report is one object', async () => {
  const { code, stdout } = await rehearse(at('small.ts'), 'rotate-certificates', '--rate', '10', '--duration', '4s', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    architecture: 'small',
    scenario: 'rotate-certificates',
    routes: [{ route: 'GET /a', sent: 40, ok: 40, outcomes: { 200: 40 } }],
    expectations: { met: 1, notMet: 0 },
  });
  expect(code).toBe(0);
});

describe('progress', () => {
  const drawn = (isTTY: boolean, environment: Record<string, string>) => {
    const stderr = sink(isTTY);
    const terminal = new Terminal({ stdout: sink(), stderr, environment }, false);
    terminal.draw('1 / 2');
    terminal.draw('2 / 2');
    terminal.say('done');
    return stderr.text;
  };

  test('is drawn in its place for a person, and gone when something is said', () => {
    expect(drawn(true, {})).toBe('\r\x1b[2K1 / 2\r\x1b[2K2 / 2\r\x1b[2Kdone\n');
  });

  test.each([
    ['no terminal', false, {}],
    ['NO_COLOR', true, { NO_COLOR: '1' }],
    ['CI', true, { CI: 'true' }],
  ])('moves nothing with %s', (_, isTTY, environment) => expect(drawn(isTTY, environment as Record<string, string>)).toBe('done\n'));
});
