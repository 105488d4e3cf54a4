import { join } from 'node:path';
import { parseArchitecture } from 'cdk-edge-mesh';
import { main } from '../../../bin/edge-mesh/main.js';
import { architectures, importing } from './architectures';
import { folderFor } from './folder';
import { run, sink } from './run';

const folder = folderFor(Object.fromEntries(Object.keys(architectures).map((name) => [`${name}.ts`, ''])));
const at = (name: keyof typeof architectures): string => join(folder, `${name}.ts`);

test.each(['shop', 'bookinfo'] as const)(
  '%s has no findings that nobody accepted: the verdict last, and the next command',
  async (name) => {
    const { code, stdout, stderr } = await run(['check', at(name)], { importing });
    expect(stdout).toMatch(new RegExp(`(?:^|\n)${name}: no findings in 4 services and 5 routes( \\(\\d+ acknowledged\\))?\\n$`));
    expect({ code, stderr }).toEqual({ code: 0, stderr: `next: edge-mesh review ${at(name)}\n` });
  },
);

test('an error is 1, with its finding and the verdict last', async () => {
  const { code, stdout, stderr } = await run(['check', at('open')], { importing });
  expect(code).toBe(1);
  expect(stdout).toContain('error routes-have-auth');
  expect(stdout).toMatch(/\n\nopen: 1 finding in 1 service and 1 route: 1 error\n$/);
  expect(stderr).toBe('');
});

test('a warning is 1 as well', async () => {
  const { code, stdout } = await run(['check', at('lonely')], { importing });
  expect({ code, verdict: stdout.split('\n').at(-2) }).toEqual({
    code: 1,
    verdict: 'lonely: 1 finding in 1 service and 0 routes: 1 warning',
  });
});

test('as JSON it is one object with the version, the findings and the verdict, and nothing else', async () => {
  const { code, stdout, stderr } = await run(['check', at('open'), '--json'], { importing });
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    architecture: 'open',
    findings: [{ check: 'routes-have-auth', severity: 'error', at: 'gateways.web.routes["GET /orders"]' }],
    verdict: 'open: 1 finding in 1 service and 1 route: 1 error',
  });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('the environment goes on to the next command, and options stand anywhere', async () => {
  const { stderr } = await run(['--environment', 'prod', 'check', at('shop')], { importing });
  expect(stderr).toBe(`next: edge-mesh review ${at('shop')} --environment prod\n`);
});

test.each([
  [{ npm_lifecycle_event: 'edge-mesh' }, 'npm run -s edge-mesh -- review'],
  [{ npm_command: 'exec' }, 'npx edge-mesh review'],
])('called through npm, the next command is too', async (environment, command) => {
  const { stderr } = await run(['check', at('shop')], { importing, environment });
  expect(stderr).toBe(`next: ${command} ${at('shop')}\n`);
});

test('without an environment it speaks for production; one that is not declared is refused, with those that are', async () => {
  const declaration = parseArchitecture({
    name: 'sized',
    services: { nightly: { image: 'acme/nightly:3', calls: { orders: {} } }, orders: { listen: { protocol: 'http', port: 8080 } } },
    environments: { live: { production: true, services: { orders: { scale: { min: 1, max: 1 } } } } },
  });
  const importing = async () => ({ default: declaration });
  const file = at('shop');
  const speaking = await run(['check', file], { importing });
  expect(speaking).toMatchObject({ code: 1, stdout: expect.stringContaining('environments.live.services.orders.scale') });
  expect(await run(['check', file, '--environment', 'local'], { importing })).toMatchObject({ code: 0 });
  expect(await run(['check', file, '--environment', 'lvie'], { importing })).toEqual({
    code: 2,
    stdout: '',
    stderr: '--environment: "lvie" is not an environment; did you mean "live"?\n',
  });
});

test('a report is no wider than the terminal that a person looks at', async () => {
  const widest = async (isTTY: boolean, columns: number): Promise<number> => {
    const stdout = Object.assign(sink(isTTY), { columns });
    await main(['check', at('open')], { stdout, stderr: sink(), environment: {} }, importing);
    return Math.max(...stdout.text.split('\n').map((line) => [...line].length));
  };
  expect(await widest(true, 60)).toBeLessThanOrEqual(60);
  expect(await widest(true, 0)).toBe(100);
  expect(await widest(true, 200)).toBe(100);
  expect(await widest(false, 60)).toBe(100);
});
