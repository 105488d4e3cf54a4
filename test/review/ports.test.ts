import { review } from '../../lib/review/index.js';
import { architecture, gateway, pageOf, service, textOf, worker } from './build.js';

const subject = architecture(
  {
    pricing: service({ ports: { metrics: { protocol: 'http', port: 9102 }, debug: { protocol: 'tcp', port: 9103 } } }),
    scraper: worker({ calls: { pricing: {}, 'pricing:metrics': { timeout: '300ms' } } }),
  },
  gateway({ 'GET /numbers': { to: 'pricing:metrics' } }),
);
const mesh = pageOf(subject, 'mesh.md');

test('a port stands with the service, its callers with the access, its calls with the calls', () => {
  expect(mesh).toContain('| HTTP/1.1, port 8080; debug: TCP, port 9103; metrics: HTTP/1.1, port 9102 |');
  expect(mesh).toContain('| pricing:debug | **nobody** |  |');
  expect(mesh).toContain('| pricing:metrics | scraper | any request |\n|  | gateway web | `GET /numbers` |');
  expect(mesh).toContain('| scraper → pricing:metrics | any | 300ms |');
  expect(mesh).toContain('| scraper → pricing | any | 2s');
});

test('a route to a port says so', () => {
  expect(pageOf(subject, 'README.md')).toContain('`pricing:metrics /numbers`');
});

test('facts keep a port apart from where its service listens', () => {
  const { access, calls, services } = JSON.parse(textOf(review(subject), 'facts.json'));
  expect(Object.keys(access)).toEqual(['pricing ← scraper', 'pricing:metrics ← gateway web', 'pricing:metrics ← scraper']);
  expect(Object.keys(calls)).toEqual(['scraper → pricing', 'scraper → pricing:metrics']);
  expect(services.pricing).toMatchObject({ listens: 'HTTP/1.1 on 8080', 'listens for metrics': 'HTTP/1.1 on 9102' });
});
