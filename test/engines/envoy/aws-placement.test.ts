import { awsPlacement, compileIngress, compileSidecar, variableSuffixOf } from '../../../lib/engines/envoy/index.js';
import { inside } from './inside.js';
import { mesh, service } from './mesh.js';

/** What the CDK puts in the place of a value that only the deployment knows. */
const token = ['$', '{Token[ledger.host.7]}'].join('');
const externalHosts = { ledger: { host: token } };

test('a task takes the mesh, questions about its health and nothing else from the network', () => {
  const { inbound, ready, app, local } = awsPlacement(mesh, { version: service('brew').versions[0]! });
  expect({ inbound, ready, app }).toEqual({
    inbound: { address: '0.0.0.0', port: 15_006 },
    ready: { address: '0.0.0.0', port: 15_021 },
    app: { address: '127.0.0.1', port: 8002 },
  });
  expect(mesh.calls.map(local)).toEqual(mesh.calls.map(({ localPort }) => ({ address: '127.0.0.1', port: localPort })));
});

test('whoever is called can be told to drain: by its own task alone', () => {
  expect(awsPlacement(mesh, { version: service('brew').versions[0]! }).drain).toEqual({ address: '127.0.0.1', port: 15_022 });
  expect(awsPlacement(mesh).drain).toEqual({ address: '127.0.0.1', port: 15_022 }); // the ingress
  const worker = mesh.services.find(({ listen }) => listen === undefined)!;
  expect(awsPlacement(mesh, { version: worker.versions[0]! }).drain).toBeUndefined();
});

test('the instances of a version are the answers to its name', () => {
  expect(awsPlacement(mesh).endpoints(service('brew').versions[1]!)).toEqual({ dns: 'brew-v2.tea.local.internal', port: 15_006 });
});

test("a sidecar finds its service's certificate, the ingress one for each gateway", () => {
  const { credentials } = awsPlacement(mesh);
  expect(credentials(service('brew').identity)).toEqual({
    certificate: { environment_variable: 'MESH_CERTIFICATE' },
    privateKey: { environment_variable: 'MESH_PRIVATE_KEY' },
    trust: { environment_variable: 'MESH_TRUST' },
  });
  expect(credentials('spiffe://tea.local.mesh.internal/ingress/web').trust).toEqual({ environment_variable: 'MESH_TRUST_WEB' });
  expect(['public-web', 'publicWeb', 'web'].map(variableSuffixOf)).toEqual(['_PUBLIC_WEB', '_PUBLIC_WEB', '_WEB']);
});

test('two gateways whose names become one variable are refused: one would present the other', () => {
  const [web, staff] = mesh.gateways;
  const gateways = [
    { ...web!, name: 'publicWeb' },
    { ...staff!, name: 'public-web' },
  ];
  expect(() => awsPlacement({ ...mesh, gateways })).toThrow(
    'gateways publicWeb and public-web would both have their certificate in MESH_CERTIFICATE_PUBLIC_WEB: rename one',
  );
});

test('a host that is bound where it is deployed is taken as it is, token or not', () => {
  const placement = awsPlacement(mesh, { externalHosts: { ...externalHosts, till: { host: 'till.internal', port: 8081 } } });
  const [bank, ledger, till] = mesh.externals.map(placement.external);
  expect(bank).toEqual({ dns: 'bank.example', port: 443, sni: 'bank.example', roots: { filename: '/etc/ssl/certs/ca-certificates.crt' } });
  expect(ledger).toMatchObject({ dns: token, port: 5432 });
  expect(till).toMatchObject({ dns: 'till.internal', port: 8081 });
});

test('a host that nobody gave is an error that says where to give it', () => {
  expect(() => compileSidecar(mesh, service('shop').versions[0]!, awsPlacement(mesh))).toThrow(
    'external ledger has no host: declare external.ledger.host, or bind it where it is deployed',
  );
});

test('no key stands in a configuration', () => {
  const all = [
    compileSidecar(mesh, service('shop').versions[0]!, awsPlacement(mesh, { externalHosts })),
    compileIngress(mesh, awsPlacement(mesh)),
  ];
  expect(inside(all, 'private_key').length).toBeGreaterThan(3);
  for (const key of inside(all, 'private_key')) expect(Object.keys(key as object)).toEqual(['environment_variable']);
});

test('the log goes to standard output without opening it', () => {
  expect(JSON.stringify(compileIngress(mesh, awsPlacement(mesh)))).not.toContain('/dev/stdout');
});
