import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { notReproduced, type Twin, up } from '../../lib/twin/index.js';
import { ask, counted, times } from './client.js';

const limit = { requests: 1, unit: 'day' } as const;
const architecture = resolve(
  defineArchitecture({
    name: 'limited',
    mesh: { rateLimitService: { to: 'limits', timeout: '5s', unavailable: 'admit' } },
    services: {
      client: { image: 'client', calls: { open: {}, shut: {} } },
      open: { image: 'open', listen: { protocol: 'http', port: 8080 }, globalRateLimit: limit },
      shut: { image: 'shut', listen: { protocol: 'http', port: 8081 }, globalRateLimit: { ...limit, unavailable: 'refuse' } },
    },
    external: { limits: { host: 'limits.example', protocol: 'https' } },
  }),
);

let twin: Twin;
beforeAll(async () => {
  twin = await up(architecture);
});
afterAll(() => twin?.stop());

test('nobody counts in a twin: requests pass, or are refused, as declared for such a day', async () => {
  const statuses = async (callee: string) => {
    const answers = await times(3, () => ask(`http://127.0.0.1:${twin.instance('client').localPorts.get(callee)}/`));
    return counted(answers.map(({ status }) => status));
  };
  expect(await statuses('open')).toEqual({ 200: 3 });
  expect(await statuses('shut')).toEqual({ 503: 3 });
});

test('and it says so when it starts, unless who counts is let through', () => {
  const lines = [
    'who counts for all instances: what open would limit passes',
    'who counts for all instances: what shut would limit is answered 503',
  ];
  expect(notReproduced(architecture)).toEqual(expect.arrayContaining(lines));
  expect(notReproduced(architecture, new Set(['limits'])).filter((line) => line.includes('counts'))).toEqual([]);
});
