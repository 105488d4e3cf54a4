import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ordersAndPricing, TwoHops } from './two-hops.js';

interface Report {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly host: string | undefined;
  readonly body: Buffer;
}

/** All of them, with Datadog's agent, which answers that it wants everything. */
async function running(sample: number) {
  const reports: Report[] = [];
  const mesh = await TwoHops.of(
    ordersAndPricing({ traces: { as: 'datadog', to: 'agent', sample } }),
    /^x-datadog-|^trace/,
    async (trial) => {
      const agent = await trial.listen(
        createServer(async (request, response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk as Buffer);
          reports.push({ method: request.method, url: request.url, host: request.headers.host, body: Buffer.concat(chunks) });
          response.end('{}');
        }),
      );
      const addresses = [{ address: '127.0.0.1', port: agent.port }];
      return { external: () => ({ addresses, sni: 'agent.example', roots: { filename: trial.authority.roots } }) };
    },
  );
  return { mesh, reports };
}

/** A text as MessagePack writes it here: its kind, its length in four bytes, itself. */
const text = (value: string): Buffer => Buffer.from(`\xdb\0\0\0${String.fromCharCode(value.length)}${value}`, 'latin1');
const service = (name: string): Buffer => Buffer.concat([text('service'), text(name)]);
const traceId = (id: string): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(id));
  return Buffer.concat([text('trace_id'), Buffer.from([0xcf]), bytes]);
};
const priority = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return Buffer.concat([text('_sampling_priority_v1'), Buffer.from([0xcb]), bytes]);
};

const everyone = ['ingress', 'orders', 'pricing'];

/** The report of a service that has a span of the trace; waits for it: the tracer sends every two seconds. */
async function reportOf(reports: readonly Report[], name: string, id: string): Promise<Report> {
  for (;;) {
    const found = reports.find(({ body }) => body.includes(service(name)) && body.includes(traceId(id)));
    if (found !== undefined) return found;
    await wait(50, undefined, { ref: false });
  }
}

const forged = { 'x-datadog-trace-id': '1234567', 'x-datadog-parent-id': '55', 'x-datadog-sampling-priority': '2' };

describe('every request is traced', () => {
  let traced: Awaited<ReturnType<typeof running>>;
  beforeAll(async () => {
    traced = await running(100);
  });
  afterAll(() => traced.mesh.stop());

  test('[traces-datadog] one trace goes over two hops to the agent, and its id stands in every access log', async () => {
    const { mesh, reports } = traced;
    const seen = JSON.parse((await mesh.ask('x')).body) as Record<string, string>;
    const id = seen['x-datadog-trace-id']!;
    expect(seen['x-datadog-sampling-priority']).toBe('1');
    for (const name of everyone) {
      const { method, url, host, body } = await reportOf(reports, name, id);
      expect({ method, url, host }).toEqual({ method: 'POST', url: '/v0.4/traces', host: 'agent.example' });
      expect(body.includes(priority(1))).toBe(true);
      expect(await mesh.trial.loggedWhere([name], { trace: id })).toMatchObject({ trace: id });
    }
  });

  test('[traces-datadog] spans say the environment and the version that they are of', async () => {
    const { mesh, reports } = traced;
    const id = (JSON.parse((await mesh.ask('v')).body) as Record<string, string>)['x-datadog-trace-id']!;
    const tagged = async (name: string, tag: string, value: string) =>
      (await reportOf(reports, name, id)).body.includes(Buffer.concat([text(tag), text(value)]));
    expect([
      await tagged('ingress', 'env', 'local'),
      await tagged('pricing', 'env', 'local'),
      await tagged('pricing', 'version', 'v7'),
    ]).toEqual([true, true, true]);
  });

  test('[traces-datadog] a client does not choose its trace', async () => {
    const headers = { ...forged, traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' };
    const seen = JSON.parse((await traced.mesh.ask('y', headers)).body) as Record<string, string>;
    expect(seen['x-datadog-trace-id']).not.toBe(forged['x-datadog-trace-id']);
    expect(seen['traceparent']).toMatch(/^00-(?!0af7651916cd43dd)[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});

test('[traces-datadog] where none is sampled, a client cannot ask for one: the agent is told at every hop to drop it', async () => {
  const { mesh, reports } = await running(0);
  try {
    const seen = JSON.parse((await mesh.ask('z', forged)).body) as Record<string, string>;
    expect(seen['x-datadog-sampling-priority']).toBe('-1');
    for (const name of everyone) {
      const { body } = await reportOf(reports, name, seen['x-datadog-trace-id']!);
      expect([body.includes(priority(-1)), body.includes(priority(1)), body.includes(priority(2))]).toEqual([true, false, false]);
    }
  } finally {
    await mesh.stop();
  }
});
