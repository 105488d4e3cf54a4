import { connect } from 'node:tls';
import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';
import { type Twin, up } from '../../lib/twin/index.js';
import { shifted, withEveryVersion } from '../../lib/twin/shifted.js';
import { ask, counted, stubAnswer, times } from './client.js';

const architecture = resolve(shop);
let twin: Twin;

beforeAll(async () => {
  twin = await up(architecture, { instances: { catalog: 2 } });
});
afterAll(() => twin?.stop());

const product = () => ask(`${twin.gateway('web').url}/products/42`);
const versionsOf = (answers: readonly { text: string }[]) =>
  counted(
    answers.flatMap((answer) => stubAnswer(answer as never).calls.map(({ answer: price }) => (price as { version: string }).version)),
  );

/** Asks all the time until it is told to end, and counts what came back. */
async function underTraffic(act: () => Promise<void>): Promise<{ statuses: Record<string, number>; asked: number }> {
  let acting = true;
  const statuses: number[] = [];
  const client = async () => {
    while (acting) statuses.push((await product()).status);
  };
  const clients = [client(), client(), client()];
  await act().finally(() => {
    acting = false;
  });
  await Promise.all(clients);
  return { statuses: counted(statuses), asked: statuses.length };
}

/** The serial number of the certificate that a sidecar shows now. */
const serialOf = (port: number): Promise<string> =>
  new Promise((found, failed) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['h2'] }, () => {
      found(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', failed);
  });

describe('shifting traffic', () => {
  test('moves all of it to another version and back, with no request lost and no Envoy started again', async () => {
    const pids = twin.envoys.map(({ pid }) => pid);
    expect(twin.split('pricing')).toEqual([
      { version: 'pricing-v1', weight: 90 },
      { version: 'pricing-v2', weight: 10 },
    ]);
    const { statuses, asked } = await underTraffic(async () => {
      await twin.shift('pricing', { 'pricing-v2': 100 });
      expect(versionsOf(await times(20, product))).toEqual({ v2: 40 });
      await twin.shift('pricing', { 'pricing-v1': 1, 'pricing-v2': 1 });
      expect(Object.keys(versionsOf(await times(20, product)))).toHaveLength(2);
      await twin.shift('pricing', { 'pricing-v1': 1 });
      expect(versionsOf(await times(20, product))).toEqual({ v1: 40 });
      await twin.shift('pricing', undefined);
    });
    expect(statuses).toEqual({ 200: asked });
    expect(twin.split('pricing')).toEqual(architecture.services.find(({ name }) => name === 'pricing')?.traffic);
    expect(twin.envoys.map(({ pid }) => pid)).toEqual(pids);
  });

  test('leaves rules alone that say where they go', async () => {
    await twin.shift('pricing', { 'pricing-v1': 100 });
    const canary = await times(5, () => ask(`${twin.gateway('web').url}/products/42`, { headers: { 'x-canary': 'yes' } }));
    expect(versionsOf(canary)).toEqual({ v2: 10 });
    await twin.shift('pricing', undefined);
  });

  test.each([
    ['a service that is none', 'pricng', {}, '"pricng" is not a service; did you mean "pricing"?'],
    ['a version that is none', 'pricing', { 'pricing-v3': 1 }, '"pricing-v3" is not a version of pricing'],
    ['half a weight', 'pricing', { 'pricing-v1': 0.5 }, 'pricing-v1: a weight is a whole number from 0 to 1000, got 0.5'],
    ['no weight at all', 'pricing', { 'pricing-v1': 0 }, 'pricing: one version at least needs a weight above 0'],
  ])('refuses %s', async (_, service, weights, message) => {
    await expect((async () => twin.shift(service, weights as Record<string, number>))()).rejects.toThrow(message);
    expect(twin.split('pricing')[0]).toEqual({ version: 'pricing-v1', weight: 90 });
  });
});

test('rotating gives every sidecar another certificate, with no request lost and no Envoy started again', async () => {
  const pids = twin.envoys.map(({ pid }) => pid);
  const listening = twin.instances.filter(({ appPort }) => appPort !== 0);
  const serials = () => Promise.all(listening.map(({ inboundPort }) => serialOf(inboundPort)));
  const before = await serials();
  expect(twin.certificateGeneration).toBe(1);
  const { statuses, asked } = await underTraffic(async () => {
    await twin.rotateCertificates();
    await twin.rotateCertificates();
  });
  expect(statuses).toEqual({ 200: asked });
  const after = await serials();
  expect(after.filter((serial, index) => serial === before[index])).toEqual([]);
  expect(twin.certificateGeneration).toBe(3);
  expect(twin.envoys.map(({ pid }) => pid)).toEqual(pids);
  // Who has been given a certificate is who connects with it.
  expect(await product()).toMatchObject({ status: 200 });
});

describe('the architecture with another split', () => {
  const target = [{ version: 'pricing-v2', weight: 1 }];
  const pricing = architecture.services.find(({ name }) => name === 'pricing')!;

  test('has it at the service, at its callers and at its gateways, and nowhere else', () => {
    const moved = shifted(architecture, pricing, target);
    expect(moved.services.find(({ name }) => name === 'pricing')?.rules.map(({ to }) => to)).toEqual([
      [{ version: 'pricing-v2', weight: 100 }],
      target,
      target,
    ]);
    expect(moved.services.filter(({ name }) => name !== 'pricing')).toEqual(architecture.services.filter(({ name }) => name !== 'pricing'));
    expect(moved.calls.filter(({ to }) => to !== 'pricing')).toEqual(architecture.calls.filter(({ to }) => to !== 'pricing'));
    expect(moved.calls.find(({ to }) => to === 'pricing')?.rules.at(-1)?.to).toEqual(target);
    expect(moved.gateways).toEqual(architecture.gateways);
  });

  test('leaves a rule alone that says the very split that the traffic has: it was said, so it stays', () => {
    const listen = { protocol: 'http', port: 8080 } as const;
    const tea = resolve(
      defineArchitecture({
        name: 'tea',
        services: {
          price: {
            listen,
            versions: { v1: { image: 'a' }, v2: { image: 'b' } },
            traffic: { v1: 90, v2: 10 },
            routes: [
              { match: { path: '/fixed' }, to: { v1: 90, v2: 10 } },
              { match: { path: '/moves' }, timeout: '1s' },
              { match: { path: '/none' }, respond: { status: 204 } },
            ],
          },
        },
      }),
    );
    const [price] = tea.services;
    expect(price!.rules.map(({ followsTraffic }) => followsTraffic)).toEqual([false, true, false, true]);
    const next = [{ version: 'price-v2', weight: 1 }];
    expect(shifted(tea, price!, next).services[0]!.rules.map(({ to }) => to)).toEqual([price!.traffic, next, [], next]);
  });

  test('knows every version once all are named, which changes nothing where all are', () => {
    expect(withEveryVersion(architecture)).toEqual(architecture);
    const without = shifted(architecture, pricing, [{ version: 'pricing-v1', weight: 3 }]);
    expect(withEveryVersion(without).services.find(({ name }) => name === 'pricing')?.traffic).toEqual([
      { version: 'pricing-v1', weight: 3 },
      { version: 'pricing-v2', weight: 0 },
    ]);
  });
});
