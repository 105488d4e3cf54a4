import { defineArchitecture, defineService, vocabulary } from 'cdk-edge-mesh';

const listen = { protocol: 'http', port: 8080 } as const;

const catalog = defineService({ listen, calls: { pricing: { use: 'quick' } } });
const pricing = defineService({ listen, versions: { v1: {}, v2: {} }, traffic: { v1: 90, v2: 10 }, routes: [{ to: 'v2' }] });
const nightly = defineService({ calls: { catalog: {}, stripe: {} } });
const external = { stripe: { protocol: 'https', host: 'api.stripe.com' } } as const;
const policies = { quick: { timeout: '600ms' } } as const;

// fragments that fit
defineArchitecture({ name: 'shop', policies, services: { catalog, pricing, nightly }, external });

// a callee that nobody declares, where the fragments meet
defineArchitecture({
  name: 'shop',
  policies,
  services: {
    catalog,
    pricing,
    nightly, //! Type '"stripe"' is not assignable to type '"catalog" | "nightly" | "pricing"'.
  },
});

// a policy that nobody declares
defineArchitecture({
  name: 'shop',
  services: {
    catalog, //! Type '"quick"' is not assignable to type 'never'.
    pricing,
  },
});

// a fragment's own versions, in its own file
defineService({ listen, versions: { v1: {} }, traffic: { v2: 100 } }); //! 'v2' does not exist in type 'SplitSpec<"v1">'
defineService({ listen, calls: { pricing: { timeout: '2 seconds' } } }); //! Type '"2 seconds"' is not assignable to type
defineService({ listen, timeout: '2s' }); //! 'timeout' does not exist in type

// a version of a fragment, where they meet
defineArchitecture({
  name: 'shop',
  services: { pricing },
  environments: { prod: { services: { pricing: { versions: { v3: {} } } } } }, //! 'v3' does not exist in type
});

// with a vocabulary, the callees in the fragment's own file
const shop = vocabulary(['catalog', 'pricing', 'stripe']);
const orders = shop.service({ listen, calls: { catalog: { timeout: '1s' }, stripe: { use: 'quick' } } });
shop.service({ listen, calls: { catalgo: {} } }); //! 'catalgo' does not exist in type
shop.service({ listen, versions: { v1: {} }, routes: [{ to: 'v2' }] }); //! Type '"v2"' is not assignable to type '"v1" | SplitSpec<"v1"> | undefined'.
shop.service({ listen, access: { catalgo: '*' } }); //! 'catalgo' does not exist in type

defineArchitecture({ name: 'shop', policies, services: { catalog, pricing, orders }, external });

// a vocabulary with a name that the architecture lacks
defineArchitecture({
  name: 'shop',
  policies,
  services: {
    catalog,
    pricing,
    orders, //! Type '"stripe"' is not assignable to type '"catalog" | "orders" | "pricing"'.
  },
});

// further ports of fragments
const gauge = defineService({ listen, ports: { metrics: { protocol: 'http', port: 9102 } } });
const scraper = defineService({ calls: { 'gauge:metrics': {} } });
const measured = vocabulary(['gauge', 'scraper']);
const meter = measured.service({ listen, ports: { metrics: { protocol: 'http', port: 9102 } }, calls: { 'gauge:metrics': {} } });
defineArchitecture({ name: 'shop', services: { gauge, scraper } });
defineArchitecture({
  name: 'shop',
  services: { gauge, scraper, plain: defineService({ listen }), reader: defineService({ calls: { 'gauge:metrics': {} } }) },
});
defineArchitecture({ name: 'shop', services: { gauge, scraper, meter, reader: { calls: { 'gauge:metrics': {}, 'meter:metrics': {} } } } });

// one that a fragment calls and nobody has
const blind = defineService({ calls: { 'gauge:metric': {} } });
defineArchitecture({
  name: 'shop',
  services: {
    gauge,
    blind, //! Type '"gauge:metric"' is not assignable to type '"blind" | "gauge" | "gauge:metrics"'. Did you mean '"gauge:metrics"'?
  },
});
