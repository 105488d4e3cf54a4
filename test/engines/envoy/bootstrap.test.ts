import { bootstrap } from '../../../lib/engines/envoy/bootstrap.js';
import { everywhere } from './everywhere.js';
import { inside } from './inside.js';

const parts = { id: 'brew-v1', cluster: 'brew', listeners: [], clusters: [] };
const configuration = bootstrap(parts, everywhere);

test('an Envoy refuses requests before its heap ends it, and connections past a number', () => {
  const threshold = (value: number) => [{ name: 'envoy.resource_monitors.fixed_heap', threshold: { value } }];
  expect(configuration['overload_manager']).toMatchObject({
    resource_monitors: [
      { name: 'envoy.resource_monitors.fixed_heap', typed_config: { max_heap_size_bytes: 268_435_456 } },
      { name: 'envoy.resource_monitors.global_downstream_max_connections', typed_config: { max_active_downstream_connections: 10_000 } },
    ],
    actions: [
      { name: 'envoy.overload_actions.shrink_heap', triggers: threshold(0.95) },
      { name: 'envoy.overload_actions.stop_accepting_requests', triggers: threshold(0.98) },
    ],
  });
});

test('questions about its health are answered whatever the number of connections', () => {
  expect(inside(configuration, 'listeners')).toMatchObject([[{ name: 'ready', ignore_global_conn_limit: true }]]);
});

test('latency has finer buckets between a millisecond and ten seconds', () => {
  expect(inside(configuration, 'match')).toContainEqual({ suffix: 'downstream_rq_time' });
  const [buckets] = inside(configuration, 'buckets') as number[][];
  expect([buckets![0], buckets!.at(-1), buckets!.length]).toEqual([1, 30_000, 26]);
  expect(buckets).toEqual([...buckets!].sort((one, other) => one - other));
});

test('the same cluster of two routes is there once', () => {
  expect(inside(bootstrap({ ...parts, clusters: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] }, everywhere), 'clusters')).toEqual([
    [{ name: 'a' }, { name: 'b' }],
  ]);
});
