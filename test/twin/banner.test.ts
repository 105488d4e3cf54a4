import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../bin/bookinfo/architecture.js';
import shop from '../../bin/shop/architecture.js';
import { banner, type Shown } from '../../lib/twin/banner.js';

const shown = (architecture: Shown['architecture'], envoys: number): Shown => ({
  architecture,
  envoyVersion: '1.40.0',
  readyAfter: 2_840,
  envoys: { length: envoys },
  gateways: [{ gateway: { name: 'web' }, url: 'http://127.0.0.1:40123' }],
});

test('the shop: what runs where, lines to paste, what is not the same', () => {
  expect(
    banner(shown(resolve(shop), 7), { file: 'bin/shop/architecture.ts' }),
  ).toBe(`shop: 7 Envoys 1.40.0, strict mTLS, local CA (24 h), all on 127.0.0.1; ready in 2.8 s

  gateway  web  http://127.0.0.1:40123  5 routes

  catalog           stub    → pricing
  nightly           worker  → orders (on demand, not at cron(0 3 * * ? *))
  orders            stub    → catalog, ordersDb (stub), stripe (stub)
  pricing  v1 90 %  stub    (no calls)
           v2 10 %

try it
  curl http://127.0.0.1:40123/products/42
  curl -X POST http://127.0.0.1:40123/orders -H 'content-type: application/json' -d '{}' \\
       -H "authorization: Bearer $(edge-mesh token bin/shop/architecture.ts customers --scope orders:write)"

not reproduced here: API Gateway itself (an Envoy stands in), security groups, task isolation, IAM,
  real latency, the order in which ECS stops a task, and the apps, which are stubs that make their calls

Ctrl-C stops everything and removes its temporary folder`);
});

test('a version that only a rule reaches says so, and the program is called as the user calls it', () => {
  const text = banner(shown(resolve(bookinfo), 8), { program: 'npx edge-mesh' });
  expect(text).toContain('reviews      v1 90 %     stub  → ratings\n               v2 by rule\n               v3 10 %');
  expect(text).toContain('$(npx edge-mesh token ARCH readers)');
});

test('without gateways and without versions nothing is made up', () => {
  const text = banner({ ...shown({ ...resolve(bookinfo), gateways: [], services: [] }, 0), gateways: [], envoyVersion: undefined });
  expect(text).not.toContain('curl');
  expect(text).not.toContain('undefined');
  expect(text).not.toContain('try it');
});
