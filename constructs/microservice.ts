import { Duration } from 'aws-cdk-lib';
import { Connections, type IConnectable } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, type FargateService, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { IGrantable, IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Schedule } from 'aws-cdk-lib/aws-scheduler';
import { Service as Discovery, DnsRecordType, type IService } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { answerAge } from '../lib/engines/envoy/index.js';
import type { Declaration, Service, Version } from '../lib/index.js';
import { notAmong } from '../lib/model/problem.js';
import type { ServiceName, VersionName, Workload } from './bind.js';
import { boundImage, imageProblems, variableProblems } from './binding.js';
import { Fleet } from './fleet.js';
import { refuse } from './refuse.js';
import { ScheduledTask } from './scheduled-task.js';
import type { ServiceMesh } from './service-mesh.js';
import { countIn } from './stack-size.js';
import { newTaskOwner, type TaskOwner } from './task-owner.js';

export type MicroserviceProps<D extends Declaration, S extends ServiceName<D>> = Workload<VersionName<D, S>> & {
  readonly mesh: ServiceMesh<D>;
  /** As declared in the mesh's architecture. */
  readonly service: S;
  /** How long logs are kept. @default one month */
  readonly logRetention?: RetentionDays;
};

/** What runs for one version. */
export interface RunningVersion {
  readonly taskDefinition: FargateTaskDefinition;
  /** Undefined for what runs by schedule. */
  readonly service: FargateService | undefined;
  /** What starts it; undefined for what runs all the time. */
  readonly schedule: Schedule | undefined;
  /** Undefined for a worker, which nobody looks for. */
  readonly discovery: IService | undefined;
}

/**
 * A service of the architecture on Fargate: one role, one log group; for each version a task with app and sidecar, and its name in Cloud Map. A worker with
 * a schedule is started by EventBridge Scheduler.
 *
 * Grant to it what its app may do on AWS. Its connections are those of the whole mesh, which shares one security group: what is opened to one service is
 * open to every task. Where it has a stack of its own, open it from the other side, `database.connections.allowDefaultPortFrom(orders)`; else CDK puts the
 * rule into the mesh's stack, and the two depend on each other.
 *
 * @throws ArchitectureError where a version has no image, or a container would get a variable twice
 */
export class Microservice<D extends Declaration = Declaration, S extends ServiceName<D> = ServiceName<D>>
  extends Construct
  implements IGrantable, IConnectable
{
  readonly grantPrincipal: IPrincipal;
  readonly connections: Connections;
  /** What the containers of every version may do: nothing until it is granted. */
  readonly taskRole: Role;
  readonly logGroup: LogGroup;
  /** By version id: the service's name, or `<service>-<version>`. */
  readonly versions: Readonly<Record<string, RunningVersion>>;
  private readonly mesh: ServiceMesh;
  private readonly owner: TaskOwner;

  constructor(scope: Construct, id: string, props: MicroserviceProps<D, S>) {
    super(scope, id);
    this.mesh = props.mesh as ServiceMesh;
    const { architecture } = this.mesh;
    const service = findService(architecture.services, props.service);
    refuse(imageProblems({ ...architecture, services: [service] }, { services: { [service.name]: props } }));
    countIn(this, service.name);
    this.owner = newTaskOwner(this, this.mesh, props.logRetention);
    this.taskRole = this.owner.taskRole;
    this.grantPrincipal = this.taskRole.grantPrincipal;
    this.logGroup = this.owner.logGroup;
    this.connections = new Connections({ securityGroups: [this.mesh.securityGroup] });
    this.versions = Object.fromEntries(service.versions.map((version) => [version.id, this.run(service, version, props)]));
  }

  private run({ listen, ports, schedule }: Service, version: Version, workload: Workload): RunningVersion {
    const scope = new Construct(this, version.name ?? 'Tasks');
    const sidecar = this.mesh.engine.sidecar(new Construct(scope, 'Engine'), version);
    refuse(variableProblems(version, workload, sidecar.environment));
    const { cpu, memoryLimitMiB } = workload;
    const { mesh, owner } = this;
    const props = { mesh, owner, name: version.id, sidecar, securityGroup: mesh.securityGroup, cpu, memoryLimitMiB };
    const task =
      schedule === undefined
        ? new Fleet(scope, 'Fleet', { ...props, scale: version.scale })
        : new ScheduledTask(scope, 'Scheduled', { ...props, schedule });
    task.addApp({
      image: boundImage(version, workload) ?? ContainerImage.fromRegistry(version.image!),
      ...(version.command === undefined ? {} : { command: [...version.command] }),
      environment: { ...version.environment, ...workload.environment, ...sidecar.environment },
      ...(workload.secrets === undefined ? {} : { secrets: workload.secrets }),
      ...(listen === undefined
        ? {}
        : { portMappings: [listen, ...ports.map((port) => port.listen)].map(({ port }) => ({ containerPort: port })) }),
    });
    const { taskDefinition } = task;
    if (task instanceof ScheduledTask) return { taskDefinition, service: undefined, schedule: task.schedule, discovery: undefined };
    const discovery = listen === undefined ? undefined : this.register(scope, version, task.service);
    return { taskDefinition, service: task.service, schedule: undefined, discovery };
  }

  /** In Cloud Map, beside the ECS service and not below it: as its child, whatever the ECS service waits for would wait for it in turn. */
  private register(scope: Construct, { id }: Version, service: FargateService): IService {
    const discovery = new Discovery(scope, 'Discovery', {
      namespace: this.mesh.namespace,
      name: id,
      dnsRecordType: DnsRecordType.A,
      dnsTtl: Duration.millis(answerAge),
      // ECS reports the health of the containers; an instance is in DNS once they are healthy.
      customHealthCheck: { failureThreshold: 1 },
    });
    service.associateCloudMapService({ service: discovery });
    return discovery;
  }
}

function findService(services: readonly Service[], name: string): Service {
  const found = services.find((service) => service.name === name);
  if (found !== undefined) return found;
  throw new Error(
    notAmong(
      name,
      'a service of the architecture',
      services.map((service) => service.name),
    ),
  );
}
