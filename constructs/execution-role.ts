import { Aws } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** One for all tasks of a stack: it holds what ECS needs to start them, not what they may do. */
export const newExecutionRole = (scope: Construct): Role =>
  new Role(scope, 'ExecutionRole', {
    assumedBy: ecsTasks(),
    description: 'Starts tasks: pulls their images, reads the secrets they name, opens their logs',
  });

/** ECS for this account only: the bare service principal would let ECS act for any account that names the role. */
export const ecsTasks = (): ServicePrincipal =>
  new ServicePrincipal('ecs-tasks.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } });
