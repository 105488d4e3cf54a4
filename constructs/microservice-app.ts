import type { IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Architecture, type Declaration, type Gateway, resolve } from '../lib/index.js';
import { notAmong } from '../lib/model/problem.js';
import type { Bind, BindProperty, ServiceName } from './bind.js';
import { type Binding, bindHosts, hostProblems, imageProblems } from './binding.js';
import { certificateProblems, meshCertificates } from './engine/certificates.js';
import { reportFindings } from './findings.js';
import { entersMesh } from './front-door.js';
import { HttpGateway } from './gateway/http-gateway.js';
import { RestGateway } from './gateway/rest-gateway.js';
import { type GatewaySettings, settingsProblems } from './gateway/settings.js';
import { Ingress, type IngressProps } from './ingress.js';
import { Microservice, type MicroserviceProps } from './microservice.js';
import { refuse } from './refuse.js';
import { type MeshSettings, ServiceMesh, type ServiceMeshProps, usual } from './service-mesh.js';

export type MicroserviceAppProps<D extends Declaration> = MeshSettings<D> & {
  /** The fleet between gateways and services. @default two to ten tasks */
  readonly ingress?: Omit<IngressProps, 'mesh'>;
  /** Settings of gateways by name, such as `{ web: { accountLogRole: true } }`. @default none */
  readonly gateways?: Readonly<Record<string, GatewaySettings>>;
  /** How long logs are kept. @default one month */
  readonly logRetention?: RetentionDays;
} & BindProperty<Bind<D>>;

/**
 * A whole architecture on AWS: the mesh, its services, its ingress and its gateways. It only puts public constructs together; each can be used alone.
 * What the architecture does not need is not made: no cluster without a service, no ingress without a gateway that leads to one.
 *
 * @throws ArchitectureError with all that `bind` lacks, hosts of externals and images of versions, certificates that are missing, and settings that a gateway does not have
 */
export class MicroserviceApp<const D extends Declaration> extends Construct {
  /** Undefined where the architecture has no service. */
  readonly mesh: ServiceMesh<D> | undefined;
  /** Undefined where no gateway leads to a service. */
  readonly ingress: Ingress | undefined;
  /** By name. */
  readonly gateways: ReadonlyMap<string, RestGateway | HttpGateway>;
  private readonly services = new Map<string, Construct>();

  constructor(scope: Construct, id: string, props: MicroserviceAppProps<D>) {
    super(scope, id);
    const {
      architecture: declaration,
      environment = usual.environment,
      engine = usual.engine,
      certificates,
      gateways = {},
      logRetention,
    } = props;
    const binding: Binding = props.bind ?? {};
    const declared = resolve(declaration, { environment });
    refuse([
      ...hostProblems(declared, binding),
      ...imageProblems(declared, binding),
      ...certificateProblems(engine.name, { architecture: declared, certificates: meshCertificates(certificates) }),
      ...settingsProblems(declared.gateways, gateways),
    ]);
    const architecture = bindHosts(declared, binding);
    if (architecture.services.length > 0) {
      this.mesh = new ServiceMesh(this, 'Mesh', props as ServiceMeshProps<D>);
      for (const { name } of architecture.services) {
        const workload = { ...binding.services?.[name], mesh: this.mesh, service: name, logRetention };
        this.services.set(name, new Microservice(this, name, workload as MicroserviceProps<D, ServiceName<D>>));
      }
      if (architecture.gateways.some(entersMesh))
        this.ingress = new Ingress(this, 'Ingress', { logRetention, ...props.ingress, mesh: this.mesh });
    } else reportFindings(this, declared);
    this.gateways = new Map(
      architecture.gateways.map((gateway) => [
        gateway.name,
        this.newGateway(gateway, architecture, { logRetention, ...gateways[gateway.name] }),
      ]),
    );
  }

  /** To grant it what its app may do, and to admit it to what it calls. */
  service<S extends ServiceName<D>>(name: S): Microservice<D, S> {
    const service = this.services.get(name);
    if (service === undefined) throw new Error(notAmong(name, 'a service of the architecture', [...this.services.keys()]));
    return service as Microservice<D, S>;
  }

  /** Lets a scraper read the statistics of every proxy, the ingress's too. @throws unless the architecture says `observability: { metrics: 'network' }` */
  allowMetricsFrom(scraper: IConnectable): void {
    if (this.mesh === undefined) throw new Error('the architecture has no service, so there is no proxy to read from');
    this.mesh.allowMetricsFrom(scraper);
    this.ingress?.allowMetricsFrom(scraper);
  }

  private newGateway({ name, kind }: Gateway, architecture: Architecture, settings: GatewaySettings): RestGateway | HttpGateway {
    const props = { ...settings, architecture, gateway: name, frontDoor: this.ingress };
    const id = `Gateway-${name}`; // names of services begin with a small letter
    return kind === 'rest' ? new RestGateway(this, id, props) : new HttpGateway(this, id, props);
  }
}
