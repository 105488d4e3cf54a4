import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const declared = (sample: number): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        orders: { image: 'orders', listen: { protocol: 'http', port: 8080 }, calls: { pricing: {} } },
        pricing: {
          listen: { protocol: 'http', port: 8081 },
          versions: { v1: { image: 'one' } },
        },
      },
      external: { collector: { host: 'collector.example', protocol: 'http', port: 4318 } },
      observability: { traces: { to: 'collector', sample } },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders': { to: 'orders' } } } },
    }),
  );
const at = (port: number) => ({ address: '127.0.0.1', port });

/** The ingress, orders and pricing, whose app passes on what it should, and a collector. */
async function running(architecture: Architecture) {
  const trial = await Trial.of(architecture);
  const [front, local] = [trial.port(), trial.port()];
  const inbounds: Record<string, number> = { orders: trial.port(), 'pricing-v1': trial.port() };
  const received: { readonly url: string | undefined; readonly body: Buffer }[] = [];
  const collector = await trial.listen(
    createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      received.push({ url: request.url, body: Buffer.concat(chunks) });
      response.end();
    }),
  );
  const pricingApp = await trial.app((_request, response) => response.end('7'));
  const ordersApp = await trial.app(async (request, response) => {
    const { traceparent } = request.headers as Record<string, string>;
    await trial.send({ port: local, path: '/price', headers: traceparent === undefined ? {} : { traceparent } });
    response.end(traceparent);
  });
  const place = (name: string, own: object) =>
    trial.placement(name, {
      external: () => ({ addresses: [at(collector.port)], sni: 'collector.example', roots: { filename: trial.authority.roots } }),
      endpoints: ({ id }) => ({ addresses: [at(inbounds[id]!)] }),
      ...own,
    });
  const version = (service: string) => architecture.services.find(({ name }) => name === service)!.versions[0]!;
  await trial.start({
    ingress: compileIngress(architecture, place('ingress', { front: () => at(front) })),
    orders: compileSidecar(
      architecture,
      version('orders'),
      place('orders', { inbound: at(inbounds['orders']!), app: at(ordersApp.port), local: () => at(local) }),
    ),
    pricing: compileSidecar(
      architecture,
      version('pricing'),
      place('pricing', { inbound: at(inbounds['pricing-v1']!), app: at(pricingApp.port) }),
    ),
  });
  const ask = (id: string, headers: Record<string, string> = {}) =>
    trial.send({ port: front, path: '/orders', headers: { 'x-edge-route': 'GET /orders', 'x-request-id': id, ...headers } });
  return { trial, received, ask };
}

/** A key and its value, as OTLP's protobuf writes them. */
const attribute = (key: string, value: string): string =>
  `${key}\x12${String.fromCharCode(value.length + 2)}\n${String.fromCharCode(value.length)}${value}`;

const forged = '0af7651916cd43dd8448eb211c80319c';
/** Decided by its letter after the version: `9` is "sampled". */
const sampledId = '6f9619ff-8b86-9011-b42d-00c04fc964ff';

describe('every request is traced', () => {
  let mesh: Awaited<ReturnType<typeof running>>;
  beforeAll(async () => {
    mesh = await running(declared(100));
  });
  afterAll(() => mesh.trial.stop());

  test('[traces] one trace goes through all Envoys to the collector, and its id stands in every access log', async () => {
    const { body: traceparent } = await mesh.ask('x');
    const id = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(traceparent)![1]!;
    const raw = Buffer.from(id, 'hex');
    const spansOf = (service: string) =>
      mesh.received.filter(({ body }) => body.includes(raw) && body.includes(attribute('service.name', service)));
    const everyone = ['ingress', 'orders', 'pricing'];
    while (everyone.some((service) => spansOf(service).length === 0)) await wait(100);
    expect(new Set(mesh.received.map(({ url }) => url))).toEqual(new Set(['/v1/traces']));
    expect(spansOf('pricing')[0]!.body.includes(attribute('service.version', 'v1'))).toBe(true);
    for (const service of everyone) expect(await mesh.trial.loggedWhere([service], { trace: id })).toMatchObject({ trace: id });
  });

  test('[traces] a client does not choose its trace', async () => {
    const { body } = await mesh.ask('x', { traceparent: `00-${forged}-b7ad6b7169203331-00` });
    expect(body).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(body).not.toContain(forged);
  });
});

test('[traces] where none is sampled, a client cannot ask for one', async () => {
  const { trial, received, ask } = await running(declared(0));
  try {
    const asking: Record<string, string>[] = [
      { traceparent: `00-${forged}-b7ad6b7169203331-01` },
      { 'x-envoy-force-trace': 'true' },
      { 'x-client-trace-id': 'one' },
    ];
    for (const headers of asking) expect((await ask(sampledId, headers)).body).toMatch(/-00$|^undefined$|^$/);
    await wait(6_000); // Envoys send what they have every five seconds
    expect(received).toEqual([]);
  } finally {
    await trial.stop();
  }
});
