import type { Architecture } from '../../model/architecture.js';
import { showDuration } from '../../model/duration.js';
import type { Loss } from '../capability.js';

/** What App Mesh cannot carry of what apps speak. */
export function* protocols({ services, externals }: Architecture): Generator<Loss> {
  for (const { name, path, listen } of services) {
    const at = `${path}.listen`;
    if (listen?.protocol === 'grpc')
      yield {
        feature: 'grpc-timeout',
        at,
        is: `${name} is given the whole timeout of its route, whatever \`grpc-timeout\` says`,
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
