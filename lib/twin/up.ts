import { type Bootstrap, compileIngress, compileSidecar } from '../engines/envoy/index.js';
import type { Architecture, GatewayRoute, Version } from '../model/architecture/index.js';
import { type Typed, tokenCommand } from './curl.js';
import { Documents } from './documents.js';
import { envoyFolders, findEnvoy } from './envoy-binary.js';
import { EnvoyProcess } from './envoy-process.js';
import { inWords } from './failed-start.js';
import { Fleet } from './fleet.js';
import { gatewayBootstrap, gatewayNode } from './gateway.js';
import { HeldLines } from './held-lines.js';
import { Instance } from './instance.js';
import { gatewayPlacement, ingressPlacement, sidecarPlacement, socketOf } from './placement.js';
import { attempts, portWasTaken } from './ports.js';
import { assertFolders, type Programs } from './program.js';
import { Rotation } from './rotation.js';
import { sharedKey } from './shared-key.js';
import { withEveryVersion } from './shifted.js';
import { keySetOf } from './signing-key.js';
import { prepareSite, type Site } from './site.js';
import { Supervisor } from './supervisor.js';
import { type Reached, reachedBy } from './through.js';
import { type Bootstraps, Traffic } from './traffic.js';
import { envoysOf, type RunningEnvoys, Twin } from './twin.js';
import { TwinError } from './twin-error.js';

export interface UpOptions {
  /** Instances of each version, for all or by a version's id. @default 1 */
  readonly instances?: number | Readonly<Record<string, number>>;
  /**
   * What runs as the app of versions with `run`: the user's own programs, or stubs as for all others. Programs can be killed; slowed and made to fail can only stubs.
   *
   * @default 'own'
   */
  readonly apps?: 'own' | 'stubs';
  /**
   * Externals, by name, that are let through to their real hosts: the only way by which this twin's Envoys leave this machine. Over https the host proves its name
   * to the roots of this system. @default none: stubs stand in for all of them
   */
  readonly through?: readonly string[];
  /** Where the architecture is: what `cwd` of a `run` is relative to, and whose `.venv` may have Envoy. @default the working directory */
  readonly folder?: string;
  /** How the user calls us, for what a 401 says of tokens. @default it says nothing of them */
  readonly typed?: Typed;
  /** Each line that a program of the user's own writes, with its instance. @default nowhere */
  readonly onAppLine?: (instance: string, line: string) => void;
  /** What becomes of such programs: that one ended and is started again, or stays down. @default nowhere */
  readonly onAppNews?: (news: string) => void;
  /** Each line that an Envoy writes: warnings and errors. @default nowhere */
  readonly onLine?: (envoy: string, line: string) => void;
  /** An Envoy that ended by itself after the start. @default nowhere */
  readonly onDeath?: (error: TwinError) => void;
}

/**
 * Runs an architecture on this machine until `stop`, Ctrl-C (SIGINT), SIGTERM or SIGHUP; then no process and no file of it is left.
 *
 * @throws TwinError `ENVOY_NOT_FOUND`, `UNKNOWN_NAME`, `NO_HOST`, `NO_FOLDER`, `PROCESS_FAILED`, `NOT_READY`, `NOT_LOOPBACK`, `INTERRUPTED`; whatever was started is stopped by then
 */
export async function up(architecture: Architecture, options: UpOptions = {}): Promise<Twin> {
  const binary = findEnvoy({ folders: envoyFolders(options.folder) });
  const reached = reachedBy(architecture, options.through ?? []);
  if (options.apps !== 'stubs') assertFolders(architecture, options.folder ?? process.cwd());
  for (let attempt = 1; ; attempt += 1) {
    const supervisor = new Supervisor();
    try {
      return await start(architecture, { ...options, reached }, binary, supervisor);
    } catch (error) {
      const { signal } = await supervisor.stop();
      if (signal !== undefined) throw new TwinError('INTERRUPTED', `${signal} came while the twin was starting; nothing is left`);
      if (!portWasTaken(error) || attempt === attempts) throw inWords(error, { folder: supervisor.folder, binary });
    }
  }
}

/** As wanted, once names are looked up. */
type Started = UpOptions & { readonly reached: ReadonlyMap<string, Reached> };

async function start(architecture: Architecture, options: Started, binary: string, supervisor: Supervisor): Promise<Twin> {
  const began = performance.now();
  // Costs 0.15 CPU s to load: not before a twin starts.
  const { CertificateAuthority } = await import('./certificate-authority.js');
  const authority = await CertificateAuthority.create(supervisor.folder);
  const key = await sharedKey(architecture, supervisor);
  const instancesOf = ({ id }: Version) => (typeof options.instances === 'object' ? options.instances[id] : options.instances) ?? 1;
  const programs = programsOf(options);
  const site = await prepareSite({
    architecture,
    instancesOf,
    keySet: keySetOf(key),
    authority,
    supervisor,
    programs,
    reached: options.reached,
  });
  const complete = withEveryVersion(architecture);
  const compile = (each: Architecture): Bootstraps => bootstrapsOf(each, site, options.typed);
  const bootstraps = compile(complete);
  const documents = await Documents.serve(supervisor);
  const live = { documents, versions: new Set(architecture.services.flatMap(({ versions }) => versions.map(({ id }) => id))) };
  const lines = new HeldLines(options.onLine ?? (() => {}));
  const launch = (name: string, bootstrap: Bootstrap): EnvoyProcess =>
    EnvoyProcess.start(supervisor, {
      name,
      bootstrap,
      binary,
      socket: socketOf(site.folder, name),
      onLine: lines.add,
      live,
      reached: options.reached,
    });
  const running = startEnvoys(architecture, site, (name) => launch(name, bootstraps.get(name)!));
  const envoys = envoysOf(running);
  await Promise.all(envoys.map((envoy) => envoy.whenReady()));
  lines.release();
  supervisor.assertRunning();
  const mourn = (envoy: EnvoyProcess): void =>
    void envoy.ended.then((error) => supervisor.isStopping || envoy.isStopping || options.onDeath?.(error));
  for (const envoy of envoys) mourn(envoy);
  const envoyVersion = await envoys[0]?.version();
  // As on AWS an app is started when its sidecar is ready: it may call while it starts. One that does not come up is told of, and no reason to stop.
  await Promise.all(running.instances.map((instance) => instance.startProgram()));
  supervisor.assertRunning();
  const traffic = new Traffic(complete, compile, () => envoysOf({ ...running, instances: fleet.instances }));
  const fleet = new Fleet(
    {
      architecture,
      site,
      supervisor,
      programs,
      launch,
      bootstrapOf: (name) => traffic.bootstrapOf(name),
      tell: () => traffic.tell(),
      onReady: mourn,
    },
    running.instances,
  );
  return new Twin({
    architecture,
    supervisor,
    authority,
    key,
    externals: site.externals,
    reached: options.reached,
    ...running,
    fleet,
    traffic,
    rotation: new Rotation(authority, site.credentials, documents),
    envoyVersion,
    readyAfter: performance.now() - began,
  });
}

const programsOf = ({ apps, folder = process.cwd(), onAppLine, onAppNews }: UpOptions): Programs | undefined =>
  apps === 'stubs' ? undefined : { folder, onLine: onAppLine ?? (() => {}), onNews: onAppNews ?? (() => {}) };

/** Each Envoy's configuration, by its name. */
function bootstrapsOf(architecture: Architecture, site: Site, typed: Typed | undefined): Bootstraps {
  const { gateways, authorizers } = architecture;
  const commandOf = typed && ((route: GatewayRoute) => tokenCommand(architecture, route, typed));
  return new Map([
    ...site.seats.map((seat) => [seat.name, compileSidecar(architecture, seat.version, sidecarPlacement(site, seat))] as const),
    ...(gateways.length === 0 ? [] : [[ingressName, compileIngress(architecture, ingressPlacement(site))] as const]),
    ...gateways.map(
      (gateway) => [gatewayNode(gateway), gatewayBootstrap(gateway, authorizers, gatewayPlacement(site, gateway), commandOf)] as const,
    ),
  ]);
}

const ingressName = 'ingress';

function startEnvoys({ gateways }: Architecture, site: Site, launch: (name: string) => EnvoyProcess): RunningEnvoys {
  return {
    instances: site.seats.map((seat) => new Instance(seat, launch(seat.name))),
    ingress: gateways.length === 0 ? undefined : launch(ingressName),
    gateways: gateways.map((gateway) => {
      const { address, port } = gatewayPlacement(site, gateway).listen;
      return { gateway, url: `http://${address}:${port}`, envoy: launch(gatewayNode(gateway)) };
    }),
  };
}
