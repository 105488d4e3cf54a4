import type { ModelPath } from '../../model/architecture/index.js';
import type { GatewayRouteMatch, HttpRoute, Listener, LogFile, TcpRoute, TlsClient } from './spec.js';

/** One resource of a CloudFormation template, as the compiler states it. */
export interface Resource<Type extends keyof Properties = keyof Properties> {
  /** Unique among the resources of a mesh; a construct's id. */
  readonly id: string;
  readonly type: Type;
  readonly properties: Properties[Type];
  /** Where what it is made of is declared. */
  readonly at: ModelPath;
  /** The ids of the resources that the service wants to find first. Never a chain that grows with the number of services. */
  readonly after: readonly string[];
}

/** Any one resource; its `type` says which properties it has. */
export type AnyResource = { [Type in keyof Properties]: Resource<Type> }[keyof Properties];

/** The properties of each type, in CloudFormation's own spelling. Only what the compiler states. */
export interface Properties {
  'AWS::AppMesh::Mesh': {
    readonly MeshName: string;
    readonly Spec: { readonly EgressFilter: { readonly Type: 'DROP_ALL' | 'ALLOW_ALL' } };
  };
  'AWS::AppMesh::VirtualNode': {
    readonly MeshName: string;
    readonly VirtualNodeName: string;
    readonly Spec: {
      readonly Listeners: readonly Listener[];
      readonly ServiceDiscovery?: Discovery;
      readonly Backends: readonly { readonly VirtualService: Backend }[];
      readonly Logging?: LogFile;
    };
  };
  'AWS::AppMesh::VirtualRouter': {
    readonly MeshName: string;
    readonly VirtualRouterName: string;
    readonly Spec: { readonly Listeners: readonly Pick<Listener, 'PortMapping'>[] };
  };
  'AWS::AppMesh::Route': {
    readonly MeshName: string;
    readonly VirtualRouterName: string;
    readonly RouteName: string;
    readonly Spec: {
      readonly Priority: number;
      readonly HttpRoute?: HttpRoute;
      readonly Http2Route?: HttpRoute;
      readonly TcpRoute?: TcpRoute;
    };
  };
  'AWS::AppMesh::VirtualService': {
    readonly MeshName: string;
    readonly VirtualServiceName: string;
    readonly Spec: { readonly Provider: { readonly VirtualRouter: { readonly VirtualRouterName: string } } };
  };
  'AWS::AppMesh::VirtualGateway': {
    readonly MeshName: string;
    readonly VirtualGatewayName: string;
    readonly Spec: {
      readonly Listeners: readonly Pick<Listener, 'PortMapping' | 'ConnectionPool'>[];
      readonly BackendDefaults: { readonly ClientPolicy: { readonly TLS: TlsClient } };
      readonly Logging: LogFile;
    };
  };
  'AWS::AppMesh::GatewayRoute': {
    readonly MeshName: string;
    readonly VirtualGatewayName: string;
    readonly GatewayRouteName: string;
    readonly Spec: {
      readonly Priority: number;
      readonly HttpRoute: {
        readonly Match: GatewayRouteMatch;
        readonly Action: { readonly Target: { readonly VirtualService: { readonly VirtualServiceName: string } } };
      };
    };
  };
}

/** Where the instances of a node are: one of the two. */
export interface Discovery {
  readonly AWSCloudMap?: { readonly NamespaceName: string; readonly ServiceName: string };
  readonly DNS?: { readonly Hostname: string; readonly ResponseType: 'LOADBALANCER' | 'ENDPOINTS' };
}

export interface Backend {
  readonly VirtualServiceName: string;
  readonly ClientPolicy?: { readonly TLS: TlsClient };
}
