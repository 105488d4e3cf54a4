import { lacks } from '../../lib/gateway/capabilities.js';
import { defineArchitecture, resolve } from '../../lib/index.js';
import { quotesDescriptors } from '../engines/envoy/descriptors/index.js';

const declared = (kind: 'rest' | 'http') =>
  resolve(
    defineArchitecture({
      name: 'lacking',
      external: { one: { host: 'one.example.com', protocol: 'https' } },
      authorizers: {
        staff: { kind: 'jwt', issuer: 'https://id.example.com', audience: ['a'], jwks: 'https://keys.example.com/jwks' },
        unused: { kind: 'jwt', issuer: 'https://id.example.com', audience: ['a'], jwks: 'https://keys.example.com/others' },
      },
      gateways: {
        web: {
          kind,
          auth: 'staff',
          routes: {
            'GET /a/{b}': { to: 'one' },
            'POST /a/{c}': { to: 'one' },
            'GET /x~y': { to: 'one' },
            'GET /status': { respond: { status: 204 } },
          },
        },
      },
    }),
  );

const lackedBy = (kind: 'rest' | 'http') => {
  const { gateways, authorizers } = declared(kind);
  return lacks(gateways[0]!, authorizers).map(({ at, feature, is }) => `${feature} ${at}: ${is}`);
};

test('a REST API lacks characters, and names a place once', () => {
  expect(lackedBy('rest')).toEqual([
    'path-characters gateways.web.routes["GET /x~y"]: GET /x~y has other characters',
    'parameter-names gateways.web.routes["POST /a/{c}"]: POST /a/{c} and GET /a/{b} name one place differently',
  ]);
});

test('an HTTP API lacks answers of its own, and keys in other places than the issuer says', () => {
  expect(lackedBy('http')).toEqual([
    'respond gateways.web.routes["GET /status"]: GET /status answers 204 by itself',
    'jwks authorizers.staff.jwks: the keys of staff are at https://keys.example.com/jwks',
  ]);
});

test('the reason is that of the table', () => {
  const [respond] = lacks(declared('http').gateways[0]!);
  expect(respond!.reason).toBe('an HTTP API has no answer of its own; a REST API has');
});

test('gRPC needs gRPC-Web, which a REST API passes on as text alone, and no kind passes on WebSockets', () => {
  const spoken = (kind: 'rest' | 'http') => {
    const { gateways } = resolve(
      defineArchitecture({
        name: 'spoken',
        services: {
          quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 }, descriptors: quotesDescriptors },
          chat: {
            image: 'chat',
            listen: { protocol: 'http', port: 8080 },
            routes: [{ match: { path: '/rooms/{room}' }, upgrade: 'websocket' }],
          },
        },
        gateways: {
          web: {
            kind,
            auth: 'public',
            routes: {
              'GET /rooms/{room}': { to: 'chat' },
              'POST /acme.Quotes/Get': { to: 'quotes', grpcWeb: true },
              'POST /acme.Quotes/List': { to: 'quotes' },
              'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' },
              'POST /rooms': { to: 'chat' },
            },
          },
        },
      }),
    );
    return lacks(gateways[0]!).map(({ feature, is, reason }) => `${feature}: ${is}, but ${reason}`);
  };
  const both = [
    'websocket: GET /rooms/{room} leads to WebSockets of chat, but REST and HTTP APIs pass on requests, each with its answer; a WebSocket is neither',
    'grpc: POST /acme.Quotes/List asks quotes by gRPC, but API Gateway asks over HTTP/1.1, which has no trailers; clients can by JSON: `rpc`, or gRPC-Web: `grpcWeb: true`',
  ];
  expect(spoken('http')).toEqual(both);
  expect(spoken('rest')).toEqual([
    both[0],
    'grpc-web: POST /acme.Quotes/Get asks quotes by gRPC-Web, but a REST API passes on text: clients have to use application/grpc-web-text',
    both[1],
  ]);
});
