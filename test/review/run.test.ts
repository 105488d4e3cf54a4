import { parseArchitecture, resolve } from 'cdk-edge-mesh';
import { check } from '../../lib/checks/index.js';
import { awsPlacement, compileSidecar } from '../../lib/engines/envoy/index.js';
import { review } from '../../lib/review/index.js';

/** The same shop, with and without a program of this machine. */
const shop = (run: object) =>
  resolve(
    parseArchitecture({
      name: 'shop',
      services: {
        orders: { image: 'acme/orders:7', listen: { protocol: 'http', port: 8080 }, calls: { pricing: {} }, ...run },
        pricing: {
          listen: { protocol: 'http', port: 9090 },
          versions: { v1: { image: 'a', ...run }, v2: { image: 'b' } },
          traffic: { v1: 100, v2: 0 },
        },
      },
    }),
  );

test('what runs on one machine changes no engine, no review and no finding', () => {
  const seen = (architecture: ReturnType<typeof shop>) => ({
    review: review(architecture),
    findings: check(architecture),
    sidecars: architecture.services.flatMap(({ versions }) =>
      versions.map((version) => compileSidecar(architecture, version, awsPlacement(architecture, { version }))),
    ),
  });
  expect(seen(shop({ run: { command: 'npm start', env: { LEVEL: 'debug' } } }))).toEqual(seen(shop({})));
});
