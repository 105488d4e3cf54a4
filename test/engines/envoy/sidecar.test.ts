import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import type { JsonObject } from '../../../lib/engines/envoy/json.js';
import type { Architecture } from '../../../lib/index.js';
import { everywhere } from './everywhere.js';
import { inside, named } from './inside.js';
import { mesh, service } from './mesh.js';

const sidecar = (name: string, version = 0) => compileSidecar(mesh, service(name).versions[version]!, everywhere);

test('a sidecar listens for the mesh, for each declared call and for questions about its health, and nowhere else', () => {
  const places = Object.entries(named(sidecar('shop'), 'listeners')).map(([name, listener]) => [
    name,
    inside(listener['address'], 'socket_address')[0],
  ]);
  expect(Object.fromEntries(places)).toEqual({
    inbound: { address: '10.0.0.1', port_value: 1001 },
    'to/bank': { address: 'local.bank', port_value: 1003 },
    'to/brew': { address: 'local.brew', port_value: 1003 },
    'to/ledger': { address: 'local.ledger', port_value: 1003 },
    'to/till': { address: 'local.till', port_value: 1003 },
    ready: { address: '10.0.0.5', port_value: 1005 },
  });
});

test('a sidecar reaches its app and whom it calls, and nobody else', () => {
  const places = Object.entries(named(sidecar('shop'), 'clusters')).map(([name, cluster]) => [name, inside(cluster, 'socket_address')[0]]);
  expect(Object.fromEntries(places)).toEqual({
    'local/app': { address: '10.0.0.2', port_value: 1002 },
    'brew-v1': { address: 'brew-v1.mesh', port_value: 1006 },
    'brew-v2': { address: 'brew-v2.mesh', port_value: 1006 },
    'external/bank': { address: 'bank.outside', port_value: 1007 },
    'external/ledger': { address: 'ledger.outside', port_value: 1007 },
    'external/till': { address: 'till.outside', port_value: 1007 },
  });
});

test('a worker, which is never called, has no way in and no app to send requests to', () => {
  expect(Object.keys(named(sidecar('worker'), 'listeners'))).toEqual(['to/brew', 'ready']);
  expect(Object.keys(named(sidecar('worker'), 'clusters'))).toEqual(['brew-v1', 'brew-v2']);
});

test("versions of a service differ in their node's id alone: they are one identity", () => {
  const [first, second] = [sidecar('brew', 0), sidecar('brew', 1)];
  expect([first['node'], second['node']]).toEqual([
    { id: 'brew-v1', cluster: 'brew' },
    { id: 'brew-v2', cluster: 'brew' },
  ]);
  expect({ ...second, node: first['node'] }).toEqual(first);
});

test('the same architecture gives the same bytes', () => {
  const again: Architecture = structuredClone(mesh);
  expect(JSON.stringify(compileSidecar(again, again.services.find(({ name }) => name === 'shop')!.versions[0]!, everywhere))).toBe(
    JSON.stringify(sidecar('shop')),
  );
  expect(JSON.stringify(compileIngress(again, everywhere))).toBe(JSON.stringify(compileIngress(mesh, everywhere)));
});

test('no configuration ever leaves out who may connect or what may be asked', () => {
  const all = [
    ...mesh.services.flatMap(({ versions }) => versions.map((version) => compileSidecar(mesh, version, everywhere))),
    compileIngress(mesh, everywhere),
  ];
  for (const context of inside(all, 'validation_context') as JsonObject[]) expect(context['match_typed_subject_alt_names']).not.toEqual([]);
  expect(inside(all, 'validation_context').length).toBe(inside(all, 'common_tls_context').length);
  const inbounds = all.map((bootstrap) => named(bootstrap, 'listeners')['inbound']).filter((listener) => listener !== undefined);
  expect(inbounds).toHaveLength(5);
  for (const inbound of inbounds) expect(inside(inbound, 'rules')[0]).toMatchObject({ action: 'ALLOW', policies: expect.anything() });
});

test('a service that nobody calls admits nobody', () => {
  const inbound = named(sidecar('alone'), 'listeners')['inbound'];
  expect(inside(inbound, 'exact')).toEqual(['spiffe://tea.local.mesh.internal/nobody']);
  expect(inside(inbound, 'policies')).toEqual([{}]);
});

test('administration is a socket for its own user alone', () => {
  expect(sidecar('shop')['admin']).toEqual({ address: { pipe: { path: '/run/admin.sock', mode: 0o600 } } });
});
