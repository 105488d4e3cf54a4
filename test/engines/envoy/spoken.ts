import { type Architecture, defineArchitecture, type ObservabilitySpec, resolve } from '../../../lib/index.js';
import { quotesDescriptors } from './descriptors/index.js';

/** Two services of gRPC behind routes of JSON and of gRPC-Web, traced by each of the tracers. */
const traced = (name: string, traces: ObservabilitySpec<'agent'>['traces']): Architecture =>
  resolve(
    defineArchitecture({
      name,
      services: {
        quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 }, descriptors: quotesDescriptors },
        orders: {
          image: 'orders',
          listen: { protocol: 'http', port: 8080 },
          ports: { rpc: { protocol: 'grpc', port: 9091 } },
          descriptors: quotesDescriptors,
          calls: { quotes: {} },
        },
      },
      external: { agent: { host: 'agent.example', protocol: 'http', port: 8126 } },
      observability: { traces: traces! },
      gateways: {
        web: {
          kind: 'rest',
          auth: 'public',
          routes: {
            'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
            'PATCH /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
            'GET /all/{prefix+}': { to: 'quotes', rpc: 'acme.Quotes/List' },
            'POST /acme.Quotes/Get': { to: 'quotes', grpcWeb: true },
            'POST /orders': { to: 'orders:rpc', rpc: 'acme.Orders/Place' },
          },
        },
      },
    }),
  );

export const spoken: readonly Architecture[] = [
  traced('spoken', { to: 'agent' }),
  traced('spoken-x-ray', { as: 'x-ray', sample: 1 }),
  traced('spoken-datadog', { as: 'datadog', to: 'agent' }),
];
