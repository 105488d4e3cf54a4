import type { Stack } from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkLoadBalancer, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { FrontDoor } from '../../../constructs/index.js';

/** A way into a mesh, without the mesh. */
export function newFrontDoor(stack: Stack, id = 'Balancer'): FrontDoor {
  const vpc = new Vpc(stack, 'Vpc');
  const loadBalancer = new NetworkLoadBalancer(stack, id, { vpc, internetFacing: false });
  const listener = loadBalancer.addListener('Listener', { port: 17_001, protocol: Protocol.TCP });
  listener.addTargets('Nobody', { port: 17_001 });
  const vpcLink = new VpcLink(stack, 'Link', { vpc });
  return { vpcLink, loadBalancer, entrance: () => ({ listener, port: 17_001, url: `http://${loadBalancer.loadBalancerDnsName}:17001` }) };
}
