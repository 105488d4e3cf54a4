import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

const architecture = resolve(
  defineArchitecture({
    name: 'trial',
    services: {
      client: { image: 'client', calls: { orders: {} } },
      reader: { image: 'reader', calls: { orders: {} } },
      orders: {
        image: 'orders',
        listen: { protocol: 'http', port: 8080 },
        access: {
          client: { deny: ['ANY /admin/{rest+}', 'GET /orders/{id}/card'] },
          reader: { allow: ['GET /orders/{path+}'], deny: ['ANY /orders/7/{rest+}'] },
        },
      },
    },
  }),
);
const named = (name: string) => architecture.services.find((each) => each.name === name)!;
const at = (port: number) => ({ address: '127.0.0.1', port });

let trial: Trial;
let port: number;
let seen: string[] = [];

beforeAll(async () => {
  trial = await Trial.of(architecture);
  const app = await trial.app((request, response) => {
    seen.push(request.url!);
    response.end();
  });
  port = trial.port();
  await trial.start({
    orders: compileSidecar(architecture, named('orders').versions[0]!, trial.placement('orders', { inbound: at(port), app: at(app.port) })),
  });
});

afterAll(() => trial.stop());

beforeEach(() => {
  seen = [];
});

const denied = async () => (await trial.statistics('orders', 'http.inbound.rbac.denied'))['http.inbound.rbac.denied']!;

async function ask(caller: string, path: string, method = 'GET') {
  const before = await denied();
  const { status } = await trial.sendAs(named(caller).identity, { port, path, method });
  return { status, refused: (await denied()) - before };
}

test.each([
  ['client', '/admin/users'],
  ['client', '/Admin/users'],
  ['client', '/%61dmin/users'],
  ['client', '/%41dmin/users'],
  ['client', '/admin;v=1/users'],
  ['client', '/admin/users/'],
  ['client', '//admin//users'],
  ['client', '/open/../admin/users'],
  ['client', '/open/%2e%2e/admin/users'],
  ['client', '/admin/users?open=1'],
  ['client', '/admin\\users'],
  ['client', '/orders/7/card'],
  ['client', '/orders/7/card/'],
  ['client', '/orders/7/c%61rd;x'],
  ['client', '/orders/7/card', 'HEAD'],
  ['reader', '/orders/7/card'],
  ['reader', '/orders/%37/card'],
] as [string, string, string?][])('[access-deny] %s is refused %s, however it is spelled', async (caller, path, method = 'GET') => {
  expect(await ask(caller, path, method)).toEqual({ status: 403, refused: 1 });
  expect(seen).toEqual([]);
});

test.each([
  ['client', '/administration'],
  ['client', '/admin'],
  ['client', '/orders/7/card', 'POST'],
  ['client', '/orders/7/cards'],
  ['reader', '/orders/8/card'],
  ['reader', '/orders/77/card'],
] as [string, string, string?][])('[access-deny] %s may ask for %s, which only looks like it', async (caller, path, method = 'GET') => {
  expect(await ask(caller, path, method)).toEqual({ status: 200, refused: 0 });
  expect(seen).toEqual([path]);
});

test('what is neither allowed nor denied is refused', async () => {
  expect(await ask('reader', '/other')).toEqual({ status: 403, refused: 1 });
});
