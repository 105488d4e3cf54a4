import { Duration } from 'aws-cdk-lib';
import { VpcLink } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IConnectable, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { type INetworkListener, NetworkLoadBalancer, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Gateway, Problem, Scale } from '../lib/index.js';
import { frontPortOf } from '../lib/model/port.js';
import { notAmong, wrong } from '../lib/model/problem.js';
import type { IngressProxy } from './engine/engine.js';
import { Fleet } from './fleet.js';
import { type Entrance, entersMesh, type FrontDoor } from './front-door.js';
import { Metrics } from './metrics.js';
import { refuse } from './refuse.js';
import type { ServiceMesh } from './service-mesh.js';
import { countIn, ingress } from './stack-size.js';
import { newTaskOwner } from './task-owner.js';

export interface IngressProps {
  readonly mesh: ServiceMesh;
  /** Tasks of the fleet, one at least. @default { min: 2, max: 10 } */
  readonly scale?: Pick<Scale, 'min' | 'max'>;
  /** CPU units of a task, 1024 to a core. @default 512 */
  readonly cpu?: number;
  /** @default 1024 */
  readonly memoryLimitMiB?: number;
  /** How long logs are kept. @default one month */
  readonly logRetention?: RetentionDays;
}

/** An ECS service registers with five target groups at most. */
const mostGateways = 5;

/**
 * The way into the mesh for every gateway with a route to a service: VPC link → internal load balancer, a listener for each gateway → a fleet of proxies.
 * Each step admits the one before it and nobody else, so API Gateway cannot be gone around.
 *
 * @throws ArchitectureError for a scale that is none
 * @throws Error where no gateway leads to a service
 */
export class Ingress extends Construct implements FrontDoor {
  readonly vpcLink: VpcLink;
  readonly loadBalancer: NetworkLoadBalancer;
  readonly taskRole: Role;
  readonly logGroup: LogGroup;
  readonly taskDefinition: FargateTaskDefinition;
  readonly service: FargateService;
  /** Of the fleet: admits the load balancer. */
  readonly securityGroup: SecurityGroup;
  private readonly metrics: Metrics;
  private readonly entrances: ReadonlyMap<string, INetworkListener>;

  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id);
    const { mesh, scale = { min: 2, max: 10 }, logRetention, ...size } = props;
    refuse(scaleProblems(scale));
    const { vpc, vpcSubnets } = mesh;
    const gateways = mesh.architecture.gateways.filter(entersMesh);
    if (gateways.length === 0) throw new Error(`no gateway of ${mesh.architecture.name} leads to a service; leave the Ingress out`);
    this.node.addValidation({ validate: () => tooMany(gateways) });
    countIn(this, ingress);
    const owner = newTaskOwner(this, mesh, logRetention);
    this.taskRole = owner.taskRole;
    this.logGroup = owner.logGroup;
    this.securityGroup = new SecurityGroup(this, 'FleetGroup', { vpc, description: `Ingress of the mesh ${mesh.architecture.name}` });
    for (const port of mesh.engine.ports) {
      // The last argument puts the rule here: in the mesh's stack it would make the two stacks depend on each other.
      mesh.securityGroup.addIngressRule(this.securityGroup, Port.tcp(port), 'The mesh, from the ingress', true);
    }
    this.metrics = new Metrics(this.securityGroup, mesh.engine, this, 'allowMetricsFrom(scraper)');
    const sidecar = mesh.engine.ingress(new Construct(this, 'Engine'), gateways);
    const fleet = new Fleet(this, 'Fleet', { ...size, mesh, owner, name: 'ingress', sidecar, securityGroup: this.securityGroup, scale });
    // The load balancer has left a task before ECS stops it; its connections, which stay open, hear of it by their next answer.
    fleet.drainBefore(fleet.proxy);
    this.taskDefinition = fleet.taskDefinition;
    this.service = fleet.service;

    const linkGroup = new SecurityGroup(this, 'LinkGroup', { vpc, allowAllOutbound: false, description: 'VPC link of API Gateway' });
    this.vpcLink = new VpcLink(this, 'Link', { vpc, subnets: vpcSubnets, securityGroups: [linkGroup] });
    this.loadBalancer = this.newLoadBalancer(mesh, sidecar);
    this.entrances = new Map(gateways.map(({ name }) => [name, this.open(name, linkGroup, fleet, sidecar)]));
  }

  entrance(gateway: string): Entrance {
    const listener = this.entrances.get(gateway);
    if (listener === undefined) throw new Error(notAmong(gateway, 'a gateway that leads into the mesh', [...this.entrances.keys()]));
    const port = frontPortOf(gateway);
    return { listener, port, url: `http://${this.loadBalancer.loadBalancerDnsName}:${port}` };
  }

  /**
   * Lets a scraper read the statistics of the fleet's proxies: on that one port, and nobody else.
   *
   * @throws unless the architecture says `observability: { metrics: 'network' }`, and for an engine that shows none
   */
  allowMetricsFrom(scraper: IConnectable): void {
    this.metrics.allowFrom(scraper);
  }

  private newLoadBalancer({ vpc, vpcSubnets }: ServiceMesh, { health }: IngressProxy): NetworkLoadBalancer {
    const group = new SecurityGroup(this, 'LoadBalancerGroup', { vpc, allowAllOutbound: false, description: 'Before the ingress' });
    const loadBalancer = new NetworkLoadBalancer(this, 'LoadBalancer', {
      vpc,
      vpcSubnets,
      internetFacing: false,
      crossZoneEnabled: true,
      securityGroups: [group],
      // Else an endpoint service on the load balancer would let other VPCs in, whatever its security group says.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: true,
    });
    loadBalancer.connections.allowTo(this.securityGroup, Port.tcp(health.port), 'Health');
    return loadBalancer;
  }

  /** TCP from end to end: who speaks is settled by security groups here, and by certificates from the fleet on. */
  private open(gateway: string, from: SecurityGroup, fleet: Fleet, { health }: IngressProxy): INetworkListener {
    const port = frontPortOf(gateway);
    fleet.proxy.addPortMappings({ containerPort: port });
    this.loadBalancer.connections.allowFrom(from, Port.tcp(port), `Gateway ${gateway}`);
    this.loadBalancer.connections.allowTo(this.securityGroup, Port.tcp(port), `Gateway ${gateway}`);
    const listener = this.loadBalancer.addListener(`Listener-${gateway}`, { port, protocol: Protocol.TCP });
    listener.addTargets('Fleet', {
      port,
      protocol: Protocol.TCP,
      targets: [fleet.service.loadBalancerTarget({ containerName: fleet.proxy.containerName, containerPort: port })],
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        port: String(health.port),
        ...(health.path === undefined ? { protocol: Protocol.TCP } : { protocol: Protocol.HTTP, path: health.path }),
        interval: Duration.seconds(10),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    return listener;
  }
}

function scaleProblems({ min, max }: Pick<Scale, 'min' | 'max'>): Problem[] {
  const few = (value: number, key: string, least: number): Problem[] =>
    Number.isInteger(value) && value >= least
      ? []
      : [{ path: `ingress.scale.${key}`, message: wrong(value, `a whole number, ${least} or more`) }];
  return [...few(min, 'min', 1), ...few(max, 'max', Math.max(1, min))];
}

function tooMany({ length }: readonly Gateway[]): string[] {
  if (length <= mostGateways) return [];
  return [`${length} gateways lead into the mesh, one fleet takes ${mostGateways}: ECS registers a service with no more target groups`];
}
