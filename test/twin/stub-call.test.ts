import { parseArchitecture, resolve } from 'cdk-edge-mesh';
import { type StubCall, stubCall } from '../../lib/twin/stub-call.js';

function callOf(call: object, callee: object = {}): StubCall {
  const architecture = resolve(
    parseArchitecture({
      name: 'shop',
      services: {
        orders: { image: 'orders:1', calls: { catalog: call } },
        catalog: { image: 'catalog:1', listen: { protocol: 'http', port: 8080 }, ...callee },
      },
    }),
  );
  return stubCall(architecture, architecture.calls[0]!, 4711);
}

test('without declared access a stub asks for the root', () => {
  expect(callOf({})).toEqual({ to: 'catalog', protocol: 'http', method: 'GET', path: '/', token: false, times: 1, port: 4711 });
});

test('with declared access it asks for the first thing it may ask for', () => {
  expect(callOf({}, { access: { orders: ['POST /items/{id}/tags/{tag}', 'GET /items'] } })).toMatchObject({
    method: 'POST',
    path: '/items/42/tags/42',
  });
});

test('it calls as often as declared, five times at most', () => {
  expect(callOf({ fanOut: 3 }).times).toBe(3);
  expect(callOf({ fanOut: 50 }).times).toBe(5);
});
