import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineArchitecture, parseArchitecture } from 'cdk-edge-mesh';
import { folderFor } from './folder';
import { run } from './run';
import { wrongActions } from './wrong/action';
import { wrongCalls } from './wrong/call';
import { wrongDuties } from './wrong/duty';
import { wrongEnvironments } from './wrong/environment';
import { wrongGateways } from './wrong/gateway';
import { wrongGlobalRateLimits } from './wrong/global-rate-limit';
import { wrongJsonRoutes } from './wrong/json-route.js';
import { wrongMatches } from './wrong/match';
import { oddities } from './wrong/odd';
import { wrongPorts } from './wrong/ports';
import { wrongProtocols } from './wrong/protocol.js';
import { wrongResilience } from './wrong/resilience';
import { wrongRoutes } from './wrong/route';
import { wrongRuns } from './wrong/run';
import { wrongSecurity } from './wrong/security';
import { wrongServices } from './wrong/service';
import { wrongWholes } from './wrong/whole';
import type { Wrong } from './wrong/wrong';

const folder = folderFor({ 'architecture.ts': '' });
const file = join(folder, 'architecture.ts');

const tables: readonly (readonly [string, readonly Wrong[]])[] = [
  ['the architecture', wrongWholes],
  ['a service', wrongServices],
  ['protocols', wrongProtocols],
  ['a call', wrongCalls],
  ['a route', wrongRoutes],
  ['a match', wrongMatches],
  ['an action', wrongActions],
  ['a gateway', wrongGateways],
  ['routes of JSON', wrongJsonRoutes],
  ['security', wrongSecurity],
  ['global rate limits', wrongGlobalRateLimits],
  ['resilience', wrongResilience],
  ['an environment', wrongEnvironments],
  ['duties and promises', wrongDuties],
  ['further ports', wrongPorts],
  ['what runs here', wrongRuns],
  ['what no person writes', oddities],
];

describe.each(tables)('wrong in %s', (_, table) => {
  test.each(table)('$title', async ({ spec, says }) => {
    const importing = async () => ({ default: defineArchitecture(spec as never) });
    const { code, stdout, stderr } = await run(['check', file], { importing });
    const head = `${says.length} ${says.length === 1 ? 'problem' : 'problems'} in ${file}`;
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: [head, ...says.map((line) => `  ${line}`), ''].join('\n') });
  });
});

test('there are at least 40 of them', () => expect(tables.flatMap(([, table]) => table).length).toBeGreaterThanOrEqual(40));

test.each(tables)('each wrong in %s has a title of its own', (_, table) => {
  expect(new Set(table.map(({ title }) => title)).size).toBe(table.length);
});

test('problems are sorted by path, all at once', () => {
  for (const { says } of tables.flatMap(([, table]) => table)) {
    const paths = says.map((line) => line.split(': ')[0]);
    expect(paths).toEqual([...paths].sort());
  }
});

test('JSON is told where: each problem has its line', async () => {
  const json = join(folder, 'shop.json');
  writeFileSync(
    json,
    '{\n  "name": "shop",\n  "services": {\n    "orders": {\n      "imge": "acme/orders:7",\n      "calls": { "pricng": {} }\n    }\n  }\n}\n',
  );
  expect(await run(['check', json])).toEqual({
    code: 2,
    stdout: '',
    stderr: [
      `2 problems in ${json}`,
      '  services.orders.calls.pricng (line 6): "pricng" is not a service or external; none is declared',
      '  services.orders.imge (line 5): is not a known field; did you mean "image"?',
      '',
    ].join('\n'),
  });
});

test('with --json the problems are data on stdout', async () => {
  const importing = async () => ({ default: parseArchitecture({ name: 'Shop', services: { orders: { image: 'a:1' } } }) });
  const { code, stdout } = await run(['check', file, '--json'], { importing });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    error: {
      message: `1 problem in ${file}`,
      problems: [
        { path: 'name', message: 'got "Shop"; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30' },
      ],
    },
  });
});

test('an environment that cannot be is named with its option', async () => {
  const importing = async () => ({ default: parseArchitecture({ name: 'shop', services: { orders: { image: 'a:1' } } }) });
  expect(await run(['check', file, '--environment', 'Prod'], { importing })).toEqual({
    code: 2,
    stdout: '',
    stderr: '--environment: got "Prod"; allowed: lower-case letters, digits and single hyphens, a letter first, at most 30\n',
  });
});
