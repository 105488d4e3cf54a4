import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { resolve } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';
import { servePage, up } from '../../lib/twin/index.js';
import { ask } from '../twin/client.js';
import { openBrowser } from '../twin/page/browser.js';
import { root } from './console.js';

/** `npm run docs:picture`: the live page of the shop under some requests, for the README. A picture of real traffic is never the same twice. */
async function draw(): Promise<void> {
  const twin = await up(resolve(shop));
  const browser = await openBrowser();
  try {
    const page = await servePage(twin, { typed: { file: 'bin/shop/architecture.ts' } });
    const tab = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await tab.goto(page.url);
    const { url } = twin.gateway('web');
    const token = await twin.token('customers', { scopes: ['orders:write'] });
    const asking = { headers: { authorization: `Bearer ${token}` } };
    for (let round = 0; round < 120; round += 1) {
      await Promise.all([ask(`${url}/products/42`), ask(`${url}/orders/7`, asking)]);
      await wait(50);
    }
    await tab.screenshot({ path: join(root, 'docs/live-page.png') });
  } finally {
    await browser.close();
    await twin.stop();
  }
}

void draw();
