import { compileIngress, compileSidecar } from '../../../lib/engines/envoy/index.js';
import { everywhere } from './everywhere.js';
import { mesh, service } from './mesh.js';

test('where nobody speaks gRPC, nobody counts and logs its statuses', () => {
  const compiled = [compileIngress(mesh, everywhere), compileSidecar(mesh, service('shop').versions[0]!, everywhere)];
  expect(JSON.stringify(compiled)).not.toMatch(/grpc_stats|GRPC_STATUS/);
});
