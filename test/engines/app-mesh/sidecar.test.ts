import { versionSidecar } from '../../../lib/engines/app-mesh/index.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';

const proxyOf = (interception: object | undefined) => {
  const listen = { protocol: 'http', port: 8080 };
  const architecture = resolve(parseArchitecture({ name: 'one', services: { one: { listen, ...(interception && { interception }) } } }));
  return versionSidecar(architecture.services[0]!.versions[0]!, architecture).proxy;
};

test('every service is intercepted, whether it asks for it or not', () => {
  expect(proxyOf(undefined)).toEqual({
    ignoredUid: 1337,
    ingressPort: 15_000,
    egressPort: 15_001,
    appPorts: [8080],
    egressIgnoredIps: ['169.254.170.2', '169.254.169.254'],
    egressIgnoredPorts: [],
  });
});

test('what is declared to bypass does', () => {
  expect(proxyOf({ bypassPorts: [2049], bypassAddresses: ['10.0.9.0/24'] })).toMatchObject({
    egressIgnoredIps: ['169.254.170.2', '169.254.169.254', '10.0.9.0/24'],
    egressIgnoredPorts: [2049],
  });
});
