import { review } from '../../lib/review/index.js';
import { architecture, gateway, pageOf, service, textOf, worker } from './build.js';

const external = { events: { protocol: 'https', host: 'sqs.eu-west-1.amazonaws.com', kind: 'queue' } };
const subject = architecture(
  {
    orders: service({
      objective: { availability: 99.85, latency: { p99: '1500ms' } },
      routes: [{ timeout: '5s' }],
      calls: { pricing: { timeout: '500ms', fanOut: 2 }, stock: {}, events: {} },
    }),
    pricing: service({ objective: { availability: 99.95, latency: { p99: '400ms' } } }),
    stock: service({ objective: { availability: 99.9 } }),
    fulfil: worker({ consumes: ['events'], calls: { stock: {} } }),
    nightly: worker({ schedule: 'cron(0 3 * * ? *)', calls: { orders: {} } }),
  },
  { external, ...gateway({ 'GET /orders': { to: 'orders' } }) },
);
const mesh = pageOf(subject, 'mesh.md');

test('promises stand beside what the callees and the timeouts allow', () => {
  expect(mesh).toContain(
    [
      '| service | availability | what it calls, together | p99 | its calls at most |',
      '| --- | --- | --- | --- | --- |',
      '| orders | 99.85 % | pricing 99.95 % × stock 99.9 % = 99.85 % | 1.5s | 5s, one after another |',
      '| pricing | 99.95 % | nobody said | 400ms | no calls |',
      '| stock | 99.9 % | nobody said |  | no calls |',
    ].join('\n'),
  );
});

test('where nobody promises, there is no table', () => {
  expect(pageOf(architecture({ orders: service() }), 'mesh.md')).not.toContain('Promises');
});

test('a scheduled worker says when it runs, in the table and in the graph', () => {
  expect(mesh).toContain('| nightly | `/svc/nightly` | no, a worker | one task, cron(0 3 * * ? *) UTC |');
  expect(pageOf(subject, 'README.md')).toContain('service_nightly["nightly<br/>scheduled worker"]');
});

test('who consumes a queue is seen at the queue, in the graph, and outside of what clients wait for', () => {
  expect(mesh).toContain('| events | `https://sqs.eu-west-1.amazonaws.com:443` | queue | orders, fulfil (consumes it) |');
  expect(pageOf(subject, 'README.md')).toContain('service_fulfil -.->|"consumes"| external_events');
  const paths = pageOf(subject, 'paths.md');
  expect(paths).toContain('No client waits for what is pulled later, so it is in none of these numbers: fulfil from events.');
  expect(paths).not.toContain('events → fulfil');
});

test('facts hold them in words', () => {
  const facts = JSON.parse(textOf(review(subject), 'facts.json'));
  expect(facts.services).toMatchObject({
    orders: { promises: '99.85 % answered well, p99 1.5s' },
    fulfil: { consumes: 'events' },
    nightly: { instances: 'one task, cron(0 3 * * ? *) UTC' },
  });
});
