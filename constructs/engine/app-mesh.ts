import { dirname } from 'node:path/posix';
import { type CfnResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import { AppMeshProxyConfiguration, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import * as appMesh from '../../lib/engines/app-mesh/index.js';
import type { Feature } from '../../lib/engines/capability.js';
import type { Call, Gateway, Version } from '../../lib/index.js';
import { addressVariables } from '../../lib/model/address-variables.js';
import { frontPortOf } from '../../lib/model/port.js';
import { refuse } from '../refuse.js';
import { reportLosses } from './app-mesh-losses.js';
import { newResources } from './app-mesh-resources.js';
import { certificateProblems, secretsOf } from './certificates.js';
import type { Engine, IngressProxy, InstalledEngine, MeshPlan, Sidecar } from './engine.js';
import { inMemory } from './in-memory.js';
import { nameNowhere } from './nowhere.js';

export interface AppMeshOptions {
  /**
   * What App Mesh cannot carry and you can do without, each with a reason of 10 characters or more: it is no longer reported. An entry for what is not lost
   * fails the synthesis.
   *
   * @default none
   */
  readonly accept?: Readonly<Partial<Record<Feature, string>>>;
  /** Envoy with the App Mesh agent. @default the last image that AWS published, of February 2025 */
  readonly image?: ContainerImage;
}

/** AWS App Mesh, which ended on 2026-09-30: to read, review and leave such a mesh. */
export class AppMeshEngine implements Engine {
  readonly name = 'app-mesh';
  constructor(private readonly options: AppMeshOptions = {}) {}

  install(scope: Construct, plan: MeshPlan): InstalledAppMesh {
    refuse(certificateProblems(this.name, plan));
    return new InstalledAppMesh(scope, plan, this.options);
  }
}

export class InstalledAppMesh implements InstalledEngine {
  readonly ports: readonly number[];
  /** Statistics are with the whole administration, which nobody may reach. */
  readonly metricsPort = undefined;
  /** The L1s, by the compiler's ids: `Mesh`, `VirtualNode-reviews-v1`, `Route-reviews-default` … */
  readonly resources: ReadonlyMap<string, CfnResource>;
  private readonly placement: appMesh.Placement;

  constructor(
    scope: Construct,
    private readonly plan: MeshPlan,
    private readonly options: AppMeshOptions,
  ) {
    const { architecture, namespace } = plan;
    this.placement = appMesh.placementOf(architecture, namespace.namespaceName);
    const compiled = appMesh.compile(architecture, this.placement);
    reportLosses(scope, architecture, this.placement, options.accept ?? {});
    this.resources = newResources(scope, compiled);
    // Of each of the mesh's resources CDK says that the service has ended: the engine says it once.
    Validations.of(scope).acknowledge({ id: 'CloudFormation-Validate::W3696', reason: 'reported once for the mesh, by its engine' });
    this.ports = [...new Set(architecture.services.flatMap(({ listen }) => listen?.port ?? []))].sort((one, other) => one - other);
    this.nameVersioned(scope);
  }

  sidecar(scope: Construct, version: Version): Sidecar {
    const { architecture, certificates } = this.plan;
    const calls = architecture.calls.filter(({ from, port }) => from === version.service && port === undefined);
    return {
      ...this.proxy(
        scope,
        this.resources.get(`VirtualNode-${version.id}`)!,
        appMesh.versionSidecar(version, architecture),
        certificates.services[version.service]!,
      ),
      environment: Object.assign({}, ...calls.map((call) => this.addressOf(call))),
    };
  }

  /** One virtual gateway is all that a task can be: that the others have no way in is a loss, which is reported with the rest. */
  ingress(scope: Construct, gateways: readonly Gateway[]): IngressProxy {
    const gateway = gateways[0]!;
    const proxy = this.proxy(
      scope,
      this.resources.get(`VirtualGateway-${gateway.name}`)!,
      appMesh.gatewaySidecar(gateway, this.plan.architecture),
      this.plan.certificates.gateways[gateway.name]!,
    );
    return { ...proxy, health: { port: frontPortOf(gateway.name), path: undefined } };
  }

  private proxy(scope: Construct, own: CfnResource, description: appMesh.SidecarDescription, certificate: ISecret): Sidecar {
    const { files } = this.placement;
    const stack = Stack.of(scope);
    const arn = stack.formatArn({ service: 'appmesh', resource: description.resource });
    const { proxy } = description;
    return {
      container: {
        image: this.options.image ?? ContainerImage.fromRegistry(description.image),
        ...(proxy === undefined ? {} : { user: String(proxy.ignoredUid) }), // whom `proxyConfiguration` lets pass
        entryPoint: ['/bin/sh', '-c', startScript(files)],
        // A reference, so that CloudFormation makes first what the task asks for; another stack has the name alone.
        environment: { ...description.environment, APPMESH_RESOURCE_ARN: Stack.of(own) === stack ? own.ref : arn },
        secrets: secretsOf(certificate, certificateVariables),
        readonlyRootFilesystem: false, // the agent writes Envoy's configuration
        healthCheck: {
          command: [...description.healthCommand],
          interval: Duration.seconds(5),
          timeout: Duration.seconds(2),
          retries: 3,
          startPeriod: Duration.seconds(30),
        },
      },
      writable: [inMemory(dirname(files.privateKey))],
      drainer: undefined, // the image's own agent drains its listeners, for 20 s, once it is stopped itself
      environment: {},
      proxyConfiguration:
        proxy &&
        new AppMeshProxyConfiguration({
          containerName: 'sidecar',
          properties: {
            ignoredUID: proxy.ignoredUid,
            proxyIngressPort: proxy.ingressPort,
            proxyEgressPort: proxy.egressPort,
            appPorts: [...proxy.appPorts],
            egressIgnoredIPs: [...proxy.egressIgnoredIps],
            ...(proxy.egressIgnoredPorts.length === 0 ? {} : { egressIgnoredPorts: [...proxy.egressIgnoredPorts] }),
          },
        }),
      grant: (taskRole: IRole) => {
        taskRole.addToPrincipalPolicy(new PolicyStatement({ actions: ['appmesh:StreamAggregatedResources'], resources: [arn] }));
      },
    };
  }

  /** What tells an app where a callee is: under its own name, because traffic is intercepted on its way there. */
  private addressOf(call: Call): Record<string, string> {
    const { services, externals } = this.plan.architecture;
    const external = externals.find(({ name }) => name === call.to);
    const service = services.find(({ name }) => name === call.to);
    const host = external === undefined ? appMesh.hostOf(service!, this.placement) : this.placement.host(external);
    return addressVariables(call, host, external?.port ?? service!.listen!.port);
  }

  /** A service with versions has no instances of its own name, and its name must resolve, to whatever is not loopback: the sidecar decides. */
  private nameVersioned(scope: Construct): void {
    for (const service of this.plan.architecture.services) {
      const label = appMesh.hostLabel(service);
      if (service.listen === undefined || service.versions.some(({ id }) => id === label)) continue;
      nameNowhere(scope, this.plan.namespace, label);
    }
  }
}

const certificateVariables = { certificate: 'CERTIFICATE', privateKey: 'PRIVATE_KEY', trust: 'TRUST' } as const;

/** App Mesh wants files: written to memory, then the agent starts without having seen the key in its environment. */
const startScript = (files: appMesh.Placement['files']): string =>
  [
    'umask 077',
    ...Object.entries(certificateVariables).map(([key, variable]) => `printf '%s\\n' "$${variable}" > ${files[key as keyof typeof files]}`),
    `unset ${Object.values(certificateVariables).join(' ')}`,
    'exec /usr/bin/agent',
  ].join(' && ');
