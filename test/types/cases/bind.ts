import { type Bind, defineArchitecture, type ServiceName } from 'cdk-edge-mesh';

const shop = defineArchitecture({
  name: 'shop',
  services: { orders: { listen: { protocol: 'http', port: 8080 }, calls: { stripe: {}, ordersDb: {} } } },
  external: { stripe: { protocol: 'https', host: 'api.stripe.com' }, ordersDb: { protocol: 'tcp', port: 5432 } },
});
type ShopBind = Bind<typeof shop, { image: string }>;

export const complete: ShopBind = { external: { ordersDb: { host: 'db.internal' } }, services: { orders: { image: 'orders:7' } } };
export const forgotten: ShopBind = { external: {} }; //! Property 'ordersDb' is missing in type '{}'
export const empty: ShopBind = {}; //! Property 'external' is missing in type '{}'
export const unknown: ShopBind = { external: { ordersDb: { host: 'a' } }, services: { order: { image: 'b' } } }; //! 'order' does not exist in type
export const service: ServiceName<typeof shop> = 'order'; //! Type '"order"' is not assignable to type '"orders"'.

const closed = defineArchitecture({ name: 'closed', services: { orders: { listen: { protocol: 'http', port: 8080 } } } });
export const nothing: Bind<typeof closed> = {};
