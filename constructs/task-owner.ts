import { Stack } from 'aws-cdk-lib';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ecsTasks, newExecutionRole } from './execution-role.js';
import { newLogGroup } from './log-group.js';
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
export function newTaskOwner(scope: Construct, mesh: ServiceMesh, retention?: RetentionDays): TaskOwner {
  return {
    taskRole: new Role(scope, 'TaskRole', { assumedBy: ecsTasks() }),
    // A stack of its own starts its tasks by a role of its own: granting to the mesh's would make the two stacks depend on each other.
    executionRole: Stack.of(scope) === Stack.of(mesh) ? mesh.executionRole : newExecutionRole(scope),
    logGroup: newLogGroup(scope, 'Logs', retention),
  };
}
