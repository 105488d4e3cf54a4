import { Aws, Stack } from 'aws-cdk-lib';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ServiceMesh } from './service-mesh.js';

/** Who tasks are to AWS, and where they write: one for all versions of a service, one for the ingress. */
export interface TaskOwner {
  /** What the containers may do: nothing until it is granted. */
  readonly taskRole: Role;
  /** What ECS may do to start the tasks; no container can take it on. */
  readonly executionRole: IRole;
  readonly logGroup: LogGroup;
}

/** Makes role and log group in `scope`. */
export function newTaskOwner(scope: Construct, mesh: ServiceMesh, retention: RetentionDays = RetentionDays.ONE_MONTH): TaskOwner {
  return {
    taskRole: new Role(scope, 'TaskRole', { assumedBy: ecsTasks() }),
    // A stack of its own starts its tasks by a role of its own: granting to the mesh's would make the two stacks depend on each other.
    executionRole: Stack.of(scope) === Stack.of(mesh) ? mesh.executionRole : newExecutionRole(scope),
    logGroup: new LogGroup(scope, 'Logs', { retention }),
  };
}

/** One for all tasks of a stack: it holds what ECS needs to start them, not what they may do. */
export const newExecutionRole = (scope: Construct): Role =>
  new Role(scope, 'ExecutionRole', {
    assumedBy: ecsTasks(),
    description: 'Starts tasks: pulls their images, reads the secrets they name, opens their logs',
  });

/** ECS for this account only: the bare service principal would let ECS act for any account that names the role. */
const ecsTasks = (): ServicePrincipal =>
  new ServicePrincipal('ecs-tasks.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } });
