import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A log group that keeps its lines for a month, unless the user says how long: CDK's own would keep them for two years. */
export const newLogGroup = (scope: Construct, id: string, retention: RetentionDays = RetentionDays.ONE_MONTH): LogGroup =>
  new LogGroup(scope, id, { retention });
