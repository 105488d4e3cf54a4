import { defineArchitecture, resolve } from 'cdk-edge-mesh';
import { claimOptions, claimsFor } from '../../lib/twin/claims.js';
import { authorizationOf } from '../../lib/twin/curl.js';

const listen = { protocol: 'http', port: 8080 } as const;
const clinic = resolve(
  defineArchitecture({
    name: 'clinic',
    services: {
      booking: { listen, calls: { records: {} }, tokens: { use: 'staff', claims: { role: ['nurse', 'doctor'] } } },
      records: { listen, calls: { archive: {} }, tokens: { use: 'staff', claims: { role: 'doctor', level: 3 } } },
      archive: { listen, tokens: { use: 'guests', claims: { role: 'guest' } } },
      board: { listen },
    },
    authorizers: {
      staff: { kind: 'jwt', issuer: 'https://login.clinic.example/', audience: ['clinic'] },
      guests: { kind: 'jwt', issuer: 'https://guests.clinic.example/', audience: ['clinic'] },
    },
    gateways: {
      desk: {
        kind: 'http',
        auth: 'staff',
        routes: {
          'POST /bookings': { to: 'booking' },
          'GET /records': { to: 'records' },
          'GET /board': { to: 'board' },
          'GET /open': { to: 'booking', auth: 'public' },
        },
      },
    },
  }),
);
const route = (key: string) => clinic.gateways[0]!.routes.find((each) => each.key === key)!;

test('a token claims what the target of its route asks for, and what those ask for that it calls', () => {
  expect(claimsFor(clinic, route('GET /records'))).toEqual({ role: 'doctor', level: 3 });
  expect(claimsFor(clinic, route('POST /bookings'))).toEqual({ role: ['nurse', 'doctor'], level: 3 });
});

test('where nobody asks for claims, or no token is sent, there are none', () => {
  expect(claimsFor(clinic, route('GET /board'))).toEqual({});
  expect(claimsFor(clinic, route('GET /open'))).toEqual({});
});

test('the line to paste has them, as a shell takes them', () => {
  expect(authorizationOf(clinic, route('GET /records'), { file: 'clinic.ts' })).toBe(
    '-H "authorization: Bearer $(edge-mesh token clinic.ts staff --claim level=3 --claim role=doctor)"',
  );
  expect(claimOptions({ role: ['nurse', 'doctor'], level: '3', title: "the boss's" })).toBe(
    ` --claim 'role=["nurse","doctor"]' --claim 'level="3"' --claim 'title=the boss'\\''s'`,
  );
});
