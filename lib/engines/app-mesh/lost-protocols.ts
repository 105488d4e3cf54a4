import type { Architecture } from '../../model/architecture/index.js';
import { showDuration } from '../../model/duration.js';
import type { Loss } from '../capability.js';
import { error, warning } from './loss.js';

/** What App Mesh cannot carry of what apps speak. */
export function* protocols({ services, externals, gateways, calls }: Architecture): Generator<Loss> {
  const overGrpc = services.filter(({ listen }) => listen?.protocol === 'grpc').map(({ name }) => name);
  if (overGrpc.length > 0)
    yield warning(
      'grpc-timeout',
      '',
      `a call is given the whole timeout of its route, whatever \`grpc-timeout\` says: ${overGrpc.join(', ')}`,
    );
  for (const { name, path, listen, rules } of services) {
    const at = `${path}.listen`;
    for (const rule of rules)
      if (rule.upgrade !== undefined)
        yield warning('websocket', rule.path, `${name} may refuse to become a WebSocket: nothing says that it passes`);
    if (listen?.protocol === 'tcp')
      yield warning(
        'tcp-services',
        at,
        `a connection to ${name} may last for ever, not ${showDuration(listen.maxAge)}: its peer's certificate is not looked at again`,
      );
  }
  for (const { key, at, target } of gateways.flatMap(({ routes }) => routes)) {
    if (target.kind === 'service' && target.rpc !== undefined)
      yield error('grpc-json', at, `${target.name} gets what ${key} takes as JSON, not as gRPC`);
    if (target.kind === 'service' && target.grpcWeb)
      yield error('grpc-web', at, `${target.name} gets what ${key} takes as gRPC-Web, not as gRPC`);
  }
  for (const { name, path, protocol } of externals) {
    if (protocol === 'tls' && calls.some(({ to }) => to === name))
      yield error('tls-passthrough', `${path}.protocol`, `whatever a caller sends reaches ${name}, not TLS for its host alone`);
  }
}

const tracesFeature = { otlp: 'traces', 'x-ray': 'traces-x-ray', datadog: 'traces-datadog' } as const;

/** What App Mesh cannot show of itself. */
export function* observability({ observability: { traces, metrics } }: Architecture): Generator<Loss> {
  yield warning('access-log', '', 'access logs say no path: App Mesh writes it with its query or not at all');
  if (traces !== undefined)
    yield warning(tracesFeature[traces.as], traces.path, `no sidecar sends traces to ${traces.to ?? "X-Ray's daemon"}`);
  if (metrics !== undefined)
    yield warning(
      'metrics',
      'observability.metrics',
      'whoever reaches the statistics of a sidecar, on port 9901 of its task, reaches all of its administration',
    );
}
