/** Something that a user may write, and every problem that is named for it: `path: message`, sorted. */
export interface Wrong {
  readonly title: string;
  readonly spec: unknown;
  readonly says: readonly string[];
}

const orders = { image: 'acme/orders:7', listen: { protocol: 'http', port: 8080 } };
const pricing = { image: 'acme/pricing:1', listen: { protocol: 'http', port: 9090 } };

/** A small shop that is right, with members of its own replaced. */
export const shop = (members: object): object => ({ name: 'shop', services: { orders, pricing }, ...members });

/** The shop, with members of its service `orders` replaced. */
export const withOrders = (members: object, others: object = {}): object =>
  shop({ services: { orders: { ...orders, ...members }, pricing, ...others } });

/** The shop, with a call from orders to pricing. */
export const withCall = (call: unknown, members: object = {}): object => withOrders({ calls: { pricing: call }, ...members });

/** The shop, with one route at orders that matches this. */
export const withMatch = (match: unknown): object => withOrders({ routes: [{ match }] });

/** The shop, with members of its gateway `web` replaced. */
export const withGateway = (members: object, others: object = {}): object =>
  shop({
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['shop'] } },
    gateways: { web: { kind: 'http', auth: 'customers', routes: { 'GET /orders': { to: 'orders' } }, ...members } },
    ...others,
  });

/** The shop, with one route at its gateway. */
export const withRoute = (key: string, route: unknown, others: object = {}): object => withGateway({ routes: { [key]: route } }, others);

/** Another service, for names that are taken. */
export const another = pricing;
