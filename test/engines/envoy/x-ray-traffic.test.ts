import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { ordersAndPricing, TwoHops } from './two-hops.js';

interface Segment {
  readonly name: string;
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string;
}

/** X-Ray's daemon: a header of JSON, a line feed, a segment of JSON. */
async function daemon(segments: Segment[]): Promise<{ readonly socket: Socket; readonly port: number }> {
  const socket = createSocket('udp4').unref();
  socket.on('message', (message) => {
    const [header, segment] = message.toString().split('\n');
    expect(header).toBe('{"format":"json","version":1}');
    segments.push(JSON.parse(segment!) as Segment);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { socket, port: socket.address().port };
}

/** All of them, with a daemon of their own. */
async function running(sample: number) {
  const segments: Segment[] = [];
  const { socket, port } = await daemon(segments);
  const mesh = await TwoHops.of(ordersAndPricing({ traces: { as: 'x-ray', sample } }), /^x-amzn-trace-id$/, async () => ({
    daemon: { address: '127.0.0.1', port },
  }));
  const stop = async () => {
    await mesh.stop();
    socket.close();
  };
  return { mesh, segments, stop };
}

const forged = '1-5759e988-bd862e3fe1be46a994272793';

describe('every request is traced', () => {
  let mesh: Awaited<ReturnType<typeof running>>;
  beforeAll(async () => {
    mesh = await running(100);
  });
  afterAll(() => mesh.stop());

  test('[traces-x-ray] one trace goes over two hops to the daemon, each segment below the one before, and its id stands in every access log', async () => {
    const seen = JSON.parse((await mesh.mesh.ask('x')).body) as Record<string, string>;
    const id = /^Root=(1-[0-9a-f]{8}-[0-9a-f]{24});Parent=[0-9a-f]{16};Sampled=1$/.exec(seen['x-amzn-trace-id']!)![1]!;
    const own = () => mesh.segments.filter(({ trace_id }) => trace_id === id);
    while (own().length < 4) await wait(20, undefined, { ref: false });
    const [top] = own().filter(({ parent_id }) => parent_id === undefined);
    const below = (above: Segment) => own().find(({ parent_id }) => parent_id === above.id)!;
    const [ordersIn, ordersOut, pricing] = [below(top!), below(below(top!)), below(below(below(top!)))];
    expect([top!, ordersIn, ordersOut, pricing].map(({ name }) => name)).toEqual(['ingress', 'orders', 'orders', 'pricing']);
    for (const name of ['ingress', 'orders', 'pricing'])
      expect(await mesh.mesh.trial.loggedWhere([name], { trace: id })).toMatchObject({ trace: id });
  });

  test('[traces-x-ray] a client does not choose its trace, nor that there is none', async () => {
    const { body } = await mesh.mesh.ask('y', { 'x-amzn-trace-id': `Root=${forged};Sampled=0` });
    expect(body).toMatch(/Root=1-[0-9a-f-]+;Parent=[0-9a-f]{16};Sampled=1/);
    expect(body).not.toContain(forged);
  });
});

test('[traces-x-ray] where none is sampled, a client cannot ask for one, and no hop begins one', async () => {
  const { mesh, segments, stop } = await running(0);
  try {
    const asking: Record<string, string>[] = [{}, { 'x-amzn-trace-id': `Root=${forged};Sampled=1` }, { 'x-envoy-force-trace': 'true' }];
    for (const headers of asking) expect((await mesh.ask('z', headers)).body).toContain('Sampled=0');
    await wait(500); // a segment is sent when its request ends
    expect(segments).toEqual([]);
  } finally {
    await stop();
  }
});
