import { type CfnResource, Duration, Size } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Sidecar } from './engine/engine.js';
import type { ServiceMesh } from './service-mesh.js';
import type { TaskOwner } from './task-owner.js';

export interface MeshTaskProps {
  readonly mesh: ServiceMesh;
  readonly owner: TaskOwner;
  /** What runs: a version's id, or `ingress`. Its logs are found under it. */
  readonly name: string;
  /** The proxy of each task. */
  readonly sidecar: Sidecar;
  /** CPU units of a task, 1024 to a core. @default 512 */
  readonly cpu?: number | undefined;
  /** @default 1024 */
  readonly memoryLimitMiB?: number | undefined;
}

/** What one Fargate task is made of, however it is started: a proxy, an app beside it unless it is the ingress, and a drainer where somebody calls. */
export class MeshTask extends Construct {
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly proxy: ecs.ContainerDefinition;
  protected readonly owner: TaskOwner;
  private readonly logging: ecs.LogDriver;
  private readonly sidecar: Sidecar;

  constructor(scope: Construct, id: string, props: MeshTaskProps) {
    super(scope, id);
    const { mesh, sidecar, cpu = 512, memoryLimitMiB = 1024 } = props;
    this.owner = props.owner;
    this.sidecar = sidecar;
    // Without blocking: an outage of the logs must not stop who writes them.
    this.logging = ecs.LogDrivers.awsLogs({
      logGroup: this.owner.logGroup,
      streamPrefix: props.name,
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    });
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', {
      taskRole: this.owner.taskRole,
      executionRole: this.owner.executionRole,
      cpu,
      memoryLimitMiB,
      runtimePlatform: { cpuArchitecture: mesh.cpuArchitecture, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
      ...(sidecar.proxyConfiguration === undefined ? {} : { proxyConfiguration: sidecar.proxyConfiguration }),
    });
    this.proxy = this.addProxy(sidecar);
  }

  /** The app beside the proxy, and what stops before it: starts once the proxy is healthy, and either's end ends the task. */
  addApp(app: Omit<ecs.ContainerDefinitionOptions, 'logging' | 'linuxParameters'>): ecs.ContainerDefinition {
    const container = this.taskDefinition.addContainer('app', {
      essential: true,
      stopTimeout: Duration.seconds(30),
      ...app,
      logging: this.logging,
      // An init process reaps what the app leaves behind and passes signals on.
      linuxParameters: new ecs.LinuxParameters(this, 'App', { initProcessEnabled: true }),
    });
    container.addContainerDependencies({ container: this.proxy, condition: ecs.ContainerDependencyCondition.HEALTHY });
    this.drainBefore(container);
    return container;
  }

  /** ECS stops containers in the reverse order of their start: the callers leave, then this container stops. */
  drainBefore(container: ecs.ContainerDefinition): void {
    const { drainer } = this.sidecar;
    if (drainer === undefined) return;
    const linuxParameters = new ecs.LinuxParameters(this, 'Drainer', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    this.taskDefinition
      .addContainer('drainer', {
        // A task that has lost it serves as well as before; to end it for that would end its app without draining.
        essential: false,
        readonlyRootFilesystem: true,
        ...drainer,
        logging: this.logging,
        linuxParameters,
      })
      .addContainerDependencies({ container, condition: ecs.ContainerDependencyCondition.START });
  }

  /**
   * Makes what starts the tasks wait until ECS may read what they need, and until their subnets lead out, to registries and secrets: first tasks that cannot
   * start are counted by the circuit breaker, and roll a new stack back.
   */
  protected startLast(starter: CfnResource, { vpc, vpcSubnets }: ServiceMesh): void {
    starter.node.addDependency(this.owner.executionRole, vpc.selectSubnets(vpcSubnets).internetConnectivityEstablished);
  }

  private addProxy({ container, writable, grant }: Sidecar): ecs.ContainerDefinition {
    const linuxParameters = new ecs.LinuxParameters(this, 'Proxy', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
    // On Fargate too, since January 2026, whatever CDK's docs say: https://github.com/aws/containers-roadmap/issues/736
    if (writable.length > 0) linuxParameters.addTmpfs(...writable);
    grant?.(this.owner.taskRole);
    return this.taskDefinition.addContainer('sidecar', {
      essential: true,
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(30),
      ...container,
      logging: this.logging,
      linuxParameters,
    });
  }
}
