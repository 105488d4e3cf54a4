import { another, type Wrong, withGateway, withOrders } from './wrong.js';

const calledBy = (access: unknown): object => withOrders({ access }, { pricing: { ...another, calls: { orders: {} } } });

/** Who may do what. */
export const wrongSecurity: readonly Wrong[] = [
  {
    title: 'access that neither allows nor denies, and with a field that there is not',
    spec: calledBy({ pricing: { allowed: ['GET /orders'] } }),
    says: [
      'services.orders.access.pricing: says neither `allow` nor `deny`; allowed: "*" for any request',
      'services.orders.access.pricing.allowed: is not a known field; did you mean "allow"?',
    ],
  },
  {
    title: 'denying nothing, and allowing what is no request',
    spec: calledBy({ pricing: { allow: ['/orders'], deny: [] } }),
    says: [
      'services.orders.access.pricing.allow[0]: got "/orders"; a route is "METHOD /path", such as "GET /orders/{id}"',
      'services.orders.access.pricing.deny: got []; allowed: a list such as ["GET /orders/{id}"]',
    ],
  },
  {
    title: 'denying all that is allowed',
    spec: calledBy({ pricing: { allow: ['GET /orders/{id}', 'GET /orders/mine'], deny: ['ANY /{all+}'] } }),
    says: ['services.orders.access.pricing.deny: takes away all that `allow` gives; pricing could ask for nothing'],
  },
  {
    title: "denying a gateway's route",
    spec: withGateway(
      {},
      { services: { orders: { ...another, access: { gateways: { deny: ['ANY /orders', 'GET /admin/{rest+}'] } } }, pricing: another } },
    ),
    says: ['services.orders.access.gateways.deny: refuses "GET /orders" of gateway web; narrow it, or remove the route'],
  },
];
