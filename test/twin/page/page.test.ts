import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolve } from 'cdk-edge-mesh';
import type { Browser, BrowserContextOptions, Page as Tab } from 'playwright-core';
import shop from '../../../bin/shop/architecture.js';
import { type Page, servePage, type Twin, up } from '../../../lib/twin/index.js';
import { ask, counted, stubAnswer, times } from '../client.js';
import { openBrowser } from './browser.js';

const laptop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

let twin: Twin;
let page: Page;
let browser: Browser;

beforeAll(async () => {
  [twin, browser] = await Promise.all([up(resolve(shop), { instances: { catalog: 2 } }), openBrowser()]);
  page = await servePage(twin, { typed: { file: 'bin/shop/architecture.ts' } });
});
afterAll(async () => {
  await browser?.close();
  await twin?.stop();
});

/** A tab that fails the test where the page says an error, or asks for anything but its own twin. */
async function inTab(options: BrowserContextOptions, act: (tab: Tab) => Promise<void>, url = page.url): Promise<void> {
  const context = await browser.newContext(options);
  const wrong: string[] = [];
  try {
    const tab = await context.newPage();
    tab.on('pageerror', ({ message }) => wrong.push(message));
    tab.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    tab.on(
      'request',
      (request) =>
        request.url().startsWith(url.slice(0, url.indexOf('#'))) || request.url().startsWith('data:') || wrong.push(request.url()),
    );
    await tab.goto(url);
    await act(tab);
  } finally {
    await context.close();
  }
  expect(wrong).toEqual([]);
}

const ready = (tab: Tab) => tab.waitForSelector('[data-text="strip"]:has-text("services")');
const product = () => ask(`${twin.gateway('web').url}/products/42`);
const focused = (tab: Tab) =>
  tab.evaluate<string>(`document.activeElement.getAttribute('data-at') ?? document.activeElement.textContent.trim()`);
const shownPanel = (tab: Tab) => tab.locator('.panel:not([hidden])');
/** Details are asked for when they are first looked at. */
const panelOf = (tab: Tab, id: string) => tab.waitForSelector(`.panel[data-panel="${id}"]:not([hidden])`);
const says = (tab: Tab, text: string) => tab.locator('[data-said]', { hasText: text }).waitFor();

test('starts with the answer, draws all that is declared, and shows the numbers of real requests', async () => {
  await inTab(laptop, async (tab) => {
    await ready(tab);
    expect(await tab.title()).toContain('shop (local)');
    await times(20, product);
    await tab.waitForSelector('[data-text="strip"]:has-text("0 failed, all calls inside mTLS")');
    await tab.locator('.graph.wide .plate[data-at="service/catalog>service/pricing"] .number', { hasText: /^[1-9]/ }).waitFor();
    expect(await tab.locator('.graph.wide .box').count()).toBe(9);
    expect(await tab.locator('.graph.wide .plate').count()).toBe(9);
    expect(await tab.locator('.graph.narrow').isVisible()).toBe(false);
    expect(await tab.evaluate(`document.documentElement.scrollWidth`)).toBe(1280);
  });
});

test('nothing moves when numbers come', async () => {
  await inTab(laptop, async (tab) => {
    await ready(tab);
    const places = () =>
      tab.evaluate(`[...document.querySelectorAll('.graph.wide .shape, .graph.wide rect')].map((each) => {
        const { x, y } = each.getBoundingClientRect();
        return [Math.round(x), Math.round(y)].join();
      })`);
    const before = await places();
    await times(40, product);
    await tab.waitForTimeout(1_200);
    expect(await places()).toEqual(before);
  });
});

test('can be walked by keyboard alone: one stop for the graph, arrows along the calls, Enter, Escape, search', async () => {
  await inTab({ ...laptop, reducedMotion: 'reduce' }, async (tab) => {
    await ready(tab);
    for (let stops = 0; (await focused(tab)) !== 'clients/clients' && stops < 10; stops += 1) await tab.keyboard.press('Tab');
    expect(await focused(tab)).toBe('clients/clients');
    for (const [key, at] of [
      ['ArrowRight', 'gateway/web'],
      ['ArrowRight', 'service/orders'],
      ['ArrowRight', 'service/catalog'],
      ['ArrowRight', 'service/pricing'],
      ['ArrowLeft', 'service/catalog'],
      ['ArrowRight', 'service/pricing'],
      ['ArrowUp', 'external/monolith'],
      ['ArrowDown', 'service/pricing'],
    ] as const) {
      await tab.keyboard.press(key);
      expect(await focused(tab)).toBe(at);
    }
    expect(await tab.evaluate(`document.querySelectorAll('.graph.wide [tabindex="0"]').length`)).toBe(1);
    const ring = await tab.evaluate(`getComputedStyle(document.activeElement.querySelector('.shape')).strokeWidth`);
    expect(ring).toBe('4px');

    await tab.keyboard.press('Enter');
    await panelOf(tab, 'service/pricing');
    expect(await focused(tab)).toContain('pricing');
    expect(await tab.evaluate(`new URLSearchParams(location.hash.slice(1)).get('at')`)).toBe('service/pricing');
    await tab.keyboard.press('Escape');
    await panelOf(tab, '');

    await tab.keyboard.press('/');
    await tab.keyboard.type('cat pric');
    expect(await tab.locator('[data-found]').textContent()).toBe('1 of 18 rows shown; Esc shows all');
    await tab.keyboard.press('Enter');
    await panelOf(tab, 'service/catalog>service/pricing');
    await tab.keyboard.press('/');
    await tab.keyboard.press('Escape');
    expect(await tab.locator('tr[data-search]:visible').count()).toBe(18);
    await tab.locator('h1').click();
    await tab.keyboard.press('?');
    expect(await tab.locator('dialog').isVisible()).toBe(true);
  });
});

test('a call has its policy, its numbers and a line that works when it is pasted', async () => {
  await inTab(
    laptop,
    async (tab) => {
      await ready(tab);
      await tab.locator('tbody a[data-at="service/catalog>service/pricing"]').click();
      await panelOf(tab, 'service/catalog>service/pricing');
      const text = (await shownPanel(tab).allInnerTexts()).join().replace(/\s+/g, ' ');
      expect(text).toContain('catalog → pricing call');
      expect(text).toContain('600ms in all, 2 tries, after unprocessed');
      expect(text).toContain('mTLS 1.3: both ends proved who they are');
      const [line] = await shownPanel(tab).locator('pre').allInnerTexts();
      expect((await promisify(execFile)('/bin/sh', ['-c', line!])).stdout).toMatch(/^grpc-status: 0\r?$/m);
      expect(await tab.locator('.graph.wide .box:not(.lit)').count()).toBe(3); // the externals: no path of this call leads there
    },
    `${page.url}&at=service%2Forders`,
  );
});

test('a button kills an instance: it says so, shows so, and says how to undo it', async () => {
  await inTab(
    laptop,
    async (tab) => {
      await ready(tab);
      const button = (name: string) => shownPanel(tab).getByRole('group', { name: 'catalog-1' }).getByRole('button', { name });
      await button('kill').focus();
      await tab.keyboard.press('Enter');
      await says(tab, 'catalog #1 is killed: its app listens no more; undo: start');
      await tab.waitForSelector('.graph.wide .box[data-at="service/catalog"][data-health="degraded"]');
      expect(await tab.locator('.graph.wide [data-at="service/catalog"] .state').textContent()).toBe('▲ degraded');
      expect(await tab.locator('[data-news]').textContent()).toContain('catalog: degraded');
      expect(await button('kill').getAttribute('aria-disabled')).toBe('true');
      expect(await focused(tab)).toBe('kill');
      expect(counted((await times(10, product, 3)).map(({ status }) => status))).toEqual({ 200: 10 });
      await button('start').click();
      await says(tab, 'catalog #1 is started');
      await tab.waitForSelector('.graph.wide .box[data-at="service/catalog"]:not([data-health="degraded"])');
      expect(twin.instance('catalog', 1).condition.running).toBe(true);
    },
    `${page.url}&at=service%2Fcatalog`,
  );
});

test('instances come and go: their panel follows, with focus and what was typed, and the graph stays as it is', async () => {
  await inTab(
    laptop,
    async (tab) => {
      await ready(tab);
      const group = (name: string) => shownPanel(tab).getByRole('group', { name });
      const shape = () =>
        tab.evaluate(`(() => {
          const { x, y, width, height } = document.querySelector('.graph.wide').getBoundingClientRect();
          return { x, y: y + scrollY, width, height };
        })()`);
      const before = await shape();
      expect(await group('v1, how many').getByRole('button', { name: 'one fewer' }).getAttribute('aria-disabled')).toBe('true');
      await tab.getByRole('spinbutton', { name: 'v2' }).fill('55');
      await group('v1, how many').getByRole('button', { name: 'one more' }).focus();
      await tab.keyboard.press('Enter');
      await says(tab, 'pricing-v1 has one more instance, which its callers ask from now on: 2 instances now; undo: one fewer');
      await group('pricing-v1-2').waitFor();
      expect(await focused(tab)).toBe('one more');
      expect(await tab.getByRole('spinbutton', { name: 'v2' }).inputValue()).toBe('55');
      await tab.locator('[data-text="version/pricing-v1#count"]', { hasText: '2 instances' }).waitFor();

      await group('pricing-v1-1').getByRole('button', { name: 'stop as a task' }).focus();
      await tab.keyboard.press('Enter');
      await group('pricing-v1-1').getByRole('button', { name: 'kill', disabled: true }).waitFor();
      expect(counted((await times(10, product, 3)).map(({ status }) => status))).toEqual({ 200: 10 });
      await says(tab, 'pricing-v1 #1 has ended');
      await group('pricing-v1-1').waitFor({ state: 'detached' });
      expect(await focused(tab)).toMatch(/^pricing/); // what was focused is gone
      expect(await shape()).toEqual(before);
    },
    `${page.url}&at=service%2Fpricing`,
  );
});

test('a line to paste is that of an instance that is there', async () => {
  await inTab(
    laptop,
    async (tab) => {
      await ready(tab);
      const first = () => twin.instances.find(({ version }) => version.id === 'catalog')!;
      const line = () => shownPanel(tab).locator('pre', { hasText: `127.0.0.1:${first().localPorts.get('pricing')}/` });
      await line().waitFor();
      const { number } = first();
      await twin.replace('catalog', number);
      expect(first().number).toBeGreaterThan(number);
      await line().waitFor();
    },
    `${page.url}&at=service%2Fcatalog%3Eservice%2Fpricing`,
  );
});

test('weights are shifted and shown, and put back', async () => {
  await inTab(
    laptop,
    async (tab) => {
      await ready(tab);
      await tab.getByRole('spinbutton', { name: 'v1' }).fill('0');
      await tab.getByRole('spinbutton', { name: 'v2' }).fill('7');
      await tab.getByRole('button', { name: 'shift', exact: true }).click();
      await says(tab, 'pricing now splits pricing-v1 0, pricing-v2 7; undo: back to declared');
      expect(await tab.locator('.graph.wide [data-text="version/pricing-v2#share"]').textContent()).toBe('100 %');
      const answers = await times(10, product);
      expect(
        counted(answers.flatMap((each) => stubAnswer(each).calls.map(({ answer }) => (answer as { version: string }).version))),
      ).toEqual({ v2: 20 });
      await tab.getByRole('button', { name: 'back to declared' }).click();
      await says(tab, 'pricing splits as declared: pricing-v1 90, pricing-v2 10');
    },
    `${page.url}&at=service%2Fpricing`,
  );
});

test('pause stops the numbers and asks nobody', async () => {
  await inTab(laptop, async (tab) => {
    await ready(tab);
    await tab.getByRole('button', { name: 'pause' }).click();
    await tab.waitForTimeout(300);
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    await tab.waitForTimeout(1_500);
    expect(asked).toEqual([]);
    await tab.getByRole('button', { name: 'go on' }).click();
    await tab.waitForRequest(/\/live\?since=\d+$/);
  });
});

test('an answer that breaks off is none: the page says so, and goes on when there is one', async () => {
  await inTab(laptop, async (tab) => {
    await ready(tab);
    await tab.route('**/live*', (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"version":1,' }));
    await tab.waitForSelector('.stale [data-text="strip"]:has-text("the twin does not answer; the numbers are its last")');
    expect(await tab.locator('.strip[data-health=failing]').textContent()).toMatch(/^\s*✕/);
    await tab.unroute('**/live*');
    await ready(tab);
    expect(await tab.locator('.stale').count()).toBe(0);
  });
});

test.each([
  ['on a phone', phone],
  ['on a phone at night', { ...phone, colorScheme: 'dark' as const }],
])('%s nothing is cut off: the graph goes down, details come before tables', async (_, options) => {
  await inTab(options, async (tab) => {
    await ready(tab);
    expect(
      await tab.evaluate(`[
        document.documentElement.scrollWidth,
        document.querySelector('.picture').scrollWidth - document.querySelector('.picture').clientWidth,
      ]`),
    ).toEqual([390, 0]);
    expect(await tab.locator('.graph.narrow').isVisible()).toBe(true);
    await tab.locator('.graph.narrow .box[data-at="service/pricing"]').tap();
    await panelOf(tab, 'service/pricing');
    const top = async (selector: string) => (await tab.locator(selector).boundingBox())!.y;
    expect(await top('aside')).toBeLessThan(await top('.lists'));
    const small = await tab.evaluate(`[...document.querySelectorAll('button, .graph.narrow .plate rect')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 24)
      .map((each) => each.outerHTML)`);
    expect(small).toEqual([]);
    const tiny = await tab.evaluate(
      `[...document.querySelectorAll('.graph.narrow text')].filter((each) => Number.parseFloat(getComputedStyle(each).fontSize) < 11).length`,
    );
    expect(tiny).toBe(0);
  });
});

test('a picture that is wider than the screen says so', async () => {
  await inTab({ viewport: { width: 700, height: 800 } }, async (tab) => {
    await ready(tab);
    await tab.locator('[data-sideways]').waitFor();
    await tab.setViewportSize({ width: 1280, height: 800 });
    await tab.locator('[data-sideways]').waitFor({ state: 'hidden' });
  });
});

test('with colours of the user alone, states still are glyph and word, and lines are there', async () => {
  await inTab({ ...laptop, forcedColors: 'active' }, async (tab) => {
    await ready(tab);
    expect(await tab.locator('.graph.wide [data-at="service/catalog"] .state').textContent()).toMatch(/^[○●▲✕] \w+$/);
    const [line, ground] = await tab.evaluate<[string, string]>(
      `[getComputedStyle(document.querySelector('.graph.wide .line')).stroke, getComputedStyle(document.body).backgroundColor]`,
    );
    expect(line).not.toBe(ground);
  });
});

describe('without the right token it says what to do', () => {
  test.each([
    ['none', (url: string) => url.slice(0, url.indexOf('#')), 'This page needs the token that “edge-mesh up” printed'],
    ['that of another start', (url: string) => `${url.slice(0, -4)}XXXX`, 'The token in this address is not this twin’s'],
  ])('%s', async (_, change, message) => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(change(page.url));
    await tab.waitForSelector(`.alone:has-text("${message}")`);
    expect(await tab.locator('body').allInnerTexts()).not.toEqual([expect.stringContaining('catalog')]);
    await context.close();
  });
});
