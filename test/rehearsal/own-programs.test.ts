import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { rehearse, resolveScenario } from '../../lib/rehearsal/index.js';

test('a rehearsal runs no program of the user: a stub is slowed in its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-'));
  const ran = join(folder, 'ran');
  const architecture = resolve(
    defineArchitecture({
      name: 'shop',
      services: { orders: { listen: { protocol: 'http', port: 8080 }, run: `touch '${ran}'` } },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders': { to: 'orders' } } } },
    }),
  );
  const scenario = resolveScenario(
    {
      name: 'slow',
      duration: '1s',
      load: { 'GET /orders': { rate: 10 } },
      events: [{ at: '1ms', slow: 'orders#1', by: '100ms' }],
      expect: { 'GET /orders': { failed: 0 } },
    },
    architecture,
  );
  const { routes } = await rehearse(architecture, scenario);
  expect(routes.map(({ outcomes }) => outcomes)).toEqual([{ 200: 10 }]);
  expect(existsSync(ran)).toBe(false);
  rmSync(folder, { recursive: true });
});
