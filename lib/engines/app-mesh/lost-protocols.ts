import type { Architecture } from '../../model/architecture/index.js';
import { showDuration } from '../../model/duration.js';
import type { Loss } from '../capability.js';

/** What App Mesh cannot carry of what apps speak. */
export function* protocols({ services, externals, gateways }: Architecture): Generator<Loss> {
  const overGrpc = services.filter(({ listen }) => listen?.protocol === 'grpc').map(({ name }) => name);
  if (overGrpc.length > 0)
    yield {
      feature: 'grpc-timeout',
      at: '',
      is: `a call is given the whole timeout of its route, whatever \`grpc-timeout\` says: ${overGrpc.join(', ')}`,
      severity: 'warning',
    };
  for (const { name, path, listen, rules } of services) {
    const at = `${path}.listen`;
    for (const rule of rules)
      if (rule.upgrade !== undefined)
        yield {
          feature: 'websocket',
          at: rule.path,
          is: `${name} may refuse to become a WebSocket: nothing says that it passes`,
          severity: 'warning',
        };
    if (listen?.protocol === 'tcp')
      yield {
        feature: 'tcp-services',
        at,
        is: `a connection to ${name} may last for ever, not ${showDuration(listen.maxAge)}: its peer's certificate is not looked at again`,
        severity: 'warning',
      };
  }
  for (const { key, at, target } of gateways.flatMap(({ routes }) => routes)) {
    if (target.kind === 'service' && target.rpc !== undefined)
      yield { feature: 'grpc-json', at, is: `${target.name} gets what ${key} takes as JSON, not as gRPC`, severity: 'error' };
    if (target.kind === 'service' && target.grpcWeb)
      yield { feature: 'grpc-web', at, is: `${target.name} gets what ${key} takes as gRPC-Web, not as gRPC`, severity: 'error' };
  }
  for (const { name, path, protocol } of externals) {
    if (protocol === 'tls')
      yield {
        feature: 'tls-passthrough',
        at: `${path}.protocol`,
        is: `whatever a caller sends reaches ${name}, not TLS for its host alone`,
        severity: 'error',
      };
  }
}

const tracesFeature = { otlp: 'traces', 'x-ray': 'traces-x-ray', datadog: 'traces-datadog' } as const;

/** What App Mesh cannot show of itself. */
export function* observability({ observability: { traces, metrics } }: Architecture): Generator<Loss> {
  if (traces !== undefined)
    yield {
      feature: tracesFeature[traces.as],
      at: traces.path,
      is: `no sidecar sends traces to ${traces.to ?? "X-Ray's daemon"}`,
      severity: 'warning',
    };
  if (metrics !== undefined)
    yield {
      feature: 'metrics',
      at: 'observability.metrics',
      is: 'whoever reaches the statistics of a sidecar, on port 9901 of its task, reaches all of its administration',
      severity: 'warning',
    };
}
