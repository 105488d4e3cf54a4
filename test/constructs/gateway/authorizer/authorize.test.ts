import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { authorizeWith } from '../../../../constructs/gateway/authorizer/authorize.js';

const issuer = 'https://login.example.com/';
const seconds = Math.floor(Date.now() / 1000);

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let authorize: ReturnType<typeof authorizeWith>;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  const scopes = { 'POST /orders': ['orders:write', 'orders:admin'], 'ANY /reports/{path+}': ['reports'] };
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', use: 'sig', alg: 'RS256', kty: 'RSA' };
  authorize = authorizeWith({ issuer, audience: ['shop', 'shop-admin'], jwks: 'https://127.0.0.1:1/jwks.json', scopes }, { keys: [jwk] });
  jest.spyOn(console, 'info').mockImplementation(() => {});
});

afterAll(() => jest.restoreAllMocks());

const token = (claims: Record<string, unknown> = {}, { key = keys.privateKey, kid = 'one' } = {}) =>
  new SignJWT({ iss: issuer, aud: 'shop', sub: 'ada', exp: seconds + 60, ...claims }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);

const event = (authorization: string | undefined, method = 'GET', resource = '/orders/{id}', path = '/orders/7') =>
  ({
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/${method}${path}`,
    resource,
    path,
    httpMethod: method,
    headers: authorization === undefined ? {} : { authorization },
  }) as APIGatewayRequestAuthorizerEvent;

const asked = async (jwt: string | Promise<string>, ...where: [method?: string, resource?: string, path?: string]) =>
  authorize(event(`Bearer ${await jwt}`, ...where));

test('a good token opens its route, for every order, and names who asks', async () => {
  expect(await asked(token())).toEqual({
    principalId: 'ada',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/GET/orders/*' },
      ],
    },
  });
});

test.each<[what: string, jwt: () => string | Promise<string>]>([
  ['expired', () => token({ exp: seconds - 1 })],
  ['not valid yet', () => token({ nbf: seconds + 60 })],
  ['without an end', () => token({ exp: undefined })],
  ['of another issuer', () => token({ iss: 'https://login.example.com' })],
  ['for another audience', () => token({ aud: 'bank' })],
  ['for no audience', () => token({ aud: undefined })],
  ['signed by another key', async () => token({}, { key: (await generateKeyPair('RS256')).privateKey })],
  ['not signed at all', () => new UnsecuredJWT({ iss: issuer, aud: 'shop', sub: 'ada', exp: seconds + 60 }).encode()],
  [
    'signed with the public key as a secret',
    async () =>
      new SignJWT({ iss: issuer, aud: 'shop', exp: seconds + 60 })
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .sign(Buffer.from(JSON.stringify(await exportJWK(keys.publicKey)))),
  ],
  [
    'with another payload than was signed',
    async () =>
      (await token()).replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify({ iss: issuer, aud: 'shop', sub: 'eve', exp: seconds + 60 })).toString('base64url')}.`,
      ),
  ],
  ['of no form', () => 'a.b.c'],
  ['whose subject would break a header', () => token({ sub: 'ada\r\nx-edge-principal: eve' })],
])('a token %s is refused', async (_what, jwt) => {
  await expect(asked(jwt())).rejects.toThrow(/^Unauthorized$/);
});

test('keys that cannot be fetched are not the fault of the token: no 401', async () => {
  await expect(asked(token({}, { kid: 'two' }))).rejects.toThrow(/127\.0\.0\.1:1/);
});

test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a.b'])('%j is no token', async (authorization) => {
  await expect(authorize(event(authorization))).rejects.toThrow(/^Unauthorized$/);
});

test('one of the scopes of a route is enough, in any of the spellings', async () => {
  const effect = async (claims: Record<string, unknown>) =>
    (await asked(token(claims), 'POST', '/orders', '/orders')).policyDocument.Statement[0]!.Effect;
  expect(await effect({ scope: 'openid orders:write' })).toBe('Allow');
  expect(await effect({ scp: ['orders:admin'] })).toBe('Allow');
  expect(await effect({ scope: 'orders:read' })).toBe('Deny');
  expect(await effect({ scope: 'orders:writer' })).toBe('Deny');
  expect(await effect({})).toBe('Deny');
});

test('the scopes of an ANY route hold for every method', async () => {
  const effect = async (scope: string) =>
    (await asked(token({ scope }), 'DELETE', '/reports/{path+}', '/reports/a/b')).policyDocument.Statement[0]!;
  expect(await effect('reports')).toMatchObject({ Effect: 'Allow', Resource: expect.stringMatching(/\/DELETE\/reports\/\*$/) });
  expect(await effect('orders:write')).toMatchObject({ Effect: 'Deny' });
});

test('one token at two routes: each gets its own answer, and neither opens the other', async () => {
  const jwt = await token({ scope: 'orders:read' });
  const [read, write] = await Promise.all([asked(jwt), asked(jwt, 'POST', '/orders', '/orders')]);
  const statements = [read, write].map(({ policyDocument }) => policyDocument.Statement[0] as { Effect: string; Resource: string });
  expect(statements.map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny']);
  const takes = ({ Resource }: { Resource: string }, arn: string) =>
    new RegExp(
      `^${Resource.split('*')
        .map((part) => part.replace(/[.]/g, '\\.'))
        .join('.*')}$`,
    ).test(arn);
  const arn = (route: string) => `arn:aws:execute-api:eu-west-1:111122223333:abc123/prod/${route}`;
  expect(takes(statements[0]!, arn('GET/orders/8'))).toBe(true);
  expect(takes(statements[0]!, arn('POST/orders'))).toBe(false);
  // Why the answer is kept for one route alone: a policy's star takes slashes.
  expect(takes(statements[0]!, arn('GET/orders/8/refund'))).toBe(true);
});

test('a client without a subject asks as nobody in particular', async () => {
  expect(await asked(token({ sub: undefined }))).toMatchObject({ principalId: '-' });
});

test.each<[why: string, refused: () => Promise<unknown>]>([
  ['JwtInvalidAudienceError', async () => asked(token({ aud: 'bank' }))],
  ['NoEnd', async () => asked(token({ exp: undefined }))],
  ['SubjectIsNoHeader', async () => asked(token({ sub: 'jürgen' }))],
  ['NoBearerToken', async () => authorize(event('Basic YTpi'))],
])('the log of a refused token has the reason, %s, and nothing of the token', async (why, refused) => {
  const said = jest.spyOn(console, 'info');
  said.mockClear();
  await expect(refused()).rejects.toThrow(/^Unauthorized$/);
  expect(said.mock.calls).toEqual([[JSON.stringify({ refused: why })]]);
});

describe('after an hour', () => {
  let now: jest.SpyInstance;
  beforeEach(() => {
    now = jest.spyOn(Date, 'now');
  });
  afterEach(() => now.mockRestore());
  const lasting = () => token({ exp: seconds + 9_000 });
  const hourLater = () => now.mockReturnValue(Date.now() + 3_600_001);

  const known = async () => ({ ...(await exportJWK(keys.publicKey)), kid: 'one', use: 'sig', alg: 'RS256', kty: 'RSA' });
  const withKeysAt = async (jwks: string) => authorizeWith({ issuer, audience: ['shop'], jwks, scopes: {} }, { keys: [await known()] });

  test('keys are asked for again, and one that the issuer has withdrawn opens nothing', async () => {
    const fetched = jest.spyOn(SimpleJwksCache.prototype, 'getJwks').mockResolvedValue({ keys: [{ ...(await known()), kid: 'next' }] });
    const withdrawn = await withKeysAt('https://keys.example.com/jwks.json');
    const jwt = `Bearer ${await lasting()}`;
    await expect(withdrawn(event(jwt))).resolves.toMatchObject({ principalId: 'ada' });
    expect(fetched).not.toHaveBeenCalled();
    hourLater();
    await expect(withdrawn(event(jwt))).rejects.toThrow(/^Unauthorized$/);
    fetched.mockRestore();
  });

  test('those that are known go on where the issuer cannot be asked, for a good token', async () => {
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const shut = await withKeysAt('https://127.0.0.1:1/jwks.json');
    const jwt = `Bearer ${await lasting()}`;
    hourLater();
    await expect(shut(event(jwt))).resolves.toMatchObject({ principalId: 'ada' });
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/^\{"keysNotRenewed":".*127\.0\.0\.1:1/)]]);
  });
});
