import { Duration, Size } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Scale } from '../lib/index.js';
import type { Sidecar } from './engine/mesh-engine.js';
import type { ServiceMesh } from './service-mesh.js';
import type { TaskOwner } from './task-owner.js';

export interface FleetProps {
  readonly mesh: ServiceMesh;
  readonly owner: TaskOwner;
  /** What runs: a version's id, or `ingress`. Its logs are found under it. */
  readonly name: string;
  /** The proxy of each task. */
  readonly sidecar: Sidecar;
  readonly securityGroup: ISecurityGroup;
  readonly scale: Pick<Scale, 'min' | 'max'>;
  /** CPU units of a task, 1024 to a core. @default 512 */
  readonly cpu?: number | undefined;
  /** @default 1024 */
  readonly memoryLimitMiB?: number | undefined;
}

/** Fargate tasks with a proxy each: a version of a service (then with an app), or the ingress. */
export class Fleet extends Construct {
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly proxy: ecs.ContainerDefinition;
  readonly service: ecs.FargateService;
  private readonly owner: TaskOwner;
  private readonly logging: ecs.LogDriver;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const { mesh, sidecar, cpu = 512, memoryLimitMiB = 1024 } = props;
    this.owner = props.owner;
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
    this.service = this.newService(props);
  }

  /** The app beside the proxy: starts once the proxy is healthy, and either's end ends the task. */
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
    return container;
  }

  private addProxy({ container, writable, grant }: Sidecar): ecs.ContainerDefinition {
    const linuxParameters = new ecs.LinuxParameters(this, 'Proxy', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(ecs.Capability.ALL);
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

  private newService({ mesh, securityGroup, scale: { min, max } }: FleetProps): ecs.FargateService {
    const service = new ecs.FargateService(this, 'Service', {
      cluster: mesh.cluster,
      taskDefinition: this.taskDefinition,
      // A fixed count only where nothing scales it: a deployment would set it back to the minimum in the middle of the day.
      ...(max > min ? {} : { desiredCount: min }),
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      platformVersion: ecs.FargatePlatformVersion.VERSION1_4,
      assignPublicIp: false,
      vpcSubnets: mesh.vpcSubnets,
      securityGroups: [securityGroup],
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    // Else the first tasks may start before ECS may read what they need.
    service.node.addDependency(this.owner.executionRole);
    // CPU is the one measure that every task has; requests per second would need a load balancer before each service.
    if (max > min)
      service.autoScaleTaskCount({ minCapacity: min, maxCapacity: max }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    return service;
  }
}
