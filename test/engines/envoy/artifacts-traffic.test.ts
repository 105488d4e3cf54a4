import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { compileRoutes, compileSidecar, documentFile, fileSource, secretOf, separate } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve, type Split } from '../../../lib/index.js';
import { shifted, withEveryVersion } from '../../../lib/twin/shifted.js';
import { Trial } from './trial.js';

const declared = withEveryVersion(
  resolve(
    defineArchitecture({
      name: 'swap',
      services: {
        client: { image: 'client', calls: { orders: {} } },
        orders: {
          listen: { protocol: 'http', port: 8080 },
          versions: { v1: { image: 'one' }, v2: { image: 'two' } },
          traffic: { v1: 100 },
        },
      },
    }),
  ),
);
const [client, orders] = ['client', 'orders'].map((name) => declared.services.find((each) => each.name === name)!) as [
  Architecture['services'][number],
  Architecture['services'][number],
];
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let local: number;
/** How each version's app knows its callers: the fingerprint of the certificate that its sidecar saw. */
const callers = new Map<string, string>();
const file = (...path: string[]) => join(trial.folder, 'documents', ...path, 'it.json');

/** As whoever delivers documents does it: beside it, then renamed. */
function replace(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const placed = () => trial.placement('client', { local: () => at(local), endpoints: ({ id }) => ({ addresses: [at(inbounds.get(id)!)] }) });
const inbounds = new Map<string, number>();
let placement: ReturnType<typeof placed>;

beforeAll(async () => {
  trial = await Trial.of(declared);
  local = trial.port();
  const sidecars = new Map<string, ReturnType<typeof compileSidecar>>();
  for (const version of orders.versions) {
    const { port } = await trial.app((request, response) => {
      callers.set(version.id, /Hash=([0-9a-f]+)/.exec(String(request.headers['x-forwarded-client-cert']))?.[1] ?? '');
      response.end(version.id);
    });
    const inbound = trial.port();
    inbounds.set(version.id, inbound);
    sidecars.set(version.id, compileSidecar(declared, version, trial.placement(version.id, { inbound: at(inbound), app: at(port) })));
  }
  placement = placed();
  const { bootstrap, routes, secrets } = separate(compileSidecar(declared, client.versions[0]!, placement), {
    routes: (name) => (name === 'to/orders' ? { name, source: fileSource(file('routes')) } : undefined),
    certificate: () => ({ name: 'own', source: fileSource(file('identity')) }),
  });
  replace(file('routes'), documentFile(routes.get('to/orders')!));
  replace(file('identity'), documentFile(secrets.get('own')!));
  await trial.start({ client: bootstrap, ...Object.fromEntries(sidecars) });
});

afterAll(() => trial?.stop());

const ask = () => trial.send({ port: local, path: '/' });
const versionOf = async () => (await ask()).body;

/** Asks all the time while something is done: how often each status came. */
async function underLoad(act: () => Promise<void>): Promise<Record<string, number>> {
  let acting = true;
  const statuses: Record<string, number> = {};
  const clients = Array.from({ length: 4 }, async () => {
    while (acting) {
      const { status } = await ask();
      statuses[status] = (statuses[status] ?? 0) + 1;
      await wait(5);
    }
  });
  await act().finally(() => {
    acting = false;
  });
  await Promise.all(clients);
  return statuses;
}

const routesFor = (traffic: readonly Split[]) =>
  documentFile(
    compileRoutes(shifted(declared, orders, traffic), 'orders', () => placement).find(({ for: { name } }) => name === 'client')!.routes,
  );
const counters = (filter: string) => trial.statistics('client', filter);
const rds = 'http.to/orders.rds.to/orders';

/** Waits until a counter has risen so far: a tenth of a second is usual. */
async function until(counter: string, least: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (((await counters(counter.replaceAll('.', '\\.')))[counter] ?? 0) >= least) return;
    await wait(20);
  }
  throw new Error(`${counter} did not rise to ${least}`);
}

test('[routes-swap] a running Envoy takes up new weights from a document, no request is lost and none is tried again', async () => {
  expect(await versionOf()).toBe('orders-v1');
  const statuses = await underLoad(async () => {
    for (const [index, weight] of [10, 50, 100].entries()) {
      const before = (await counters(rds))[`${rds}.config_reload`] ?? 0;
      replace(
        file('routes'),
        routesFor([
          { version: 'orders-v1', weight: 100 - weight },
          { version: 'orders-v2', weight },
        ]),
      );
      await until(`${rds}.config_reload`, before + 1);
      if (index < 2) await wait(100);
    }
    for (let count = 0; count < 20; count += 1) expect(await versionOf()).toBe('orders-v2');
  });
  expect(Object.keys(statuses)).toEqual(['200']);
  expect(statuses['200']).toBeGreaterThan(20);
  expect(Object.values(await counters('^cluster\\.orders-v[12]\\.upstream_rq_retry$'))).toEqual([0, 0]);
});

test('[routes-swap] a document that Envoy refuses leaves the last good one in force', async () => {
  const before = (await counters(rds))[`${rds}.update_rejected`] ?? 0;
  const statuses = await underLoad(async () => {
    replace(
      file('routes'),
      JSON.stringify({
        resources: [{ '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration', name: 'of somebody else' }],
      }),
    );
    await until(`${rds}.update_rejected`, before + 1);
    expect(await versionOf()).toBe('orders-v2');
  });
  expect(Object.keys(statuses)).toEqual(['200']);
  replace(file('routes'), routesFor([{ version: 'orders-v1', weight: 1 }]));
  await until(`${rds}.config_reload`, 4);
  expect(await versionOf()).toBe('orders-v1');
});

test('[certificate-rotation] a running Envoy takes up a new key and certificate, and who it asks next sees it; no request is lost', async () => {
  const fingerprint = (path: string) => new X509Certificate(readFileSync(path)).fingerprint256.replaceAll(':', '').toLowerCase();
  const own = placement.credentials(client.identity);
  const first = fingerprint((own.certificate as { filename: string }).filename);
  expect(await versionOf()).toBe('orders-v1');
  expect(callers.get('orders-v1')).toBe(first);
  const issued = await trial.authority.issueIdentity(client.identity);
  const updates = 'cluster.orders-v1.client_ssl_socket_factory.ssl_context_update_by_sds';
  const before = (await counters('ssl_context_update_by_sds'))[updates] ?? 0;
  const statuses = await underLoad(async () => {
    const pair = { certificate: { filename: issued.certificate }, privateKey: { filename: issued.privateKey } };
    replace(file('identity'), documentFile(secretOf('own', pair)));
    await until(updates, before + 1);
    // The callee sends its callers away, and they connect again: now with what they were given.
    await trial.admin('orders-v1', '/drain_listeners?graceful&skip_exit');
    for (let tries = 0; tries < 500 && callers.get('orders-v1') === first; tries += 1) await wait(20);
  });
  expect(callers.get('orders-v1')).toBe(fingerprint(issued.certificate));
  expect(Object.keys(statuses)).toEqual(['200']);
});
