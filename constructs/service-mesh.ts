import { type IConnectable, type IVpc, Peer, Port, SecurityGroup, type SubnetSelection, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, CpuArchitecture as Cpu, type CpuArchitecture, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { type IPrivateDnsNamespace, PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';
import { namespaceOf, rateLimitConfiguration } from '../lib/engines/envoy/index.js';
import { type Architecture, type Declaration, resolve } from '../lib/index.js';
import type { BindExternals, BindProperty, Certificates } from './bind.js';
import { type Binding, bindHosts } from './binding.js';
import { meshCertificates } from './engine/certificates.js';
import type { InstalledEngine } from './engine/engine.js';
import { MeshEngine } from './engine/mesh-engine.js';
import { newExecutionRole } from './execution-role.js';
import { reportFindings } from './findings.js';
import { Metrics } from './metrics.js';

/** Where a mesh runs: all of it made when left out. */
export interface MeshPlace {
  /** @default the cluster's, else a new one with private subnets behind NAT gateways */
  readonly vpc?: IVpc;
  /** Where tasks run. @default the VPC's private subnets with a way out */
  readonly vpcSubnets?: SubnetSelection;
  /** @default a new one */
  readonly cluster?: ICluster;
  /** The private DNS namespace in which instances are found. @default a new one, `<name>.<environment>.internal` */
  readonly namespace?: IPrivateDnsNamespace;
  /** Of every task. An image must be built for it. @default X86_64, which most public images are built for */
  readonly cpuArchitecture?: CpuArchitecture;
}

/** Which architecture, where, and by what it is carried. */
export interface MeshSettings<D extends Declaration> extends MeshPlace {
  /** As `defineArchitecture` or `parseArchitecture` returned it. */
  readonly architecture: D;
  /** The environment whose sizes and addresses hold. @default 'prod' */
  readonly environment?: string;
  /** What carries the mesh. @default MeshEngine.envoy() */
  readonly engine?: MeshEngine;
  /** The identities of services and gateways. @default none; both engines need all of them and say which are missing */
  readonly certificates?: Certificates<D>;
}

/** What holds where nobody says otherwise. */
export const usual = { environment: 'prod', engine: MeshEngine.envoy() };

export type ServiceMeshProps<D extends Declaration> = MeshSettings<D> & BindProperty<BindExternals<D>>;

/**
 * What the services of an architecture share: cluster, namespace, security group, execution role and engine.
 *
 * @throws ArchitectureError where an external has no host, or an identity no certificate
 */
export class ServiceMesh<D extends Declaration = Declaration> extends Construct {
  readonly declaration: D;
  /** Resolved for the environment, its externals' hosts bound. */
  readonly architecture: Architecture;
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection;
  readonly cluster: ICluster;
  readonly namespace: IPrivateDnsNamespace;
  readonly cpuArchitecture: CpuArchitecture;
  /** Of every task of the mesh, one for all: tasks are told apart by identity, so adding a service or a call adds no rule. */
  readonly securityGroup: SecurityGroup;
  /** What ECS itself uses to start tasks; no container can take it on. */
  readonly executionRole: Role;
  readonly engine: InstalledEngine;
  /**
   * What Envoy's rate limit service has to know of the global limits, as YAML: put it where that service reads it, before tasks ask it. Undefined where
   * there are none, and with an engine that carries none.
   */
  readonly rateLimitConfiguration: string | undefined;
  private readonly metrics: Metrics;

  constructor(scope: Construct, id: string, props: ServiceMeshProps<D>) {
    super(scope, id);
    const { architecture, environment = usual.environment, engine = usual.engine, certificates } = props;
    const resolved = resolve(architecture, { environment });
    reportFindings(this, resolved);
    this.declaration = architecture;
    this.architecture = bindHosts(resolved, props.bind ?? ({} satisfies Binding));
    this.vpc = props.vpc ?? props.cluster?.vpc ?? new Vpc(this, 'Vpc');
    this.vpcSubnets = props.vpcSubnets ?? { subnetType: SubnetType.PRIVATE_WITH_EGRESS };
    this.cluster = props.cluster ?? new Cluster(this, 'Cluster', { vpc: this.vpc });
    this.namespace = props.namespace ?? new PrivateDnsNamespace(this, 'Namespace', { vpc: this.vpc, name: namespaceOf(this.architecture) });
    this.cpuArchitecture = props.cpuArchitecture ?? Cpu.X86_64;
    this.executionRole = newExecutionRole(this);
    this.rateLimitConfiguration = engine.name === 'envoy' ? rateLimitConfiguration(this.architecture) : undefined;
    this.engine = engine.install(new Construct(this, 'Engine'), {
      architecture: this.architecture,
      namespace: this.namespace,
      certificates: meshCertificates(certificates),
    });
    this.securityGroup = new SecurityGroup(this, 'Tasks', { vpc: this.vpc, description: `Tasks of the mesh ${this.architecture.name}` });
    for (const port of this.engine.ports) this.securityGroup.addIngressRule(this.securityGroup, Port.tcp(port), 'The mesh, from the mesh');
    this.metrics = new Metrics(this.securityGroup, this.engine, this, 'allowMetricsFrom(scraper)');
    if (engine.name === 'envoy') this.admitPlaintext(); // sidecars of App Mesh stay strict
  }

  /**
   * Lets a scraper read the statistics of every sidecar: on that one port, and nobody else. The ingress has a method of its own.
   *
   * @param scraper a service, a security group, or `Peer.ipv4('10.0.9.0/28')`
   * @throws unless the architecture says `observability: { metrics: 'network' }`, and for an engine that shows none
   */
  allowMetricsFrom(scraper: IConnectable): void {
    this.metrics.allowFrom(scraper);
  }

  /** Clients that may still ask in plaintext reach the sidecars from their own addresses; which services take it from them, the sidecars know. */
  private admitPlaintext(): void {
    const { mtls } = this.architecture;
    const ranges = mtls.mode === 'permissive' ? new Set(mtls.clients.flatMap(({ from }) => from)) : [];
    for (const range of ranges) {
      const peer = range.includes(':') ? Peer.ipv6(range) : Peer.ipv4(range);
      for (const port of this.engine.ports) this.securityGroup.addIngressRule(peer, Port.tcp(port), 'Clients that may ask in plaintext');
    }
  }
}
