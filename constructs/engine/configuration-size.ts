import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { grouped, near, percentOf } from '../limit.js';

/** ECS takes 64 KiB for a task definition with all its containers; a quarter is left for escaping, the app and the rest. */
const most = 48 * 1024;

/** What a configuration grows with: `calls and callers`, or `routes`. */
export interface Grown {
  readonly by: string;
  readonly amount: number;
}

/** Says that a configuration does not fit into its task definition (an error), or soon will not (a warning of CDK): what takes how much, and how much of it fits. */
export function reportSize(scope: Construct, id: string, text: string, { by, amount }: Grown): void {
  const bytes = Buffer.byteLength(text);
  if (bytes < near * most) return;
  const each = Math.ceil(bytes / Math.max(1, amount));
  const fit = Math.floor(most / each);
  const is = `the configuration of ${id} takes ${grouped(bytes)} of the ${grouped(most)} bytes (${percentOf(bytes, most)}) that a task definition has room for: ${grouped(amount)} ${by}, ${grouped(each)} each on average`;
  if (bytes <= most) {
    Annotations.of(scope).addWarningV2('cdk-edge-mesh:configuration-size', `${is}; about ${fit - amount} more fit`);
    return;
  }
  const message = `${is}\n  Fix: about ${fit} ${by} fit: ${id === 'ingress' ? 'merge routes by {path+}, or put some gateways into an architecture of their own' : 'split the service, or put one service before several of its callees'}`;
  scope.node.addValidation({ validate: () => [message] });
}
