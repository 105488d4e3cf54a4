import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { folderFor, write } from './folder';
import { runProcess } from './process';
import { run } from './run';

const folder = folderFor({
  'architecture.ts': 'export {};\n',
  'notes.txt': '',
  'architectures/architecture.ts': '',
  'empty/.keep': '',
  'empty.json': '',
  'mark.json': '\uFEFF{ "name": "shop", "services": { "nightly": { "image": "acme/nightly:3" } } }',
  'package.json': '{}',
  'module/package.json': '{ "type": "module" }',
});
symlinkSync('nowhere.ts', join(folder, 'link.ts'));
symlinkSync(resolve(__dirname, '../../..'), join(write(join(folder, 'node_modules/.keep'), ''), '../cdk-edge-mesh'));
const at = (name: string): string => join(folder, name);
const worker = "defineArchitecture({ name: 'shop', services: { nightly: { image: 'acme/nightly:3' } } })";
const cycle: unknown[] = [];
cycle.push(cycle);
const refused = (message: string) => ({ code: 2, stdout: '', stderr: `${message}\n` });

describe('a file that cannot be an architecture is named, with the nearest that can', () => {
  test.each([
    ['a file that is not there', 'shop.ts', `${at('shop.ts')} does not exist`],
    ['a file with a typo', 'architectur.ts', `${at('architectur.ts')} does not exist; did you mean ${at('architecture.ts')}?`],
    ['a folder that is not there', 'no/shop.ts', `${at('no/shop.ts')} does not exist, nor does the folder ${at('no')}`],
    ['a folder', 'architectures', `${at('architectures')} is a folder; did you mean ${at('architectures/architecture.ts')}?`],
    ['a link to nothing', 'link.ts', `${at('link.ts')} is a link to nowhere.ts, which does not exist`],
    ['a folder without one', 'empty', `${at('empty')} is a folder; name a file: TypeScript, JavaScript or JSON`],
    [
      'another kind of file',
      'notes.txt',
      `${at('notes.txt')} is neither TypeScript, JavaScript nor JSON; allowed: .ts, .mts, .cts, .js, .mjs, .cjs, .json`,
    ],
  ])('%s', async (_, name, message) => {
    expect(await run(['check', at(name)])).toEqual(refused(message));
  });
});

describe('a module that exports no architecture is told what to export', () => {
  const file = at('architecture.ts');
  const ending = 'it ends with: export default defineArchitecture({ … })';
  test.each<[string, unknown, string]>([
    ['nothing', {}, `${file} has no default export; ${ending}`],
    ['a plain spec', { default: { name: 'shop' } }, `${file} exports {"name":"shop"}, which is no architecture; ${ending}`],
    ['a function', { default: () => ({}) }, `${file} exports a function, which is no architecture; ${ending}`],
    ['an instance', { default: new Map() }, `${file} exports an instance of Map, which is no architecture; ${ending}`],
    ['a cycle', { default: cycle }, `${file} exports a list, which is no architecture; ${ending}`],
    ['a promise', { default: Promise.resolve({}) }, `${file} exports a promise, which is no architecture; ${ending}`],
  ])('%s', async (_, module, message) => {
    expect(await run(['check', file], { importing: async () => module })).toEqual(refused(message));
  });
});

test('a name that a variable left empty is no file', async () => {
  expect(await run(['check', ''])).toEqual(refused('the name of the file is empty'));
});

test('what a module throws that is no error is shown', async () => {
  const importing = () => Promise.reject('no');
  expect(await run(['check', at('architecture.ts')], { importing })).toEqual(
    refused(`${at('architecture.ts')} throws "no" while it is loaded`),
  );
});

test.each([['empty.json', `${at('empty.json')}:1:1 is no JSON: the text ends where a value is due`]])(
  '%s is told where it is wrong',
  async (name, message) => {
    expect(await run(['check', at(name)])).toEqual(refused(message));
  },
);

test.each(['utf16le', 'latin1'] as const)('JSON in %s is told what to be saved as', async (encoding) => {
  const file = at(`${encoding}.json`);
  writeFileSync(file, Buffer.from('{ "name": "müller" }', encoding));
  expect(await run(['check', file])).toEqual(refused(`${file} is not written in UTF-8; save it as UTF-8`));
});

describe('a module is a guest while it is loaded', () => {
  const file = at('architecture.ts');

  test('it cannot end the program with a code that says all is well', async () => {
    const { exit } = process;
    expect(await run(['check', file], { importing: async () => process.exit(0) })).toEqual(
      refused(`${file} calls process.exit(0) while it is loaded; it declares, and the command goes on from there`),
    );
    expect(process.exit).toBe(exit);
  });
});

test('JSON may begin with a byte order mark', async () => {
  expect((await run(['check', at('mark.json')])).code).toBe(0);
});

describe('a process of its own loads', () => {
  test.each([
    ['TypeScript in a CommonJS package', 'worker.ts', `import { defineArchitecture } from 'cdk-edge-mesh';\nexport default ${worker};`],
    [
      'TypeScript in an ES module package',
      'module/worker.ts',
      `import { defineArchitecture } from 'cdk-edge-mesh';\nexport default ${worker};`,
    ],
    [
      'TypeScript with a top-level await',
      'module/late.ts',
      `const { defineArchitecture } = await import('cdk-edge-mesh');\nexport default ${worker};`,
    ],
    [
      'JavaScript that leaves something open',
      'open.cjs',
      `const { defineArchitecture } = require('cdk-edge-mesh');\nsetInterval(() => {}, 1000);\nmodule.exports = ${worker};`,
    ],
    ['JavaScript as CommonJS', 'worker.cjs', `const { defineArchitecture } = require('cdk-edge-mesh');\nmodule.exports = ${worker};`],
    ['JavaScript as an ES module', 'worker.mjs', `import { defineArchitecture } from 'cdk-edge-mesh';\nexport default ${worker};`],
  ])('%s', async (_, name, text) => {
    const { code, stdout, stderr } = await runProcess(['check', write(at(name), text)]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'shop: no findings in 1 service and 0 routes\n' });
    expect(stderr).toBe(`next: edge-mesh review ${at(name)}\n`);
  });

  test('a module that prints, which is progress and not the report, and sets an exit code, which is not its to set', async () => {
    const prints = "console.log('loading');\nprocess.stdout.write('still loading\\n');\nprocess.exitCode = 3;\n";
    const text = `${prints}const { defineArchitecture } = require('cdk-edge-mesh');\nmodule.exports = ${worker};`;
    const { code, stdout, stderr } = await runProcess(['check', write(at('prints.cjs'), text), '--json']);
    expect({ code, name: JSON.parse(stdout).architecture, stderr }).toEqual({ code: 0, name: 'shop', stderr: 'loading\nstill loading\n' });
  });
});

describe('a process of its own refuses, without a stack trace', () => {
  test.each([
    ['a syntax error', 'syntax.ts', 'export default {\n  name: : 1,\n};\n', `${at('syntax.ts')}:2:9 cannot be read: Unexpected ":"`],
    ['a syntax error in what it imports', 'uses.ts', "import './syntax';\n", `${at('syntax.ts')}:2:9 cannot be read: Unexpected ":"`],
    [
      'a syntax error in JavaScript',
      'syntax.cjs',
      'module.exports = {\n  name: : 1,\n};\n',
      `${at('syntax.cjs')}:2 cannot be read: Unexpected token ':'`,
    ],
    [
      'a package that is not installed',
      'package.ts',
      "import '@acme/schemas/order';\n",
      `${at('package.ts')} imports "@acme/schemas/order", which is not installed; install it with: npm install @acme/schemas`,
    ],
    [
      'a file that is not there',
      'import.ts',
      "import './order.schema';\n",
      `${at('import.ts')} imports "./order.schema", which does not exist`,
    ],
    [
      'a wait without an end',
      'waits.mjs',
      'await new Promise(() => {});\nexport default 1;\n',
      `${at('waits.mjs')} waits while it is loaded for what never comes; it declares, and awaits nothing else`,
    ],
    [
      'a promise that fails',
      'promise.ts',
      "export default Promise.reject(new Error('no schema'));\n",
      `${at('promise.ts')} throws while it is loaded: no schema (${at('promise.ts')}:1:31)`,
    ],
    [
      'a failure that nobody waits for',
      'later.mjs',
      "setTimeout(() => {\n  throw new Error('no schema');\n});\nawait new Promise(() => {});\nexport default 1;\n",
      `${at('later.mjs')} throws while it is loaded: no schema (${at('later.mjs')}:2:9)`,
    ],
    [
      'a top-level await where there is none',
      'await.ts',
      'await 1;\nexport default 1;\n',
      `${at('await.ts')}:1:1 cannot be read: Top-level await is currently not supported with the "cjs" output format; call it .mts, or say "type": "module" in its package.json`,
    ],
    [
      'what it throws',
      'throws.ts',
      "const stage: string = 'prod';\n\nthrow new Error('no stage ' + stage);\n",
      `${at('throws.ts')} throws while it is loaded: no stage prod (${at('throws.ts')}:3:7)`,
    ],
    [
      'what it throws where it does not wait',
      'aside.ts',
      `import { defineArchitecture } from 'cdk-edge-mesh';\nvoid Promise.reject(new Error('no stage'));\nexport default ${worker};`,
      `${at('aside.ts')} throws while it is loaded: no stage (${at('aside.ts')}:2:21)`,
    ],
    [
      'an end on its own time',
      'ends.mjs',
      'setTimeout(() => process.exit(0));\nawait new Promise(() => setTimeout(() => {}, 60_000));\nexport default 1;\n',
      `${at('ends.mjs')} calls process.exit(0) while it is loaded; it declares, and the command goes on from there`,
    ],
    [
      'what a file throws that it imports',
      'imports.ts',
      "import './throws';\n",
      `${at('imports.ts')} throws while it is loaded: no stage prod (${at('throws.ts')}:3:7)`,
    ],
    [
      'an architecture with a typo',
      'typo.ts',
      "import { defineArchitecture } from 'cdk-edge-mesh';\nexport default defineArchitecture({ name: 'shop', servces: {} });\n",
      `1 problem in ${at('typo.ts')}\n  servces: is not a known field; did you mean "services"?`,
    ],
  ])('%s', async (_, name, text, message) => {
    expect(await runProcess(['check', write(at(name), text)])).toEqual(refused(message));
  });
});
