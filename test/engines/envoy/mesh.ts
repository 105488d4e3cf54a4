import { defineArchitecture, resolve, type Service } from '../../../lib/index.js';

/** A small architecture with everything that the engine carries, each thing once and every value distinct. */
export const mesh = resolve(
  defineArchitecture({
    name: 'tea',
    services: {
      shop: {
        image: 'shop',
        listen: { protocol: 'http', port: 8001 },
        calls: { brew: { timeout: '1700ms' }, bank: {}, ledger: { timeout: '900ms' }, till: {} },
      },
      brew: {
        listen: { protocol: 'http2', port: 8002 },
        versions: { v1: { image: 'one' }, v2: { image: 'two' }, v3: { image: 'three' } },
        traffic: { v1: 80, v2: 20 },
        pool: { connections: 11, pendingRequests: 12, requests: 13 },
        outlierDetection: { errors: 4, interval: '7s', ejectFor: '31s', maxEjectedPercent: 41 },
      },
      alone: { image: 'alone', listen: { protocol: 'http', port: 8003 } },
      worker: { image: 'worker', calls: { brew: {} } },
    },
    external: {
      bank: { host: 'bank.example', protocol: 'https' },
      till: { host: 'till.example', protocol: 'http', port: 81 },
      ledger: { protocol: 'tcp', port: 5432 },
    },
    authorizers: { members: { kind: 'jwt', issuer: 'https://login.tea.example/', audience: ['tea'] } },
    gateways: {
      web: {
        kind: 'http',
        auth: 'public',
        throttle: { rate: 3, burst: 5 },
        routes: {
          'GET /menu': { to: 'shop' },
          'POST /tea': { to: 'shop', auth: { use: 'members', scopes: ['tea:order'] } },
          'GET /status': { respond: { status: 204 } },
          'GET /brew/{kind}': { to: 'brew', auth: 'members' },
          'GET /till': { to: 'till' },
        },
      },
      staff: {
        kind: 'rest',
        throttle: { rate: 2, burst: 4 },
        routes: { 'GET /brew': { to: 'brew', auth: 'members' }, 'GET /lost': { to: 'brew' } },
      },
    },
  }),
);

export const service = (name: string): Service => mesh.services.find((each) => each.name === name)!;
