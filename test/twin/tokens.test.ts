import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { type Twin, up } from '../../lib/twin/index.js';
import { ask } from './client.js';

let twin: Twin;

beforeAll(async () => {
  const declared = defineArchitecture({
    name: 'tokens',
    services: {
      desk: { listen: { protocol: 'http', port: 8080 }, calls: { clerk: {} } },
      clerk: { listen: { protocol: 'http', port: 8081 }, calls: { vault: {}, bank: {} } },
      vault: { listen: { protocol: 'http', port: 8082 }, tokens: { use: 'customers', claims: { role: 'owner' } } },
    },
    external: { bank: { protocol: 'http', host: 'bank.example' } },
    authorizers: { customers: { kind: 'jwt', issuer: 'https://login.example/', audience: ['tokens'] } },
    gateways: { web: { kind: 'http', auth: 'customers', routes: { 'GET /desk': { to: 'desk' } } } },
  });
  twin = await up(resolve(declared));
});
afterAll(() => twin?.stop());

test('claims come before what a token has anyway, so that one to be refused can be made', async () => {
  const statuses = await Promise.all(
    [{ exp: 1 }, { iss: 'https://elsewhere.example/' }, { aud: 'others' }, { sub: 'bob' }].map(async (claims) => {
      const token = await twin.token('customers', { claims: { role: 'owner', ...claims } });
      return (await ask(`${twin.gateways[0]!.url}/desk`, { headers: { authorization: `Bearer ${token}` } })).status;
    }),
  );
  expect(statuses).toEqual([401, 401, 401, 200]);
});

interface Seen {
  readonly headers: Record<string, string>;
  readonly calls: readonly { readonly to: string; readonly status: number | string; readonly answer: Seen }[];
}

async function visit(role: string) {
  const token = await twin.token('customers', { claims: { role } });
  const { status, text } = await ask(`${twin.gateways[0]!.url}/desk`, { headers: { authorization: `Bearer ${token}` } });
  const clerk = (JSON.parse(text) as Seen).calls[0]!.answer;
  return { status, token, text, calls: clerk.calls.map(({ to, status }) => [to, status]) };
}

test("[tokens-inside] a user's token passes over two hops and is verified where it is asked for", async () => {
  expect(await visit('owner')).toMatchObject({ status: 200, calls: expect.arrayContaining([['vault', 200]]) });
  const { status, token, text, calls } = await visit('guest');
  expect({ status, calls }).toEqual({
    status: 502,
    calls: expect.arrayContaining([
      ['vault', 403],
      ['bank', 200],
    ]),
  });
  expect(text).not.toContain(token);
  expect((await twin.statistics('vault-1'))['http.inbound.rbac.claims.denied']).toBe(1);
});
