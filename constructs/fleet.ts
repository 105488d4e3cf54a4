import type { CfnResource } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Scale } from '../lib/index.js';
import { MeshTask, type MeshTaskProps } from './mesh-task.js';

export interface FleetProps extends MeshTaskProps {
  readonly securityGroup: ISecurityGroup;
  readonly scale: Pick<Scale, 'min' | 'max'>;
}

/** Fargate tasks that run all the time, with a proxy each: a version of a service (then with an app), or the ingress. */
export class Fleet extends MeshTask {
  readonly service: ecs.FargateService;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id, props);
    this.service = this.newService(props);
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
    this.startLast(service.node.defaultChild as CfnResource, mesh);
    // CPU is the one measure that every task has; requests per second would need a load balancer before each service.
    if (max > min)
      service.autoScaleTaskCount({ minCapacity: min, maxCapacity: max }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    return service;
  }
}
