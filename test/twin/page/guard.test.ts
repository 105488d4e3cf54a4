import { newToken, refuseStranger, refuseWithoutToken } from '../../../lib/twin/page/guard.js';

const host = '127.0.0.1:8079';
const asked = (headers: Record<string, string>) => refuseStranger({ method: 'GET', headers }, host)?.status;

describe('who asks', () => {
  test.each([
    ['the page itself', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }],
    ['the address bar', { host, 'sec-fetch-site': 'none' }],
    ['curl', { host }],
    ['a link, in whatever page it stood', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('%s is answered', (_, headers) => expect(asked(headers)).toBeUndefined());

  test.each([
    ['a site whose name was made to mean this machine', { host: 'evil.example:8079' }, 421],
    ['localhost, which is another origin than the one that was printed', { host: 'localhost:8079' }, 421],
    ['another port of this machine', { host: '127.0.0.1:8080' }, 421],
    ['nobody by name', {}, 421],
    ['another site', { host, origin: 'https://evil.example' }, 403],
    ['a page without an origin of its own', { host, origin: 'null' }, 403],
    ['a page on another port', { host, origin: 'http://127.0.0.1:3000' }, 403],
    ['an image in another site', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    ['a form of another site', { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 403],
    ['a page of the same site on another port', { host, 'sec-fetch-site': 'same-site' }, 403],
  ])('%s is refused', (_, headers, status) => expect(asked(headers)).toBe(status));
});

describe('the token', () => {
  const token = newToken();
  const given = (authorization?: string) =>
    refuseWithoutToken({ method: 'GET', headers: authorization === undefined ? {} : { authorization } }, token);

  test('is another one each time, and fits in an address as it is', () => {
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(newToken()).not.toBe(token);
  });

  test('opens as a bearer token', () => expect(given(`Bearer ${token}`)).toBeUndefined());

  test.each([undefined, '', token, `Basic ${token}`, `Bearer ${token.slice(1)}`, `Bearer ${token}x`, `Bearer ${newToken()}`, 'Bearer '])(
    'is refused as %s',
    (authorization) => {
      expect(given(authorization)).toEqual({
        status: 401,
        reason: 'the token is missing or is not this twin\'s; it is in the address that "edge-mesh up" printed, after #t=',
      });
    },
  );
});
