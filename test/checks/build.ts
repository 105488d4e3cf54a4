import type { Check, Found } from '../../lib/checks/check.js';
import { type Architecture, parseArchitecture, resolve } from '../../lib/index.js';

const listen = { protocol: 'http', port: 8080 };

/** A service that listens, with whatever the test is about. */
export const service = (own: object = {}) => ({ listen, ...own });

/** A worker: it calls and is never called. */
export const worker = (own: object = {}) => ({ ...own });

/** An architecture of services and, where the test is about them, gateways. */
export const architecture = (services: object, rest: object = {}): Architecture =>
  resolve(parseArchitecture({ name: 'test', services, ...rest }));

/** One REST gateway, public, with these routes. */
export const gateway = (routes: object, own: object = {}) => ({ gateways: { web: { kind: 'rest', auth: 'public', routes, ...own } } });

/** What a check finds, run by itself. */
export const found = (check: Check, subject: Architecture): Found[] => [...check.find(subject, [])];
