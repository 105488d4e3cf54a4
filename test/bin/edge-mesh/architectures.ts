import { type Declaration, defineArchitecture } from 'cdk-edge-mesh';
import bookinfo from '../../../bin/bookinfo/architecture';
import shop from '../../../bin/shop/architecture';

const listen = { protocol: 'http', port: 8080 } as const;

/** A gateway's route without auth, which is an error. */
const open = defineArchitecture({
  name: 'open',
  services: { orders: { image: 'acme/orders:7', listen } },
  gateways: { web: { kind: 'http', routes: { 'GET /orders': { to: 'orders' } } } },
});

/** A service that nobody asks, which is a warning. */
const lonely = defineArchitecture({ name: 'lonely', services: { orders: { image: 'acme/orders:7', listen } } });

/** A worker whose network redirects what it sends. */
const intercepted = defineArchitecture({ name: 'intercepted', services: { one: { image: 'acme/one:7', interception: true } } });

/** What a module of that name would export; the file itself is only looked for. */
const counted = defineArchitecture({
  name: 'counted',
  mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } },
  services: { one: { image: 'acme/one:7', listen: { protocol: 'http', port: 8080 }, globalRateLimit: { requests: 5, unit: 'minute' } } },
  external: { limits: { host: 'limits.example', protocol: 'https' } },
});

export const architectures = { shop, bookinfo, open, lonely, intercepted, counted } satisfies Record<string, Declaration>;

/** Stands in for `import()`: `…/shop.ts` is the shop. */
export const importing = async (file: string): Promise<unknown> => {
  const name = /([a-z]+)\.ts$/.exec(file)?.[1];
  return { default: architectures[name as keyof typeof architectures] };
};
