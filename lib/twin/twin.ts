import type { Architecture, Gateway, Split, Version } from '../model/architecture/index.js';
import { notAmong } from '../model/problem.js';
import type { CertificateAuthority } from './certificate-authority.js';
import type { EnvoyProcess } from './envoy-process.js';
import type { Fleet } from './fleet.js';
import type { Instance } from './instance.js';
import type { Rotation } from './rotation.js';
import type { SigningKey } from './signing-key.js';
import type { Statistics } from './statistics.js';
import type { StopOrder } from './stop-order.js';
import type { CallReport } from './stub-call.js';
import type { Stopped, Supervisor } from './supervisor.js';
import type { Reached } from './through.js';
import { findAuthorizer, signToken, type TokenOptions } from './token.js';
import type { Traffic } from './traffic.js';
import { TwinError } from './twin-error.js';

/** An entry for clients, as it runs here. */
export interface RunningGateway {
  readonly gateway: Gateway;
  /** `http://127.0.0.1:40123`, without a slash at its end. */
  readonly url: string;
  readonly envoy: EnvoyProcess;
}

/** Every Envoy of a twin, by what it is for. */
export interface RunningEnvoys {
  /** Sorted by service, version, number. */
  readonly instances: readonly Instance[];
  /** Undefined where there is no gateway. */
  readonly ingress: EnvoyProcess | undefined;
  readonly gateways: readonly RunningGateway[];
}

export const envoysOf = ({ instances, ingress, gateways }: RunningEnvoys): EnvoyProcess[] => [
  ...instances.map(({ sidecar }) => sidecar),
  ...(ingress === undefined ? [] : [ingress]),
  ...gateways.map(({ envoy }) => envoy),
];

/** What a twin is made of. */
export interface TwinParts extends Omit<RunningEnvoys, 'instances'> {
  readonly architecture: Architecture;
  readonly supervisor: Supervisor;
  readonly authority: CertificateAuthority;
  readonly key: SigningKey;
  readonly fleet: Fleet;
  readonly traffic: Traffic;
  readonly rotation: Rotation;
  /** The port of each external's stub. */
  readonly externals: ReadonlyMap<string, number>;
  /** The externals that are let through to their real hosts. */
  readonly reached: ReadonlyMap<string, Reached>;
  readonly envoyVersion: string | undefined;
  readonly readyAfter: number;
}

/** An architecture that runs on this machine: real Envoys and real mutual TLS, stub apps or the user's own programs, all on 127.0.0.1. Made by `up`. */
export class Twin {
  readonly architecture: Architecture;
  /** Undefined where there is no gateway. */
  readonly ingress: EnvoyProcess | undefined;
  readonly gateways: readonly RunningGateway[];
  /** The port of each external's stub. */
  readonly externals: ReadonlyMap<string, number>;
  /** The externals that are let through to their real hosts. */
  readonly reached: ReadonlyMap<string, Reached>;
  /** The CA that every Envoy of this twin trusts; what else it issues is for tests. */
  readonly authority: CertificateAuthority;
  /** Such as `1.40.0`. */
  readonly envoyVersion: string | undefined;
  /** Milliseconds from `up` until every Envoy listened. */
  readonly readyAfter: number;
  private readonly supervisor: Supervisor;
  private readonly key: SigningKey;
  private readonly fleet: Fleet;
  private readonly traffic: Traffic;
  private readonly rotation: Rotation;

  constructor(parts: TwinParts) {
    this.architecture = parts.architecture;
    this.ingress = parts.ingress;
    this.gateways = parts.gateways;
    this.externals = parts.externals;
    this.reached = parts.reached;
    this.authority = parts.authority;
    this.envoyVersion = parts.envoyVersion;
    this.readyAfter = parts.readyAfter;
    this.supervisor = parts.supervisor;
    this.key = parts.key;
    this.fleet = parts.fleet;
    this.traffic = parts.traffic;
    this.rotation = parts.rotation;
  }

  /** Sorted by service, version, number. */
  get instances(): readonly Instance[] {
    return this.fleet.instances;
  }

  /** Instances that ended on purpose, in order of their ends: what they logged is still there. */
  get departed(): readonly Instance[] {
    return this.fleet.departed;
  }

  /** Sidecars, ingress, gateways. */
  get envoys(): readonly EnvoyProcess[] {
    return envoysOf(this);
  }

  /** The temporary folder: configurations, certificates, access logs. Gone after `stop`. */
  get folder(): string {
    return this.supervisor.folder;
  }

  /**
   * @param version a version's id, or a service's name where it declares no versions
   * @param number 1 for the first
   * @throws TwinError `UNKNOWN_NAME`
   */
  instance(version: string, number = 1): Instance {
    const name = `${version}-${number}`;
    return (
      this.instances.find((each) => each.name === name) ??
      unknown(
        name,
        'an instance',
        this.instances.map((each) => each.name),
      )
    );
  }

  /**
   * Runs an app on demand: its stub makes the declared calls once, as a worker does at its times or for a message; a program of the user's own that has a schedule
   * is run to its end. The time itself is not reproduced here.
   *
   * @param version a version's id, or a service's name where it declares no versions
   * @returns what became of each call of a stub
   * @throws TwinError `UNKNOWN_NAME`; for a program `NOT_A_STUB` where it runs anyway, `PROCESS_FAILED` where it does not end well
   */
  run(version: string): Promise<CallReport[]> {
    return this.instance(version).work();
  }

  /** @throws TwinError `UNKNOWN_NAME` */
  gateway(name: string): RunningGateway {
    const names = this.gateways.map(({ gateway }) => gateway.name);
    return this.gateways.find(({ gateway }) => gateway.name === name) ?? unknown(name, 'a gateway', names);
  }

  /**
   * The counters and gauges of one Envoy whose name matches the regular expression.
   *
   * @param envoy `reviews-v1-1`, `ingress`, `gateway-web`
   * @throws TwinError `UNKNOWN_NAME`
   */
  statistics(envoy: string, filter?: string): Promise<Statistics> {
    const found =
      this.envoys.find(({ name }) => name === envoy) ??
      unknown(
        envoy,
        'an Envoy',
        this.envoys.map(({ name }) => name),
      );
    return found.statistics(filter);
  }

  /** How a service's requests split over its versions now. @throws TwinError `UNKNOWN_NAME` */
  split(service: string): readonly Split[] {
    return this.traffic.split(service);
  }

  /**
   * Shifts a service's traffic while requests are under way, wherever no rule says otherwise; undefined is back to what is declared.
   *
   * @param weights by a version's id, relative to their sum; whole numbers from 0
   * @throws TwinError `UNKNOWN_NAME`, `BAD_WEIGHTS`, `NOT_READY`
   */
  shift(service: string, weights: Readonly<Record<string, number>> | undefined): Promise<void> {
    return this.traffic.shift(service, weights);
  }

  /**
   * So many instances of a version: starts further ones, or ends the newest, while requests are under way. Callers learn of each once it is ready, and some time
   * before it ends.
   *
   * @param version a version's id, or a service's name where it declares no versions
   * @throws TwinError `UNKNOWN_NAME`, `PROCESS_FAILED`, `NOT_READY`
   */
  scale(version: string, to: number): Promise<void> {
    return this.fleet.scale(this.version(version), to);
  }

  /** Whether an instance was told to end: it is among the others until what it has under way has ended. */
  isEnding(instance: Instance): boolean {
    return this.fleet.isEnding(instance);
  }

  /** How many further instances of a version are being started; they are not among the others yet. @throws TwinError `UNKNOWN_NAME` */
  starting(version: string): number {
    return this.fleet.starting(this.version(version));
  }

  /** SIGTERM of a whole task; it does not come back. @throws TwinError `UNKNOWN_NAME`, `NOT_READY` */
  end(version: string, number: number, order: StopOrder = 'drained'): Promise<void> {
    return this.fleet.end(this.instance(version, number), order);
  }

  /** As a rolling deployment does with each task: starts its successor, then ends it. @throws TwinError `UNKNOWN_NAME`, `PROCESS_FAILED`, `NOT_READY` */
  replace(version: string, number: number): Promise<Instance> {
    return this.fleet.replace(this.instance(version, number));
  }

  private version(id: string): Version {
    const versions = this.architecture.services.flatMap((service) => service.versions);
    const ids = versions.map((each) => each.id);
    return versions.find((each) => each.id === id) ?? unknown(id, 'a version', ids);
  }

  /** How often every identity was given a certificate: 1 at the start. */
  get certificateGeneration(): number {
    return this.rotation.generation;
  }

  /** Gives every identity a new key and certificate while requests are under way. @throws TwinError `NOT_READY` */
  rotateCertificates(): Promise<void> {
    return this.rotation.rotate();
  }

  /** A token that this twin's gateways accept. @throws TwinError `UNKNOWN_NAME` for the authorizer */
  token(authorizer: string, options?: TokenOptions): Promise<string> {
    return signToken(findAuthorizer(this.architecture, authorizer), this.key, options);
  }

  /** Stops every process and removes the folder; once, however often it is asked. */
  stop(): Promise<Stopped> {
    return this.supervisor.stop();
  }

  /** Settles when it has stopped, by `stop` or by a signal. */
  get stopped(): Promise<Stopped> {
    return this.supervisor.stopped;
  }
}

function unknown(name: string, noun: string, names: readonly string[]): never {
  throw new TwinError('UNKNOWN_NAME', notAmong(name, noun, names));
}
