import { parseArchitecture, resolve } from '../../lib/index.js';
import { type Twin, up } from '../../lib/twin/index.js';

const listen = { protocol: 'http', port: 8080 };
const books = parseArchitecture({
  name: 'books',
  services: {
    ledger: { listen, access: { closing: ['POST /closings'], fulfil: '*' } },
    closing: { schedule: 'cron(30 2 L * ? *)', calls: { ledger: {} } },
    fulfil: { consumes: ['events'], calls: { ledger: {} } },
  },
  external: { events: { protocol: 'https', host: 'sqs.eu-west-1.amazonaws.com', kind: 'queue' } },
});

let twin: Twin;
beforeAll(async () => {
  twin = await up(resolve(books));
}, 30_000);
afterAll(() => twin.stop());

test('a worker with a schedule runs on demand: it makes its calls, through its sidecar and by its own identity', async () => {
  const before = await twin.statistics('closing-1', 'http.to/ledger.downstream_rq_2xx');
  expect(await twin.run('closing')).toEqual([
    {
      to: 'ledger',
      status: 200,
      ms: expect.any(Number),
      answer: expect.objectContaining({
        service: 'ledger',
        method: 'POST',
        path: '/closings',
        calledBy: 'spiffe://books.local.mesh.internal/svc/closing',
      }),
    },
  ]);
  const after = await twin.statistics('closing-1', 'http.to/ledger.downstream_rq_2xx');
  expect(after['http.to/ledger.downstream_rq_2xx']).toBe((before['http.to/ledger.downstream_rq_2xx'] ?? 0) + 1);
});

test('so does what pulls from a queue, which has no way to the queue through its sidecar', async () => {
  expect(await twin.run('fulfil')).toMatchObject([{ to: 'ledger', status: 200 }]);
  expect([...twin.instance('fulfil').localPorts.keys()]).toEqual(['ledger']);
});

test('what there is not cannot run', () =>
  expect(() => twin.run('closng')).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_NAME', message: expect.stringContaining('did you mean "closing-1"?') }),
  ));
