import { shop, type Wrong, withCall, withGateway, withOrders, withRoute } from './wrong';

/** A class of CDK's, as somebody may put it where data is due. */
class AssetImage {}
const unread = {
  get LEVEL(): string {
    throw new Error('no level');
  },
};
const issued = (issuer: string): object => withGateway({}, { authorizers: { customers: { kind: 'jwt', issuer, audience: ['shop'] } } });
const url = 'an https URL, without ? and #';
const image = 'a container image, such as "ghcr.io/acme/orders:7"';
const whole = 'a text of whole characters, without the character 0';
const nameless = new (class {})();

/** What a machine, a paste or a stranger's library makes of data, and no person would write. */
export const oddities: readonly Wrong[] = [
  {
    title: 'an image of CDK',
    spec: withOrders({ image: new AssetImage() }),
    says: [
      'services.orders.image: got an instance of AssetImage; allowed: plain data, such as JSON holds; leave it out here and give the value in `bind` of the construct',
    ],
  },
  {
    title: 'an instance of a class without a name',
    spec: withOrders({ scale: nameless }),
    says: ['services.orders.scale: got an instance of a class without a name; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'a bigint within what is shown',
    spec: withOrders({ image: { tag: 7n } }),
    says: [
      `services.orders.image: got {"tag":"7n"}; allowed: ${image}`,
      'services.orders.image.tag: got a bigint; allowed: plain data, such as JSON holds',
    ],
  },
  {
    title: 'a getter that throws',
    spec: withOrders({ env: unread }),
    says: ['services.orders.env: cannot be read: no level; allowed: plain data, such as JSON holds'],
  },
  {
    title: 'half a character, and the end of a text in C',
    spec: withOrders({ command: ['\ud83d'], env: { A: 'a\0b', '\ud83d': 'x' } }),
    says: [
      `services.orders.command[0]: got "\\ud83d"; allowed: ${whole}`,
      `services.orders.env.A: got "a\\u0000b"; allowed: ${whole}`,
      'services.orders.env["\\ud83d"]: "\\ud83d" cannot be a name; allowed: whole characters, without the character 0',
    ],
  },
  ...['https://login.example:99999/', 'https://256.1.1.1/', 'https://login.example/é', 'https://login.example/?a'].map(
    (issuer): Wrong => ({
      title: `${issuer} for an issuer`,
      spec: issued(issuer),
      says: [`authorizers.customers.issuer: got ${JSON.stringify(issuer)}; allowed: ${url}`],
    }),
  ),
  ...['https://ghcr.io/acme/orders', 'acme/orders:', 'acme/orders:7:8', 'acme//orders', 'acme/orders@sha256:7', 'Acme/orders'].map(
    (written): Wrong => ({
      title: `${written} for an image`,
      spec: withOrders({ image: written }),
      says: [`services.orders.image: got ${JSON.stringify(written)}; allowed: ${image}`],
    }),
  ),
  {
    title: 'rates so small that nothing could be waited for',
    spec: withGateway(
      { throttle: { rate: 1e-9, burst: 1 } },
      { services: { orders: { listen: { protocol: 'http', port: 80 }, rateLimit: { rate: 5e-324, burst: 1 } } } },
    ),
    says: [
      'gateways.web.throttle.rate: got 1e-9; allowed: requests a second, from 0.001 to 10000',
      'services.orders.rateLimit.rate: got 5e-324; allowed: requests a second, from 0.001 to 100000',
    ],
  },
  {
    title: 'calls without number',
    spec: withCall({ fanOut: 1e200 }),
    says: ['services.orders.calls.pricing.fanOut: got 1e+200; allowed: a number above 0, at most 1000'],
  },
  {
    title: 'numbers in an answer that JSON does not have',
    spec: withRoute('GET /a', { respond: { status: 200, json: { a: Number.NaN, b: [1, undefined], c: undefined } } }),
    says: [
      'gateways.web.routes["GET /a"].respond.json.a: got NaN; allowed: JSON',
      'gateways.web.routes["GET /a"].respond.json.b[1]: is missing; allowed: JSON',
    ],
  },
  {
    title: 'a header that Envoy would not take',
    spec: withOrders({ routes: [{ headers: { request: { set: { 'x-a': 'x'.repeat(5_000) } } } }] }),
    says: [
      `services.orders.routes[0].headers.request.set.x-a: got "${'x'.repeat(56)}…; allowed: a text of ASCII characters, at most 4096, without spaces around it`,
    ],
  },
  {
    title: 'texts that are no text to match',
    spec: withOrders({ routes: [{ match: { headers: { a: { prefix: '' }, b: { suffix: ' x' } }, query: { c: { prefix: 'a\nb' } } } }] }),
    says: [
      'services.orders.routes[0].match.headers.a.prefix: got ""; allowed: a text, in one line, without spaces around it',
      'services.orders.routes[0].match.headers.b.suffix: got " x"; allowed: a text, in one line, without spaces around it',
      'services.orders.routes[0].match.query.c.prefix: got "a\\nb"; allowed: a text, in one line, without spaces around it',
    ],
  },
  {
    title: 'a fail-over to the caller itself',
    spec: withCall({ failover: ['orders', 'ordrs', 'elsewhere'] }, {}),
    says: [
      'services.orders.calls.pricing.failover[0]: orders asks, and cannot answer itself; name another',
      'services.orders.calls.pricing.failover[1]: "ordrs" is not another service or external; none is declared',
      'services.orders.calls.pricing.failover[2]: "elsewhere" is not another service or external; none is declared',
    ],
  },
  {
    title: 'a call that is nearest to the caller itself',
    spec: withOrders({ calls: { order: {} } }),
    says: ['services.orders.calls.order: "order" is not a service or external; allowed: pricing'],
  },
  {
    title: 'a number for a service of an environment, and for a version of it',
    spec: Object.assign(withOrders({ versions: { v1: {} } }), {
      environments: { prod: { services: { orders: { versions: { v1: 7 } }, pricing: 7 } } },
    }),
    says: [
      'environments.prod.services.orders.versions.v1: got 7; allowed: { image?, scale?, env? }',
      'environments.prod.services.pricing: got 7; allowed: { image?, scale?, env?, versions? }',
    ],
  },
  {
    title: 'services as a list, with a bigint in it',
    spec: shop({ services: [1n] }),
    says: [
      'services: got ["1n"]; allowed: a map from names to services',
      'services[0]: got a bigint; allowed: plain data, such as JSON holds',
    ],
  },
];
