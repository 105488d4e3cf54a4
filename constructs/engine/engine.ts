import type { ContainerDefinitionOptions, ProxyConfiguration, Tmpfs } from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IPrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import type { Architecture, Gateway, Version } from '../../lib/index.js';

/** What carries the mesh. Made by `MeshEngine.envoy()` or `MeshEngine.appMesh()`; immutable, so one may serve several meshes. */
export interface Engine {
  readonly name: 'envoy' | 'app-mesh';
  /** Makes in `scope`, once a mesh, what its tasks share. */
  install(scope: Construct, plan: MeshPlan): InstalledEngine;
}

/** What an engine knows of the mesh it carries. */
export interface MeshPlan {
  /** Resolved, its externals' hosts bound: some may be CDK tokens. */
  readonly architecture: Architecture;
  /** The instances of a version are the A records of `<version id>.<namespace name>`. */
  readonly namespace: IPrivateDnsNamespace;
  readonly certificates: MeshCertificates;
}

/** The secrets with the keys `certificate`, `privateKey` and `trust`, each PEM, by name. */
export interface MeshCertificates {
  readonly services: Readonly<Record<string, ISecret>>;
  readonly gateways: Readonly<Record<string, ISecret>>;
}

/** An engine at work in one mesh. */
export interface InstalledEngine {
  /** Where tasks of the mesh take each other's requests: all that their security group admits, from each other and the ingress. Sorted. */
  readonly ports: readonly number[];
  /** Where proxies show their statistics to whom security groups let in; undefined where they show none on the network. */
  readonly metricsPort: number | undefined;
  /** What a task of this version gets. `scope` belongs to the version alone; further resources go there. */
  sidecar(scope: Construct, version: Version): Sidecar;
  /** What a task of the ingress fleet gets, which takes the requests of these gateways. `scope` belongs to the fleet alone. */
  ingress(scope: Construct, gateways: readonly Gateway[]): IngressProxy;
}

/** The proxy of a task, and what the task needs around it. */
export interface Sidecar {
  /** With its health check: the app starts once it is healthy. Name, logging and Linux parameters are the task's own affair. */
  readonly container: Omit<ContainerDefinitionOptions, 'containerName' | 'logging' | 'linuxParameters'>;
  /** Directories in memory that the proxy writes to, beside its read-only root. */
  readonly writable: readonly Tmpfs[];
  /**
   * What waits in the task while its callers leave: starts last, so that ECS stops it first. Name, logging and Linux parameters are the task's own affair.
   * Undefined where nobody calls, and for an engine that has none.
   */
  readonly drainer: Omit<ContainerDefinitionOptions, 'containerName' | 'logging' | 'linuxParameters'> | undefined;
  /** What the app is told so that it finds its callees: environment variables. Empty for an ingress. */
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined without interception. */
  readonly proxyConfiguration: ProxyConfiguration | undefined;
  /** What the proxy may do on AWS; undefined where it asks AWS for nothing. */
  grant?(taskRole: IRole): void;
}

/** The proxy of the ingress fleet. */
export interface IngressProxy extends Sidecar {
  /** How the load balancer asks whether it is well: `GET path`, or a TCP connection where no path is given. */
  readonly health: { readonly port: number; readonly path: string | undefined };
}
