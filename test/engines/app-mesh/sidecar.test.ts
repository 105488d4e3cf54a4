import { gatewaySidecar, versionSidecar } from '../../../lib/engines/app-mesh/index.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';
import { store } from './store.js';

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

test('a task is one node of the mesh, or one gateway, and nobody intercepts for a gateway', () => {
  const architecture = resolve(store, { environment: 'prod' });
  const shared = {
    image: 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.0-prod',
    environment: { ENVOY_ADMIN_ACCESS_PORT: '9901', ENVOY_LOG_LEVEL: 'info', ENABLE_ENVOY_STATS_TAGS: '1' },
    healthCommand: ['CMD-SHELL', 'curl -s http://127.0.0.1:9901/server_info | grep state | grep -q LIVE'],
  };
  const { versions } = architecture.services.find(({ name }) => name === 'pricing')!;
  expect(versionSidecar(versions[1]!, architecture)).toEqual({
    ...shared,
    resource: 'mesh/store-prod/virtualNode/pricing-v2',
    proxy: expect.objectContaining({ appPorts: [9090] }),
  });
  expect(gatewaySidecar(architecture.gateways[0]!, architecture)).toEqual({
    ...shared,
    resource: 'mesh/store-prod/virtualGateway/web',
    proxy: undefined,
  });
  const worker = architecture.services.find(({ name }) => name === 'nightly')!.versions[0]!;
  expect(versionSidecar(worker, architecture).proxy).toMatchObject({ appPorts: [1] });
});

test('what is declared to bypass does', () => {
  expect(proxyOf({ bypassPorts: [2049], bypassAddresses: ['10.0.9.0/24'] })).toMatchObject({
    egressIgnoredIps: ['169.254.170.2', '169.254.169.254', '10.0.9.0/24'],
    egressIgnoredPorts: [2049],
  });
});
