import { readFileSync } from 'node:fs';
import { createServer, connect as dial, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as secure } from 'node:tls';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { fineLine } from './log-line.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { ledger: {} } },
      stranger: { image: 'stranger' },
      ledger: {
        listen: { protocol: 'tcp', port: 5432, idleTimeout: '400ms', maxAge: '1500ms' },
        versions: { v1: { image: 'one' }, v2: { image: 'two' } },
        traffic: { v1: 75, v2: 25 },
        pool: { connections: 3 },
      },
    },
  }),
);
const find = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: number;
let inbounds: Readonly<Record<string, number>>;
let connections: number;

beforeAll(async () => {
  trial = await Trial.of(architecture);
  local = trial.port();
  inbounds = { 'ledger-v1': trial.port(), 'ledger-v2': trial.port() };
  const start = async (id: string) => {
    // Speaks first, as many databases do, and repeats what it hears.
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.write(`${id}\n`);
      socket.on('data', (data) => socket.write(data));
    });
    const app = await trial.listen(server);
    const version = find('ledger').versions.find((each) => each.id === id)!;
    return compileSidecar(architecture, version, trial.placement(id, { inbound: at(inbounds[id]!), app: at(app.port) }));
  };
  const [v1, v2] = [await start('ledger-v1'), await start('ledger-v2')];
  const caller = trial.placement('client', {
    local: () => at(local),
    endpoints: ({ id }) => ({ addresses: [at(inbounds[id]!)] }),
  });
  await trial.start({ client: compileSidecar(architecture, find('client').versions[0]!, caller), 'ledger-v1': v1, 'ledger-v2': v2 });
});

afterAll(() => trial.stop());
beforeEach(() => (connections = 0));

/** Connects as the client's app does. */
const open = (port = local): Socket => dial(port, '127.0.0.1').on('error', () => {});
/** The first line that comes, or `closed`. */
const heard = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (data: Buffer) => resolve(data.toString().trim()));
    socket.once('close', () => resolve('closed'));
  });
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.resume().once('close', () => resolve()));

/** Past the client's sidecar, with the certificate of this identity, or none. */
function past(port: number, identity?: string): Promise<string> {
  const files = identity === undefined ? {} : trial.filesOf(identity);
  const socket = secure({
    host: '127.0.0.1',
    port,
    ca: readFileSync(trial.authority.roots),
    checkServerIdentity: () => undefined,
    ...files,
  });
  socket.on('error', () => {});
  return heard(socket).finally(() => socket.destroy());
}

test('[tcp-services] connections are split among versions as declared, and a server that speaks first is heard', async () => {
  const words: string[] = [];
  for (let each = 0; each < 80; each += 1) {
    const socket = open();
    words.push(await heard(socket));
    socket.destroy();
  }
  const first = words.filter((word) => word === 'ledger-v1').length;
  expect(words.filter((word) => word === 'ledger-v2').length).toBe(80 - first);
  expect([first > 45, first < 75]).toEqual([true, true]);
});

test('[tcp-services] bytes pass both ways, over mutual TLS', async () => {
  const socket = open();
  await heard(socket);
  socket.write('select 1');
  expect(await heard(socket)).toBe('select 1');
  socket.destroy();
  const tls = await trial.statistics('ledger-v1', 'listener.inbound.ssl.versions.TLSv1.3');
  expect(tls['listener.inbound.ssl.versions.TLSv1.3']).toBeGreaterThan(0);
});

test('[access-log] a connection is one line of JSON at each sidecar, when it ends', async () => {
  const socket = open();
  await heard(socket);
  socket.write('a long question\n');
  await heard(socket);
  socket.end();
  await closed(socket);
  const common = {
    ...fineLine,
    bytesIn: 16,
    bytesOut: 26,
    cluster: expect.stringMatching(/./),
  };
  expect(await trial.loggedWhere(['client'], { bytesIn: 16 })).toEqual({ ...common, listener: 'to/ledger' });
  expect(await trial.loggedWhere(['ledger-v1', 'ledger-v2'], { bytesIn: 16 })).toEqual({ ...common, listener: 'inbound' });
});

test("[tcp-services] who does not call it hears not even the server's first word", async () => {
  const before = connections;
  expect(await past(inbounds['ledger-v1']!, find('client').identity)).toBe('ledger-v1');
  expect(await past(inbounds['ledger-v1']!, find('stranger').identity)).toBe('closed');
  expect(await past(inbounds['ledger-v1']!)).toBe('closed');
  const plain = open(inbounds['ledger-v1']!);
  plain.write('let me in\n');
  expect(await heard(plain)).not.toContain('ledger'); // a TLS alert
  expect(connections - before).toBe(1);
  expect(await trial.statistics('ledger-v1', 'listener.inbound.ssl.(fail_verify_san|fail_verify_no_cert|connection_error)')).toEqual({
    'listener.inbound.ssl.connection_error': 1,
    'listener.inbound.ssl.fail_verify_no_cert': 1,
    'listener.inbound.ssl.fail_verify_san': 1,
  });
});

test('[tcp-services] a silent connection is closed, one that talks lasts as long as connections may', async () => {
  const [silent, busy] = [open(), open()];
  const start = performance.now();
  const lasted = (socket: Socket) => closed(socket).then(() => performance.now() - start);
  const talk = setInterval(() => busy.write('.'), 100);
  const [short, long] = await Promise.all([lasted(silent), lasted(busy)]);
  clearInterval(talk);
  expect([short > 350, short < 1_200, long > 1_350, long < 3_000]).toEqual([true, true, true, true]);
});

test('[tcp-services] an instance takes no more connections than its pool has', async () => {
  await wait(50);
  const before = await trial.statistics('ledger-v1', 'cluster.local/app.upstream_cx_overflow');
  // Past the client's sidecar, to one instance.
  const { key, cert } = trial.filesOf(find('client').identity);
  const sockets = Array.from({ length: 4 }, () =>
    secure({
      host: '127.0.0.1',
      port: inbounds['ledger-v1']!,
      ca: readFileSync(trial.authority.roots),
      key,
      cert,
      checkServerIdentity: () => undefined,
    }).on('error', () => {}),
  );
  const words = await Promise.all(sockets.map(heard));
  for (const socket of sockets) socket.destroy();
  expect(words.sort()).toEqual(['closed', 'ledger-v1', 'ledger-v1', 'ledger-v1']);
  const after = await trial.statistics('ledger-v1', 'cluster.local/app.upstream_cx_overflow');
  expect(after['cluster.local/app.upstream_cx_overflow']! - before['cluster.local/app.upstream_cx_overflow']!).toBe(1);
});
