import type { CfnResource } from 'aws-cdk-lib';
import {
  CfnGatewayRoute,
  CfnMesh,
  CfnRoute,
  CfnVirtualGateway,
  CfnVirtualNode,
  CfnVirtualRouter,
  CfnVirtualService,
} from 'aws-cdk-lib/aws-appmesh';
import type { Construct } from 'constructs';
import type { AnyResource, Properties } from '../../lib/engines/app-mesh/index.js';

type L1 = new (scope: Construct, id: string, props: never) => CfnResource;

const classes: Record<keyof Properties, L1> = {
  'AWS::AppMesh::Mesh': CfnMesh,
  'AWS::AppMesh::VirtualNode': CfnVirtualNode,
  'AWS::AppMesh::VirtualRouter': CfnVirtualRouter,
  'AWS::AppMesh::Route': CfnRoute,
  'AWS::AppMesh::VirtualService': CfnVirtualService,
  'AWS::AppMesh::VirtualGateway': CfnVirtualGateway,
  'AWS::AppMesh::GatewayRoute': CfnGatewayRoute,
};

/**
 * The compiled resources as L1 constructs, by their ids. L2 constructs would lose some of the properties.
 * Names are literal, so the order that the service wants is stated, not derived.
 */
export function newResources(scope: Construct, resources: readonly AnyResource[]): ReadonlyMap<string, CfnResource> {
  const made = new Map<string, CfnResource>();
  for (const { id, type, properties, after } of resources) {
    const resource = new classes[type](scope, id, asProps(properties) as never); // spelled differently, and otherwise the same
    for (const other of after) resource.addResourceDependency(made.get(other)!);
    made.set(id, resource);
  }
  return made;
}

/** CloudFormation's spelling → that of L1 properties: `VirtualNodeName` → `virtualNodeName`, `AWSCloudMap` → `awsCloudMap`, `TLS` → `tls`. */
function asProps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asProps);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [asProp(key), asProps(inner)]));
}

const asProp = (key: string): string => key.replace(/^(?:[A-Z]+2?(?=[A-Z][a-z]|$)|[A-Z])/, (first) => first.toLowerCase());
