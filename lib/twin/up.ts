import { compileIngress, compileSidecar } from '../engines/envoy/index.js';
import type { Architecture, Version } from '../model/architecture/index.js';
import { Documents } from './documents.js';
import { findEnvoy } from './envoy-binary.js';
import { EnvoyProcess } from './envoy-process.js';
import { gatewayBootstrap, gatewayNode } from './gateway.js';
import { Instance } from './instance.js';
import { gatewayPlacement, ingressPlacement, sidecarPlacement, socketOf } from './placement.js';
import { Rotation } from './rotation.js';
import { announce, runningTwins } from './running-twins.js';
import { withEveryVersion } from './shifted.js';
import { createSigningKey, keySetOf } from './signing-key.js';
import { prepareSite, type Site } from './site.js';
import { Supervisor } from './supervisor.js';
import { type Bootstraps, Traffic } from './traffic.js';
import { envoysOf, type RunningEnvoys, Twin } from './twin.js';
import { TwinError } from './twin-error.js';

export interface UpOptions {
  /** Instances of each version, for all or by a version's id. @default 1 */
  readonly instances?: number | Readonly<Record<string, number>>;
  /** Each line that an Envoy writes: warnings and errors. @default nowhere */
  readonly onLine?: (envoy: string, line: string) => void;
  /** An Envoy that ended by itself after the start. @default nowhere */
  readonly onDeath?: (error: TwinError) => void;
}

/**
 * Runs an architecture on this machine until `stop`, Ctrl-C (SIGINT), SIGTERM or SIGHUP; then no process and no file of it is left.
 *
 * @throws TwinError `ENVOY_NOT_FOUND`, `PROCESS_FAILED`, `NOT_READY`, `NOT_LOOPBACK`, `INTERRUPTED`; whatever was started is stopped by then
 */
export async function up(architecture: Architecture, options: UpOptions = {}): Promise<Twin> {
  const binary = findEnvoy();
  for (let attempt = 1; ; attempt += 1) {
    const supervisor = new Supervisor();
    try {
      return await start(architecture, options, binary, supervisor);
    } catch (error) {
      const { signal } = await supervisor.stop();
      if (signal !== undefined) throw new TwinError('INTERRUPTED', `${signal} came while the twin was starting`);
      if (!portWasTaken(error) || attempt === attempts) throw error;
    }
  }
}

/** Between a port's reservation and its use another process may take it. */
const attempts = 3;
const portWasTaken = (error: unknown): boolean => error instanceof TwinError && error.message.includes('Address already in use');

async function start(architecture: Architecture, options: UpOptions, binary: string, supervisor: Supervisor): Promise<Twin> {
  const began = performance.now();
  // Costs 0.15 CPU s to load: not before a twin starts.
  const { CertificateAuthority } = await import('./certificate-authority.js');
  const authority = await CertificateAuthority.create(supervisor.folder);
  const key = runningTwins(architecture.name, architecture.environment)[0]?.key ?? (await createSigningKey());
  const instancesOf = ({ id }: Version) => (typeof options.instances === 'object' ? options.instances[id] : options.instances) ?? 1;
  const site = await prepareSite({ architecture, instancesOf, keySet: keySetOf(key), authority, supervisor });
  const complete = withEveryVersion(architecture);
  const compile = (each: Architecture): Bootstraps => bootstrapsOf(each, site);
  const bootstraps = compile(complete);
  const documents = await Documents.serve(supervisor);
  const running = startEnvoys(architecture, site, (name) => {
    return EnvoyProcess.start(supervisor, {
      name,
      bootstrap: bootstraps.get(name)!,
      binary,
      socket: socketOf(site.folder, name),
      onLine: options.onLine ?? (() => {}),
      documents,
    });
  });
  const envoys = envoysOf(running);
  await Promise.all(envoys.map((envoy) => envoy.whenReady()));
  supervisor.assertRunning();
  for (const envoy of envoys) void envoy.ended.then((error) => supervisor.isStopping || options.onDeath?.(error));
  supervisor.closeAtEnd(announce({ architecture: architecture.name, environment: architecture.environment, pid: process.pid, key }));
  const envoyVersion = await envoys[0]?.version();
  return new Twin({
    architecture,
    supervisor,
    authority,
    key,
    externals: site.externals,
    ...running,
    traffic: new Traffic(complete, compile, envoys),
    rotation: new Rotation(authority, site.credentials, documents),
    envoyVersion,
    readyAfter: performance.now() - began,
  });
}

/** Each Envoy's configuration, by its name. */
function bootstrapsOf(architecture: Architecture, site: Site): Bootstraps {
  const { gateways, authorizers } = architecture;
  return new Map([
    ...site.seats.map((seat) => [seat.name, compileSidecar(architecture, seat.version, sidecarPlacement(site, seat))] as const),
    ...(gateways.length === 0 ? [] : [[ingressName, compileIngress(architecture, ingressPlacement(site))] as const]),
    ...gateways.map((gateway) => [gatewayNode(gateway), gatewayBootstrap(gateway, authorizers, gatewayPlacement(site, gateway))] as const),
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
