import type { IVpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import type { INetworkListener, INetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Gateway } from '../lib/model/architecture/index.js';

/**
 * How API Gateway reaches the mesh: one VPC link (V2) to an internal load balancer before the ingress fleet.
 * `Ingress` makes one; gateways take it as `frontDoor`.
 */
export interface FrontDoor {
  /** Of the second version, which REST and HTTP APIs both take. */
  readonly vpcLink: IVpcLink;
  /** Internal. Admits the VPC link and nobody else. */
  readonly loadBalancer: INetworkLoadBalancer;
  /** @throws for a gateway whose routes do not lead into the mesh */
  entrance(gateway: string): Entrance;
}

/** Where a gateway's requests enter: a listener of its own, because the mesh knows a gateway by the port it came in at. */
export interface Entrance {
  readonly listener: INetworkListener;
  /** Of the listener and of the ingress behind it. */
  readonly port: number;
  /** The origin to put before a path: `http://<the load balancer's DNS name>:<port>`. */
  readonly url: string;
}

/**
 * Whether a gateway's requests pass the mesh's ingress: one route leads to a service.
 * Then its externals are reached through the ingress as well; else API Gateway reaches them itself, and needs no mesh at all.
 */
export const entersMesh = ({ routes }: Gateway): boolean => routes.some(({ target }) => target.kind === 'service');
