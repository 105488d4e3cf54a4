import { Validations } from 'aws-cdk-lib';
import { AppMeshProxyConfiguration, type ProxyConfiguration } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Redirection } from '../../lib/engines/envoy/index.js';
import type { MeshPlan } from './engine.js';
import { nameNowhere } from './nowhere.js';

/** ECS wants a port even of a worker: nothing listens on 1. */
const nothingListens = { app: 1, sidecar: 1 };

/**
 * The rules of a task's network, as Fargate alone can install them: an app cannot, nor can a container of ours. Of what comes from elsewhere it redirects one
 * port of the app; its further ports are the security group's affair, as without interception.
 */
export function proxyConfigurationOf({ user, outbound, inbound, bypassPorts, bypassAddresses }: Redirection): ProxyConfiguration {
  const [entrance = nothingListens] = inbound;
  return new AppMeshProxyConfiguration({
    containerName: 'sidecar',
    properties: {
      ignoredUID: user,
      proxyIngressPort: entrance.sidecar,
      proxyEgressPort: outbound,
      appPorts: [entrance.app],
      egressIgnoredIPs: [...bypassAddresses],
      ...(bypassPorts.length === 0 ? {} : { egressIgnoredPorts: [...bypassPorts] }),
    },
  });
}

/** Says once for a mesh what nobody knows, and gives a name to each service that an intercepted app could not find otherwise. */
export function prepareInterception(scope: Construct, { architecture, namespace }: MeshPlan): void {
  const { services, calls } = architecture;
  const intercepted = services.filter(({ interception }) => interception !== undefined).map(({ name }) => name);
  if (intercepted.length === 0) return;
  Validations.of(scope).addWarning(
    'cdk-edge-mesh:interception-untried',
    `${intercepted.join(', ')}: Fargate intercepts by a proxy configuration of type APPMESH; whether it still does since App Mesh ended on 2026-09-30 nobody has tried. Deploy one such task first, see it refuse what it does not declare, then acknowledge this`,
  );
  const called = new Set(calls.filter(({ from }) => intercepted.includes(from)).map(({ to }) => to));
  for (const { name, versions } of services)
    if (called.has(name) && versions.every(({ id }) => id !== name)) nameNowhere(scope, namespace, name);
}

/** @throws where the user that the sidecar runs as is no number, by which ECS knows whom to let pass */
export function userNumber(user: string): number {
  const [number = ''] = user.split(':');
  if (/^\d+$/.test(number)) return Number(number);
  throw new Error(
    `interception tells the sidecar's connections by its user's number; got ${JSON.stringify(user)}, allowed: such as "1337"`,
  );
}
