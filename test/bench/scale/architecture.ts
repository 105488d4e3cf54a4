import { type Architecture, parseArchitecture, resolve } from '../../../lib/index.js';

/** One caller of so many services, each with a rule, retries, outlier detection and a pool of its own. */
export function callerOf(upstreams: number): Architecture {
  const names = Array.from({ length: upstreams }, (_, index) => `service-${index + 1}`);
  const callee = (index: number): object => ({
    image: 'callee:1',
    listen: { protocol: 'http', port: 8080 },
    routes: [{ match: { path: '/items/{id}', method: 'GET' }, timeout: `${500 + index}ms` }],
    outlierDetection: { errors: 5, interval: '10s', ejectFor: '30s', maxEjectedPercent: 50 },
    pool: { connections: 100, pendingRequests: 50, requests: 400 },
  });
  const call = (index: number): object => ({
    timeout: `${800 + index}ms`,
    retries: { max: 2, perTry: '250ms', on: ['unprocessed', 'unavailable', 'timeout'] },
    localPort: 20_000 + index,
  });
  return resolve(
    parseArchitecture({
      name: 'bench',
      services: {
        caller: { image: 'caller:1', calls: Object.fromEntries(names.map((name, index) => [name, call(index)])) },
        ...Object.fromEntries(names.map((name, index) => [name, callee(index)])),
      },
    }),
  );
}
