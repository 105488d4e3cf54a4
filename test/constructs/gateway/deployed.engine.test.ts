import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolve } from 'cdk-edge-mesh';
import bookinfo from '../../../bin/bookinfo/architecture.js';
import shop from '../../../bin/shop/architecture.js';
import { createSigningKey } from '../../../lib/twin/signing-key.js';
import { findAuthorizer, signToken, type TokenOptions } from '../../../lib/twin/token.js';
import { Emulator } from './emulator/emulator.js';
import { leaveGateway } from './emulator/gateway-alone.js';
import { type Surroundings, startSurroundings } from './emulator/surroundings.js';

let around: Surroundings;
let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  around = await startSurroundings();
  emulator = await Emulator.start();
  folder = mkdtempSync(join(tmpdir(), 'edge-mesh-deployed-'));
}, 300_000);

afterAll(async () => {
  await emulator?.stop();
  await around?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  around.arrived.length = 0;
});

interface Deployed {
  /** The status of a request. */
  ask(method: string, path: string, token?: string): Promise<number>;
  /** What is not as deployed. */
  readonly written: readonly string[];
}

/** `cdk synth` and `cdk deploy`, as a user types them. */
async function deploy(app: string, stack: string, stage: string): Promise<Deployed> {
  const synthesized = join(folder, app);
  const command = `node --conditions=@cdk-edge-mesh/source --import tsx bin/${app}/app.ts`;
  await emulator.cdk('synth', '--quiet', '--app', command, '--output', synthesized);
  const written = leaveGateway(synthesized, stack, 'web', around);
  const { ApiId = '' } = await emulator.deploy(synthesized, stack);
  return { written, ask: async (...request) => (await emulator.ask(ApiId, stage, ...request)).status };
}

/** How a client may come: what its token is like, and what it gets. */
const badTokens: readonly [string, TokenOptions][] = [
  ['that has expired', { expiresIn: -60 }],
  ['for somebody else', { audience: 'another' }],
  ['of another issuer', { issuer: 'https://elsewhere.example/' }],
];

describe("shop's REST API on the emulator", () => {
  const customers = findAuthorizer(resolve(shop, { environment: 'prod' }), 'customers');
  const token = async (options: TokenOptions = {}, key = around.key) => signToken(customers, key, options);
  let deployed: Deployed;
  const ask: Deployed['ask'] = (...request) => deployed.ask(...request);

  beforeAll(async () => {
    deployed = await deploy('shop', 'Shop', 'prod');
  }, 120_000);

  test('all but this is as deployed', () => {
    expect(deployed.written).toEqual([
      'AWS::ApiGateway::Authorizer AuthorizerResultTtlInSeconds',
      'AWS::ApiGateway::Authorizer IdentitySource',
      'AWS::ApiGateway::Method Integration.ConnectionId',
      'AWS::ApiGateway::Method Integration.ConnectionType',
      'AWS::ApiGateway::Method Integration.IntegrationTarget',
      'AWS::ApiGateway::Method Integration.Uri',
      'AWS::Lambda::Function Environment.Variables.AUTHORIZER.jwks',
    ]);
  });

  test('a public route needs no token, and the gateway answers by itself where it is told to', async () => {
    expect(await ask('GET', '/products/7')).toBe(200);
    expect(around.arrived).toEqual(['GET /products/7']);
    expect(await ask('GET', '/status')).toBe(200);
    expect(around.arrived).toHaveLength(1);
  });

  test('what is no route is refused', async () => {
    expect([await ask('GET', '/admin'), await ask('DELETE', '/orders/7'), await ask('GET', '/orders/7/refund')]).toEqual([403, 403, 403]);
    expect(around.arrived).toEqual([]);
  });

  test('the function lets a good token pass', async () => {
    expect(await ask('GET', '/orders/7', await token())).toBe(200);
    expect(await ask('PUT', '/legacy/a/b', await token())).toBe(200);
    expect(around.arrived).toEqual(['GET /orders/7', 'PUT /a/b']);
  });

  test('a token without the scope is refused, one with it passes', async () => {
    expect(await ask('POST', '/orders', await token())).toBe(403);
    expect(await ask('POST', '/orders', await token({ scopes: ['orders:writes'] }))).toBe(403);
    expect(around.arrived).toEqual([]);
    expect(await ask('POST', '/orders', await token({ scopes: ['orders:read', 'orders:write'] }))).toBe(200);
    expect(around.arrived).toEqual(['POST /orders']);
  });

  test('no token, and one that is none, are refused', async () => {
    expect([await ask('GET', '/orders/7'), await ask('GET', '/orders/7', 'a.b.c')]).toEqual([401, 401]);
    expect(await ask('GET', '/orders/7', await token({}, await createSigningKey()))).toBe(401);
    expect(around.arrived).toEqual([]);
  });

  test.each(badTokens)('a token %s is refused', async (_, options) => {
    expect(await ask('GET', '/orders/7', await token(options))).toBe(401);
    expect(around.arrived).toEqual([]);
  });
});

describe("bookinfo's HTTP API on the emulator", () => {
  const readers = findAuthorizer(resolve(bookinfo, { environment: 'prod' }), 'readers');
  const token = async (options: TokenOptions = {}, key = around.key) => signToken(readers, key, { issuer: around.issuer, ...options });
  let deployed: Deployed;
  const ask: Deployed['ask'] = (...request) => deployed.ask(...request);

  beforeAll(async () => {
    deployed = await deploy('bookinfo', 'Bookinfo', '$default');
  }, 120_000);

  test('all but this is as deployed', () => {
    expect(deployed.written).toEqual([
      'AWS::ApiGatewayV2::Authorizer JwtConfiguration.Issuer',
      'AWS::ApiGatewayV2::Integration ConnectionId',
      'AWS::ApiGatewayV2::Integration ConnectionType',
      'AWS::ApiGatewayV2::Integration IntegrationUri',
    ]);
  });

  test('a public route needs no token; what is no route is not found', async () => {
    expect(await ask('GET', '/productpage')).toBe(200);
    expect(await ask('GET', '/static/css/site.css')).toBe(200);
    expect(around.arrived).toEqual(['GET /productpage', 'GET /static/css/site.css']);
    expect([await ask('GET', '/admin'), await ask('POST', '/productpage'), await ask('GET', '/api/v1/products/7/8')]).toEqual([
      404, 404, 404,
    ]);
    expect(around.arrived).toHaveLength(2);
  });

  test('a good token passes', async () => {
    expect(await ask('GET', '/api/v1/products/7/reviews', await token())).toBe(200);
    expect(around.arrived).toEqual(['GET /api/v1/products/7/reviews']);
  });

  test('no token, and one of another key, are refused', async () => {
    expect([await ask('GET', '/api/v1/products'), await ask('GET', '/api/v1/products', 'a.b.c')]).toEqual([401, 401]);
    expect(await ask('GET', '/api/v1/products', await token({}, await createSigningKey()))).toBe(401);
    expect(around.arrived).toEqual([]);
  });

  test.each(badTokens)('a token %s is refused', async (_, options) => {
    expect(await ask('GET', '/api/v1/products', await token(options))).toBe(401);
    expect(around.arrived).toEqual([]);
  });
});
