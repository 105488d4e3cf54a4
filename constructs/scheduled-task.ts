import type { CfnResource } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { FargatePlatformVersion } from 'aws-cdk-lib/aws-ecs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { EcsRunFargateTask } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import { MeshTask, type MeshTaskProps } from './mesh-task.js';

export interface ScheduledTaskProps extends MeshTaskProps {
  readonly securityGroup: ISecurityGroup;
  /** As declared: `cron(0 3 * * ? *)` in UTC, or `rate(6 hours)`. */
  readonly schedule: string;
}

/**
 * A Fargate task that EventBridge Scheduler starts, with a proxy and an app: it ends when its app does. One that takes longer than the schedule's interval
 * runs beside the next. Where starting fails (no capacity), it is tried again for 24 hours.
 */
export class ScheduledTask extends MeshTask {
  readonly schedule: Schedule;

  constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id, props);
    const { mesh, name, securityGroup, schedule } = props;
    this.schedule = new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.expression(schedule),
      description: `Runs ${name} of the mesh ${mesh.architecture.name}`,
      target: new EcsRunFargateTask(mesh.cluster, {
        taskDefinition: this.taskDefinition,
        platformVersion: FargatePlatformVersion.VERSION1_4,
        assignPublicIp: false,
        vpcSubnets: mesh.vpcSubnets,
        securityGroups: [securityGroup],
        propagateTags: true,
      }),
    });
    this.startLast(this.schedule.node.defaultChild as CfnResource, mesh);
  }
}
