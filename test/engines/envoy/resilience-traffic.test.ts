import { createServer as createHttp2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { createServer, connect as dial } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Call, defineArchitecture, resolve, type Service } from '../../../lib/index.js';
import { type Asked, Trial } from './trial.js';

const grpc = ['cancelled', 'deadline-exceeded', 'grpc-unavailable', 'internal', 'resource-exhausted'] as const;
const listen = { protocol: 'http', port: 8080 } as const;
const outlierDetection = { errors: 1000 }; // ejection would hide what retries do

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: {
        image: 'client',
        calls: {
          orders: {},
          ledger: { pool: { connections: 1, pendingRequests: 2, requests: 4 } },
          db: { retries: { max: 3 } },
          dead: { retries: { max: 2 } },
        },
      },
      tester: {
        image: 'tester',
        calls: { orders: { timeout: '200ms', faults: { abort: { status: 503, percent: 100 }, when: { headers: { 'x-trial': 'yes' } } } } },
      },
      orders: {
        image: 'orders',
        listen,
        outlierDetection,
        routes: [
          { match: { path: '/silent' }, timeout: '5s', idle: '300ms' },
          { match: { path: '/feed' }, stream: true, idle: '700ms' },
          { match: { path: '/patient' }, retries: { max: 1, on: ['unavailable'], budget: 100, backOff: { base: '400ms', max: '400ms' } } },
          { match: { path: '/generous' }, retries: { max: 1, on: ['unavailable'], budget: 100 } },
          { match: { path: '/late' }, faults: { delay: { by: '400ms', percent: 100 } } },
          {
            match: { path: '/trouble' },
            faults: { abort: { status: 418, percent: 100 }, when: { headers: { 'x-trial': 'yes' } } },
          },
          { match: { path: '/third' }, faults: { abort: { status: 418, percent: 30 } } },
        ],
      },
      ledger: {
        image: 'ledger',
        listen: { protocol: 'http2', port: 8081 },
        outlierDetection,
        pool: { requests: 6 },
        routes: [
          { match: { path: '/acme.Ledger/Read' }, idempotent: true, retries: { max: 1, on: [...grpc] } },
          { match: { path: '/acme.Ledger/Write' }, retries: { max: 1, on: [...grpc] } },
          { match: { path: '/tight' }, idempotent: true, retries: { max: 1, on: ['unavailable'], budget: 5 } },
        ],
      },
    },
    external: { db: { protocol: 'tcp', host: 'db.example', port: 5432 }, dead: { protocol: 'tcp', host: 'dead.example', port: 5433 } },
  }),
);
const service = (name: string): Service => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: ReadonlyMap<string, number>;
let testers: number;
let inbounds: ReadonlyMap<string, number>;
/** What either app got since the test began, and what orders answers next, and when. */
let seen: string[];
let answer: { status: number; after?: number };
/** The gRPC statuses that ledger answers, one after the other. */
let statuses: number[];

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const orders = await trial.app(async (request, response) => {
    seen.push(request.url!);
    if (request.url === '/feed' || request.url === '/plain') {
      for (let chunk = 0; chunk < 10; chunk += 1) {
        response.write(`${chunk} `);
        await wait(300);
      }
      response.end();
      return;
    }
    const { status, after = 0 } = answer;
    await wait(after);
    response.writeHead(status).end();
  });
  const ledger = await trial.listen(
    createHttp2Server().on('stream', async (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      seen.push(String(headers[':path']));
      await wait(answer.after ?? 0);
      if (stream.destroyed) return;
      if (String(headers[':path']).startsWith('/acme'))
        stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': statuses.shift() ?? 0 }, { endStream: true });
      else stream.respond({ ':status': answer.status }, { endStream: true });
    }),
  );
  const db = await trial.listen(createServer((socket) => socket.end('hello\n')));
  const closed = trial.port();
  inbounds = new Map(['orders', 'ledger'].map((name) => [name, trial.port()]));
  local = new Map(['orders', 'ledger', 'db', 'dead'].map((name) => [name, trial.port()]));
  testers = trial.port();
  const caller = (own: (call: Call) => number, name: string) =>
    trial.placement(name, {
      local: (call) => at(own(call)),
      endpoints: (version) => ({ addresses: [at(inbounds.get(version.service)!)] }),
      external: ({ name: external, host }) => ({
        addresses: external === 'db' ? [at(closed), at(db.port)] : [at(closed)],
        sni: host!,
        roots: { filename: trial.authority.roots },
      }),
    });
  const callee = (name: string, port: number) =>
    compileSidecar(architecture, service(name).versions[0]!, trial.placement(name, { inbound: at(inbounds.get(name)!), app: at(port) }));
  await trial.start({
    client: compileSidecar(
      architecture,
      service('client').versions[0]!,
      caller(({ to }) => local.get(to)!, 'client'),
    ),
    tester: compileSidecar(
      architecture,
      service('tester').versions[0]!,
      caller(() => testers, 'tester'),
    ),
    orders: callee('orders', orders.port),
    ledger: callee('ledger', ledger.port),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
  statuses = [];
  answer = { status: 200 };
});

const send = (to: string, asked: Omit<Asked, 'port'>) => trial.send({ port: local.get(to)!, ...asked });
const times = <T>(amount: number, each: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: amount }, each));
const counter = async (name: string, filter = name) => (await trial.statistics('client', filter))[name] ?? 0;
const timed = async <T>(each: Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  return [await each, performance.now() - start];
};

describe('silence', () => {
  test('[idle-timeout] an answer that does not begin ends after the idle time, before its timeout, and is counted', async () => {
    answer = { status: 200, after: 1_500 };
    const [{ status }, ms] = await timed(send('orders', { path: '/silent' }));
    expect({ status, sooner: ms < 1_200 }).toEqual({ status: 504, sooner: true });
    expect(await counter('http.to/orders.downstream_rq_idle_timeout')).toBe(1);
  });

  test('[streams] a stream goes on beyond the timeout of other requests, which cuts another answer off', async () => {
    expect(await send('orders', { path: '/feed' })).toMatchObject({ status: 200, body: '0 1 2 3 4 5 6 7 8 9 ' });
    await expect(fetch(`http://127.0.0.1:${local.get('orders')}/plain`).then((response) => response.text())).rejects.toThrow('terminated');
  });
});

test('[policy-per-caller] each caller waits as long as its own call says', async () => {
  answer = { status: 200, after: 600 };
  const [hasty, patient] = await Promise.all([trial.send({ port: testers, path: '/any' }), send('orders', { path: '/any' })]);
  expect([hasty.status, patient.status]).toEqual([504, 200]);
});

test('[pool] what is more than an instance takes is refused by its sidecar, whoever asks, and its app does not see it', async () => {
  answer = { status: 200, after: 500 };
  const asks = await times(10, () => trial.sendAs(service('client').identity, { port: inbounds.get('ledger')!, path: '/slow' }));
  expect([asks.filter(({ status }) => status === 200).length, seen.length]).toEqual([6, 6]);
  const overflow = 'cluster.local/app.upstream_rq_active_overflow';
  expect((await trial.statistics('ledger', overflow))[overflow]).toBe(4);
});

describe('limits of a caller', () => {
  test('[caller-pool] what is more than the caller may have under way is refused at once, by its own sidecar', async () => {
    await send('ledger', { path: '/slow' }); // a first request waits for its connection, and counts among those that wait
    seen = [];
    answer = { status: 200, after: 500 };
    const answers = await times(12, () => send('ledger', { path: '/slow' }));
    const refused = answers.filter(({ status }) => status === 503);
    expect({ through: answers.filter(({ status }) => status === 200).length, refused: refused.length, seen: seen.length }).toEqual({
      through: 4,
      refused: 8,
      seen: 4,
    });
    expect(refused.every(({ headers }) => headers['x-envoy-overloaded'] === 'true')).toBe(true);
    expect(await counter('cluster.ledger.upstream_rq_active_overflow')).toBe(8);
  });

  test('[retry-budget] a budget of 100 % lets as many tries as requests be under way, one of 5 % only the three that are always allowed', async () => {
    answer = { status: 503, after: 300 };
    await times(20, () => send('orders', { path: '/generous' }));
    expect(seen.length - 20).toBeGreaterThan(6); // each try that waits to be repeated is no longer under way itself
    const before = await counter('cluster.ledger.upstream_rq_retry_overflow');
    seen = [];
    await times(4, () => send('ledger', { path: '/tight' }));
    expect(seen).toHaveLength(7);
    expect((await counter('cluster.ledger.upstream_rq_retry_overflow')) - before).toBe(1);
  });

  test('[retry-back-off] tries wait as long as declared', async () => {
    answer = { status: 503 };
    const slowest = async (path: string) => Math.max(...(await times(12, () => timed(send('orders', { path })))).map(([, ms]) => ms));
    expect(await slowest('/patient')).toBeGreaterThan(150);
  });
});

describe('gRPC', () => {
  const headers = { 'content-type': 'application/grpc', te: 'trailers' };
  const ask = (method: string) => send('ledger', { method: 'POST', path: `/acme.Ledger/${method}`, headers });

  test.each([
    [1, 'cancelled'],
    [4, 'deadline-exceeded'],
    [8, 'resource-exhausted'],
    [13, 'internal'],
    [14, 'grpc-unavailable'],
  ])('[retry-grpc] status %i, %s, is tried again where requests may be repeated', async (status) => {
    statuses = [status, 0];
    expect((await ask('Read')).headers['grpc-status']).toBe('0');
    expect(seen).toHaveLength(2);
  });

  test('[retry-grpc] another status is the answer, and so is any where requests must not be repeated', async () => {
    statuses = [5, 0];
    expect((await ask('Read')).headers['grpc-status']).toBe('5');
    statuses = [8, 0];
    expect((await ask('Write')).headers['grpc-status']).toBe('8');
    expect(seen).toHaveLength(2);
  });
});

describe('TCP', () => {
  const greet = (to: string) =>
    new Promise<string>((found) => {
      let heard = '';
      dial(local.get(to)!, '127.0.0.1')
        .on('data', (data) => (heard += data.toString()))
        .on('error', () => undefined)
        .on('close', () => found(heard));
    });

  test('[retry-tcp] a host that takes no connection is followed by another try, and no client notices', async () => {
    for (let connection = 0; connection < 10; connection += 1) expect(await greet('db')).toBe('hello\n');
    expect(await counter('cluster.external/db.upstream_cx_connect_fail')).toBeGreaterThan(0);
  });

  test('[retry-tcp] after the declared tries the connection ends, and is counted', async () => {
    expect(await greet('dead')).toBe('');
    expect(await counter('cluster.external/dead.upstream_cx_connect_fail')).toBe(3);
    expect(await counter('cluster.external/dead.upstream_cx_connect_attempts_exceeded')).toBe(1);
  });
});

describe('trouble on purpose', () => {
  test('[fault-injection] a delay makes the caller wait', async () => {
    const [{ status }, ms] = await timed(send('orders', { path: '/late' }));
    expect({ status, late: ms >= 390 }).toEqual({ status: 200, late: true });
    expect(await counter('http.to/orders.fault.delays_injected')).toBe(1);
  });

  test('[fault-injection] an abort is for requests with the header alone, and its callee never sees them', async () => {
    expect(await send('orders', { path: '/trouble', headers: { 'x-trial': 'yes' } })).toMatchObject({ status: 418 });
    expect(seen).toEqual([]);
    expect(await send('orders', { path: '/trouble' })).toMatchObject({ status: 200 });
  });

  test('[fault-injection] so many percent of the requests', async () => {
    const answers = await times(300, () => send('orders', { path: '/third' }));
    const aborted = answers.filter(({ status }) => status === 418).length;
    expect(aborted).toBeGreaterThan(45); // 90 ± 8 expected: five standard deviations and more
    expect(aborted).toBeLessThan(135);
  });

  test('[fault-injection] one caller has it and no other', async () => {
    const headers = { 'x-trial': 'yes' };
    expect(await trial.send({ port: testers, path: '/any', headers })).toMatchObject({ status: 503 });
    expect(seen).toEqual([]);
    expect(await send('orders', { path: '/any', headers })).toMatchObject({ status: 200 });
  });

  test('[fault-injection] no header of a request asks for it', async () => {
    const headers = {
      'x-envoy-fault-abort-request': '500',
      'x-envoy-fault-abort-request-percentage': '100',
      'x-envoy-fault-delay-request': '2000',
    };
    const [{ status }, ms] = await timed(send('orders', { path: '/any', headers }));
    expect({ status, soon: ms < 1_500 }).toEqual({ status: 200, soon: true });
  });
});
