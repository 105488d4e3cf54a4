import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { awsPlacement, compileSidecar, interceptingUser, nftables, redirectionOf } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { assertNetworks, TaskNetwork } from './task-network.js';
import { Trial } from './trial.js';

/**
 * Two tasks, each in a network namespace of its own, joined by a wire and by nothing else: the rules are the kernel's, the sidecars are the compiled ones at
 * the ports that they have on AWS, and the apps are processes of another user, which know callees by their names.
 */
const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      shop: { image: 'shop', interception: { bypassPorts: [2049] }, calls: { pricing: {}, ledger: {} } },
      pricing: { image: 'pricing', interception: true, listen: { protocol: 'http', port: 8080 } },
      ledger: { image: 'ledger', listen: { protocol: 'tcp', port: 5432 } },
    },
  }),
);
const find = (name: string) => architecture.services.find((each) => each.name === name)!;

/** Who the apps are. */
const app = 2_000;
const addresses = {
  pricing: '10.77.0.2',
  ledger: '10.77.0.3',
  outside: '10.77.0.9',
  metadata: '169.254.170.2',
  outside6: 'fd77::9',
} as const;

let trial: Trial;
let shop: TaskNetwork;
let others: TaskNetwork;
/** What the app of shop could ask before there were rules. */
let before: Record<string, unknown>;

beforeAll(async () => {
  assertNetworks();
  trial = await Trial.of(architecture);
  chmodSync(dirname(trial.folder), 0o711); // the sidecars' user has to pass
  const { pricing, ledger, outside, metadata, outside6 } = addresses;
  const names = [`${pricing} pricing`, `${ledger} ledger`, `${outside} outside`, `${outside6} outside6`];
  shop = await TaskNetwork.of(trial.folder, 'shop', names);
  others = await TaskNetwork.of(trial.folder, 'others', []);
  const here = [pricing, ledger, outside].map((address) => `${address}/24`);
  TaskNetwork.join(shop, ['10.77.0.1/24', 'fd77::1/64'], others, [...here, `${metadata}/32`, `${outside6}/64`]);
  shop.root('ip', 'route', 'add', `${metadata}/32`, 'dev', 'eth0');
  // The app of pricing listens where everybody could ask it past its sidecar.
  const web = (name: string, listens: string) =>
    `require('node:http').createServer((request, response) => response.end(JSON.stringify({
       name: '${name}', path: request.url, caller: request.headers['x-forwarded-client-cert'] }))).listen(${listens}, () => console.log('ready'));`;
  const word = (name: string, listens: string) =>
    `require('node:net').createServer((socket) => socket.on('error', () => {}).end('${name}')).listen(${listens}, () => console.log('ready'));`;
  await others.serve(app, 'pricing-app', web('pricing', "8080, '0.0.0.0'"));
  await others.serve(app, 'ledger-app', word('ledger', "5432, '127.0.0.1'"));
  await others.serve(app, 'outside', word('outside', "9999, '::'"));
  await others.serve(app, 'files', word('files', `2049, '${outside}'`));
  await others.serve(0, 'metadata', web('metadata', `80, '${metadata}'`));

  const sidecar = (name: string, address: string) => {
    const version = find(name).versions[0]!;
    const { inbound, app: own, local, interception } = awsPlacement(architecture, { version });
    const endpoints = ({ service }: { readonly service: string }) => ({
      addresses: [{ address: addresses[service as 'pricing'], port: inbound.port }],
    });
    const place = { inbound: { ...inbound, address }, app: own, local, interception: interception!, endpoints };
    return compileSidecar(architecture, version, trial.placement(name, place));
  };
  before = {
    pricing: fetched('http://pricing:8080/'),
    outside: spoken('outside', 9999),
    outside6: spoken('outside6', 9999),
  };
  const started = { shop: sidecar('shop', '127.0.0.1'), pricing: sidecar('pricing', pricing), ledger: sidecar('ledger', ledger) };
  await trial.start(started, (name, command) => {
    for (const file of ['.', ...readdirSync(trial.folder)]) chownSync(join(trial.folder, file), interceptingUser, interceptingUser);
    return (name === 'shop' ? shop : others).within(interceptingUser, command);
  });
  shop.run(0, ['nft', '-f', '-'], nftables(redirectionOf(find('shop'))!));
  others.run(0, ['nft', '-f', '-'], nftables(redirectionOf(find('pricing'))!));
});

afterAll(async () => {
  await trial?.stop();
  await shop?.stop();
  await others?.stop();
});

/** What a process of shop's task gets by HTTP. */
const fetched = (url: string, user = app, from = shop): unknown =>
  from.ask(
    user,
    `fetch('${url}').then(async (got) => answer({ status: got.status, body: await got.text() }), (error) => answer(error.cause.code));`,
  );

/** What it hears on a connection: the server's word, `closed`, or why there is none. */
const spoken = (host: string, port: number, user = app): unknown =>
  shop.ask(
    user,
    `let text = '';
     const socket = require('node:net').connect(${port}, '${host}');
     socket.on('data', (data) => (text += data)).on('error', (error) => answer(error.code)).on('close', () => answer(text || 'closed'));`,
  );

const count = async (envoy: string, counter: string): Promise<number> => (await trial.statistics(envoy, counter))[counter] ?? 0;
const redirected = () => count('shop', 'listener.intercepted.downstream_cx_total');

test('without rules an app asks whom it likes, and pricing answers past its sidecar', () => {
  expect(before).toEqual({
    pricing: { status: 200, body: '{"name":"pricing","path":"/"}' },
    outside: 'outside',
    outside6: 'outside',
  });
});

test('[interception] an app asks a callee by its usual name and port, and its sidecar takes the connection: mutual TLS, with its identity', async () => {
  const taken = await redirected();
  const { status, body } = fetched('http://pricing:8080/a') as { status: number; body: string };
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({
    name: 'pricing',
    path: '/a',
    caller: expect.stringContaining('URI=spiffe://trial.local.mesh.internal/svc/shop'),
  });
  expect(await count('pricing', 'listener.inbound.ssl.handshake')).toBe(1);
  expect((await redirected()) - taken).toBe(1);
});

test('[interception] a connection of TCP too, to the callee whose port it is', async () => {
  expect(spoken('ledger', 5432)).toBe('ledger');
  expect(await count('ledger', 'listener.inbound.ssl.handshake')).toBe(1);
});

test('[interception] what no call is declared for is closed before anything is opened for it, counted, and logged with its address', async () => {
  const refused = await count('shop', 'listener.intercepted.no_filter_chain_match');
  expect(['closed', 'ECONNRESET']).toContain(spoken('outside', 9999));
  expect(await count('shop', 'listener.intercepted.no_filter_chain_match')).toBe(refused + 1);
  expect(await trial.loggedWhere(['shop'], { listener: 'intercepted' })).toMatchObject({
    refused: 'not declared',
    destination: `${addresses.outside}:9999`,
  });
});

test('[interception] at the port of a callee a host that no call is declared for is 403, and so is counted', async () => {
  expect(fetched('http://outside:8080/')).toEqual({ status: 403, body: 'not declared: no call leads to this host\n' });
  expect(await count('shop', 'http.intercepted/8080.no_route')).toBe(1);
});

test('[interception] over IPv6 nothing takes what is redirected, so nothing leaves', () => {
  expect(spoken('outside6', 9999)).toBe('ECONNREFUSED');
});

test('[interception] the metadata of the task, and ports that are declared to bypass, are asked directly', async () => {
  const taken = await redirected();
  expect(fetched(`http://${addresses.metadata}/v4`)).toEqual({ status: 200, body: '{"name":"metadata","path":"/v4"}' });
  expect(spoken('outside', 2049)).toBe('files');
  expect(await redirected()).toBe(taken);
});

test('[interception] what the sidecar sends is not redirected to it again, which is why an app must not be its user', async () => {
  const taken = await redirected();
  expect(spoken('outside', 9999, interceptingUser)).toBe('outside');
  expect(await redirected()).toBe(taken);
});

test("[interception] whoever asks the app's port from elsewhere meets its sidecar, which wants to know who it is; on its own loopback the app answers", async () => {
  const refused = await count('pricing', 'listener.inbound.ssl.connection_error');
  expect(fetched(`http://${addresses.pricing}:8080/`, interceptingUser)).toMatch(/^(ECONNRESET|UND_ERR_SOCKET|HPE_INVALID_CONSTANT)$/);
  expect(await count('pricing', 'listener.inbound.ssl.connection_error')).toBe(refused + 1);
  expect(fetched('http://127.0.0.1:8080/', app, others)).toMatchObject({ status: 200 });
});
