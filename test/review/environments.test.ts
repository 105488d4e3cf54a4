import { type Architecture, parseArchitecture, resolve } from '../../lib/index.js';
import { changesBetween, type Facts, review } from '../../lib/review/index.js';
import { gateway, pageOf, service, textOf } from './build.js';

const inEnvironment = (environments: object, environment = 'prod'): Architecture =>
  resolve(
    parseArchitecture({
      name: 'test',
      services: { orders: service({ env: { A: '1' } }) },
      external: { stripe: { protocol: 'https', host: 'api.stripe.com' } },
      ...gateway({ 'GET /': { to: 'orders' } }, { throttle: { rate: 5, burst: 10 } }),
      environments,
    }),
    { environment },
  );
const prod = {
  production: true,
  services: { orders: { scale: { min: 6, max: 60 }, env: { SECRET: 'hush', B: '2' } } },
  external: { stripe: { host: 'stripe.prod.internal' } },
  gateways: { web: { throttle: { rate: 900, burst: 1_800 } } },
};
const factsOf = (subject: Architecture): Facts => JSON.parse(textOf(review(subject), 'facts.json')) as Facts;
const words = (before: object, after: object): string[] =>
  changesBetween(factsOf(inEnvironment(before, 'local')), factsOf(inEnvironment(after, 'local'))).map(
    ({ topic, direction, is }) => `${topic} ${direction}: ${is}`,
  );

test('the first page says whose sizes it shows, and what each environment has instead; of variables the names alone', () => {
  const page = pageOf(inEnvironment({ prod, test: {} }), 'README.md');
  expect(page).toContain(
    [
      '## Environments',
      '',
      'They differ in sizes and addresses alone: who may do what, calls and routes are the same in all of them. Sizes here are those of **prod**.',
      '',
      '| environment | instead of | says |',
      '| --- | --- | --- |',
      '| prod (production) | `services.orders.env` | variables SECRET, B |',
      '|  | `services.orders.scale` | min 6, max 60 |',
      '|  | `external.stripe.host` | stripe.prod.internal |',
      '|  | `gateways.web.throttle` | rate 900, burst 1800 |',
      '| test |  | everything as declared |',
    ].join('\n'),
  );
  expect(JSON.stringify(review(inEnvironment({ prod })))).not.toContain('hush');
});

test('an architecture without environments says nothing of them', () => {
  expect(pageOf(inEnvironment({}), 'README.md')).not.toContain('Environments');
});

test('in an environment that is not declared, everything is as declared', () => {
  expect(pageOf(inEnvironment({ prod }, 'local'), 'README.md')).toContain(
    'Sizes here are those of **local, where everything is as declared**.',
  );
});

test('losing the mark is weaker, gaining it stronger; a higher throttle is weaker; a size is neither', () => {
  const unmarked = { ...prod, production: false };
  expect(words({ prod }, { prod: unmarked })).toEqual(['security weaker: environment prod: production yes → no']);
  expect(words({ prod: unmarked }, { prod })).toEqual(['security stronger: environment prod: production no → yes']);
  // What held there before stands at the gateway itself.
  expect(words({ prod: { ...prod, gateways: {} } }, { prod })).toEqual([
    'reliability neutral: environment prod: gateways.web.throttle none → rate 900, burst 1800',
  ]);
  expect(words({ prod }, { prod: { ...prod, gateways: { web: { throttle: { rate: 901, burst: 1_800 } } } } })).toEqual([
    'reliability weaker: environment prod: gateways.web.throttle rate 900, burst 1800 → rate 901, burst 1800',
  ]);
  expect(words({ prod }, { prod: { ...prod, services: { orders: { scale: { min: 6, max: 61 } } } } })).toEqual([
    'reliability neutral: environment prod: services.orders.scale min 6, max 60 → min 6, max 61',
    'reliability neutral: environment prod: services.orders.env variables SECRET, B → none',
  ]);
});

test('a new environment says whether it is production', () => {
  expect(words({}, { prod: { production: true } })).toEqual(['reliability neutral: new: environment prod: production yes']);
});
