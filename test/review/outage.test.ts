import { review } from '../../lib/review/index.js';
import { architecture, gateway, service, textOf, worker } from './build.js';

const section = (subject: ReturnType<typeof architecture>): string[] =>
  (/## When one is down\n\n([\s\S]*?)\n\n##/.exec(textOf(review(subject), 'paths.md'))?.[1] ?? '')
    .split('\n')
    .filter((line) => line !== '');

test('who leads to whom is told by what clients lose; what the same routes lead to shares a row', () => {
  const services = {
    web: service({ calls: { stock: {}, db: {} } }),
    stock: service(),
    desk: service({ calls: { stock: {} } }),
    nightly: worker({ calls: { ledger: {} } }),
    ledger: service(),
  };
  const routes = { 'GET /a': { to: 'web' }, 'GET /b': { to: 'web' }, 'GET /c': { to: 'desk' } };
  const subject = architecture(services, { external: { db: { protocol: 'tcp', port: 5432 } }, ...gateway(routes) });
  expect(section(subject)).toEqual([
    'These client routes lead to it. Whether an app can answer without it, only the app knows.',
    '| down | client routes |',
    '| --- | --- |',
    '| db and web | `GET /a` and `GET /b` |',
    '| desk | `GET /c` |',
    '| stock | all 3 |',
  ]);
});

test('who stands in is told', () => {
  const services = { web: service({ calls: { first: { failover: 'second' }, second: {} } }), first: service(), second: service() };
  const [words] = section(architecture(services, gateway({ 'GET /': { to: 'web' } })));
  expect(words).toContain('Standing in: second for first where web asks.');
});
