import { compile, lost } from '../../../lib/engines/app-mesh/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';

const listen = { protocol: 'http', port: 8080 } as const;
const subject = (further: boolean) =>
  resolve(
    defineArchitecture({
      name: 'shop',
      services: {
        pricing: { image: 'pricing', listen, ...(further ? { ports: { metrics: { protocol: 'http', port: 9102 } as const } } : {}) },
        scraper: { image: 'scraper', calls: { pricing: {}, ...(further ? { 'pricing:metrics': { timeout: '20s' } as const } : {}) } },
      },
      gateways: {
        web: {
          kind: 'http',
          auth: 'public',
          routes: { 'GET /prices': { to: 'pricing' }, ...(further ? { 'GET /numbers': { to: 'pricing:metrics' } as const } : {}) },
        },
      },
    }),
  );

test('calls and routes to further ports are lost, and said to be', () => {
  const losses = lost(subject(true)).filter(({ feature }) => feature === 'further-ports');
  expect(losses.map(({ at, is, severity }) => `${severity} ${at}: ${is}`)).toEqual([
    'error gateways.web.routes["GET /numbers"]: GET /numbers cannot reach pricing:metrics',
    'error services.scraper.calls["pricing:metrics"]: scraper cannot call pricing:metrics',
  ]);
  expect(lost(subject(false)).filter(({ feature }) => feature === 'further-ports')).toEqual([]);
});

test('the rest is what it is without them: nothing of a further port is taken for where the service listens', () => {
  expect(compile(subject(true))).toEqual(compile(subject(false)));
});
