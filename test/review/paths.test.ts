import { architecture, gateway, pageOf, service } from './build.js';

const scale = (min: number, requestsPerSecond?: number) => ({ scale: { min, max: 4, requestsPerSecond } });
const web = (routes: object) => gateway(routes, { throttle: { rate: 500, burst: 900 } });
const pathsOf = (services: object, routes: object = { 'GET /products': { to: 'catalog' } }) =>
  pageOf(architecture(services, web(routes)), 'paths.md');

describe('fail-over', () => {
  const calls = { pricing: { fanOut: 2, failover: ['backup'] }, backup: {} };
  const shop = (backup: object) => pathsOf({ catalog: service({ calls }), pricing: service(), backup: service(backup) });

  test('who stands in is held against what it would get', () => {
    expect(shop(scale(2, 250))).toContain(
      '\n\nWhen pricing is down, backup gets 1,000/s: what catalog asks of pricing; it carries 1,000/s (4 × 250).\n\n',
    );
  });
  test('in bold where it is too much', () => {
    expect(shop(scale(2, 249))).toContain('what catalog asks of pricing; **it carries 996/s (4 × 249)**.');
  });
  test('and where nobody said what it carries, that is said', () => {
    expect(shop({})).toContain('what catalog asks of pricing; what it carries nobody said.');
  });
  test('what others ask of it comes on top', () => {
    const services = {
      catalog: service({ calls }),
      pricing: service(),
      backup: service(),
      reviews: service({ calls: { backup: {} } }),
      front: service({ calls: { catalog: {}, reviews: {} } }),
    };
    expect(pathsOf(services, { 'GET /': { to: 'front' } })).toContain(
      'When pricing is down, backup gets 1,000/s + 500/s = 1,500/s: what catalog asks of pricing, and what others ask of it;',
    );
  });
});

describe('the death of an instance', () => {
  const heading = '## When an instance dies';

  test('is noted where its share is larger than what the budget lets be tried again', () => {
    const services = {
      catalog: service({ ...scale(2), calls: { pricing: { retries: { max: 1, budget: 10, on: ['unprocessed'] } }, stock: {}, five: {} } }),
      pricing: service({ versions: { v1: scale(3), v2: scale(4) }, traffic: { v1: 50, v2: 50 } }),
      stock: service(scale(2)),
      five: service({ scale: { min: 5, max: 5 } }),
    };
    const page = pathsOf(services);
    expect(page.slice(page.indexOf(heading), page.indexOf('## The arithmetic'))).toBe(
      [
        heading,
        'Its share of the requests is tried again until each caller has met enough errors in a row to leave it alone (5 unless declared otherwise). Beyond the retry budget, and beyond 3 at a time, callers get 503 meanwhile. More instances or `retries.budget` make room.',
        [
          '| instances | of | tried again | the budget lets through |',
          '| --- | --- | --- | --- |',
          '| 2 | catalog and stock | 1 / 2 = 50 % | 20 % |',
          '| 3 | pricing-v1 | 1 / 3 = 33.3 % | 10 % |',
          '| 4 | pricing-v2 | 1 / 4 = 25 % | 10 % |',
        ].join('\n'),
        '',
      ].join('\n\n'),
    );
  });
  test('counts the least budget of those who ask', () => {
    const asks = (budget: number) =>
      service({ scale: { min: 9, max: 9 }, calls: { stock: { retries: { max: 1, budget, on: ['unprocessed'] } } } });
    expect(pathsOf({ catalog: asks(15), other: asks(30), stock: service(scale(4)) })).toContain('| 4 | stock | 1 / 4 = 25 % | 15 % |');
  });
  test('is not where there is room, nobody tries again, or there is only one', () => {
    const services = {
      catalog: service({
        scale: { min: 5, max: 5 },
        calls: { pricing: { retries: false }, stock: { retries: { max: 1, budget: 50, on: ['unprocessed'] } } },
      }),
      pricing: service(scale(2)),
      stock: service(scale(2)),
    };
    expect(pathsOf(services)).not.toContain(heading);
    expect(pathsOf({ catalog: service(scale(1)) })).not.toContain(heading);
  });
});
