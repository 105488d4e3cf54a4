import { quotesDescriptors } from '../../../engines/envoy/descriptors/index.js';
import { shop, type Wrong } from './wrong.js';

const quotes = { image: 'acme/quotes:1', listen: { protocol: 'grpc', port: 9090 }, descriptors: quotesDescriptors };
const withQuotes = (members: object): object => shop({ services: { quotes: { ...quotes, ...members } } });
const routed = (routes: object, members: object = {}): object =>
  shop({
    services: { quotes: { ...quotes, ...members }, web: { image: 'web', listen: { protocol: 'http', port: 8080 } } },
    gateways: { web: { kind: 'http', auth: 'public', routes } },
  });

/** JSON that the ingress is to make gRPC of. */
export const wrongJsonRoutes: readonly Wrong[] = [
  {
    title: 'descriptors that are none',
    spec: withQuotes({ descriptors: 'quotes.pb' }),
    says: ['services.quotes.descriptors: got "quotes.pb"; allowed: a FileDescriptorSet in base64, at most 1 MiB'],
  },
  {
    title: 'a file of protobuf itself for its descriptors',
    spec: withQuotes({ descriptors: Buffer.from('syntax = "proto3";').toString('base64') }),
    says: [
      'services.quotes.descriptors: are no FileDescriptorSet: illegal tag: field no 13 wire type 7; allowed: the file that `protoc --include_imports --descriptor_set_out=FILE` writes, in base64',
    ],
  },
  {
    title: 'descriptors of messages alone',
    spec: withQuotes({ descriptors: 'CgYKBGEucGI=' }),
    says: [
      'services.quotes.descriptors: describe no service of gRPC; allowed: the file that `protoc --include_imports --descriptor_set_out=FILE` writes, in base64',
    ],
  },
  {
    title: 'descriptors of what speaks no gRPC',
    spec: withQuotes({ listen: { protocol: 'http', port: 8080 } }),
    says: ["services.quotes.descriptors: are of gRPC, and quotes has no listener that speaks it; remove this, or say `protocol: 'grpc'`"],
  },
  {
    title: 'JSON to what has no such method',
    spec: routed({
      'GET /a': { to: 'quotes', rpc: 'acme.Quotes/Gte' },
      'GET /b': { to: 'quotes', rpc: 'Get' },
      'GET /c': { to: 'web', rpc: 'acme.Quotes/Get' },
      'GET /d': { to: 'quotes', rpc: 'acme.Quotes/Watch' },
    }),
    says: [
      'gateways.web.routes["GET /a"].rpc: "acme.Quotes/Gte" is not a method in services.quotes.descriptors; did you mean "acme.Quotes/Get"?',
      'gateways.web.routes["GET /b"].rpc: got "Get"; allowed: a gRPC method, such as "acme.Quotes/Get"',
      'gateways.web.routes["GET /c"].rpc: web is no service that speaks grpc; remove this, or choose another target',
      'gateways.web.routes["GET /d"].rpc: acme.Quotes/Watch takes a stream of messages, and a request in JSON is one; choose a method that takes one',
    ],
  },
  {
    title: 'JSON to a service that does not say what it takes',
    spec: routed({ 'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' } }, { descriptors: undefined }),
    says: [
      'gateways.web.routes["GET /quotes/{sku}"].rpc: needs services.quotes.descriptors, which say what acme.Quotes/Get takes and answers',
    ],
  },
  {
    title: 'paths that are no fields, methods that nothing is bound to, and what cannot be said beside',
    spec: routed({
      'GET /a/{skv}/{tag}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
      'GET /b/{tag}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
      'GET /c:now': { to: 'quotes', rpc: 'acme.Quotes/Get' },
      'ANY /d': { to: 'quotes', rpc: 'acme.Quotes/Get' },
      'HEAD /e': { to: 'quotes', rpc: 'acme.Quotes/Get' },
      'POST /f': { to: 'quotes', rpc: 'acme.Quotes/Get', path: '/g', grpcWeb: true },
      'GET /h': { respond: { status: 200 }, rpc: 'acme.Quotes/Get' },
    }),
    says: [
      'gateways.web.routes["ANY /d"]: got ANY; a route with `rpc` is one of GET, POST, PUT, PATCH, DELETE',
      'gateways.web.routes["GET /a/{skv}/{tag}"]: {skv}: "skv" is not a field of acme.GetRequest; did you mean "sku"?',
      'gateways.web.routes["GET /b/{tag}"]: {tag} is a list or a message in acme.GetRequest; a path has one value for it',
      'gateways.web.routes["GET /c:now"]: got "/c:now"; beside `rpc` a path has segments of letters, digits and ._~-, not "c:now"',
      'gateways.web.routes["GET /h"].rpc: means nothing beside `respond`, which asks no service; remove it',
      'gateways.web.routes["HEAD /e"]: got HEAD; a route with `rpc` is one of GET, POST, PUT, PATCH, DELETE',
      'gateways.web.routes["POST /f"].grpcWeb: clients of a route speak JSON or gRPC-Web; remove this, or `rpc`',
      'gateways.web.routes["POST /f"].path: means nothing beside `rpc`, which says what the service sees; remove one of the two',
    ],
  },
  {
    title: 'access that knows the path of clients only',
    spec: routed({ 'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' } }, { access: { gateways: ['GET /quotes/{sku}'] } }),
    says: [
      'services.quotes.access.gateways: leaves out "GET /quotes/{sku}" of gateway web, which asks for "POST /acme.Quotes/Get"; list it here, or remove the route',
    ],
  },
];
