import type { Bootstrap } from '../../../lib/engines/envoy/index.js';
import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import type { Architecture, Service } from '../../../lib/index.js';
import type { EnvoyProcess } from '../../../lib/twin/envoy-process.js';
import { at, type Ground } from '../ground.js';
import { demanding, undemanding } from './architectures.js';
import { calleeHalf, callerHalf, plainHop } from './by-hand.js';

/** One way from the client to the app. */
export interface Way {
  readonly name: string;
  /** Where the client asks. */
  readonly port: number;
  readonly envoys: readonly EnvoyProcess[];
}

/** Changes a compiled configuration, to see what a part of it costs. */
export type Variant = (bootstrap: Bootstrap) => Bootstrap;
const same: Variant = (bootstrap) => bootstrap;

/** Ports that a way may need. */
export const portsPerWay = 6;

export const direct = (app: number): Way => ({ name: 'direct', port: app, envoys: [] });

export function oneHop(ground: Ground, app: number): Way {
  const port = ground.port();
  return { name: 'one hop', port, envoys: [ground.launch('hop', plainHop({ listen: port, to: app, socket: ground.socketOf('hop') }))] };
}

export async function pairByHand(ground: Ground, app: number): Promise<Way> {
  const [port, between] = [ground.port(), ground.port()];
  const [caller, callee] = ['spiffe://bench/svc/caller', 'spiffe://bench/svc/callee'];
  await ground.issue(caller, callee);
  const near = callerHalf({ listen: port, to: between, socket: ground.socketOf('near') }, ground.credentials(caller), callee);
  const far = calleeHalf({ listen: between, to: app, socket: ground.socketOf('far') }, ground.credentials(callee), caller);
  return { name: 'minimal mTLS pair', port, envoys: [ground.launch('near', near), ground.launch('far', far)] };
}

/** The sidecars as they are compiled. */
export async function pairCompiled(
  ground: Ground,
  app: number,
  name: string,
  architecture: Architecture,
  variant: Variant = same,
): Promise<Way> {
  const [port, between] = [ground.port(), ground.port()];
  const [caller, callee] = ['caller', 'callee'].map((each) => architecture.services.find((service) => service.name === each)!);
  await ground.issue(...architecture.services.map(({ identity }) => identity));
  const file = name.replaceAll(' ', '-');
  const launch = (service: Service, end: string, own: Parameters<Ground['placement']>[1]): EnvoyProcess =>
    ground.launch(`${file}-${end}`, variant(compileSidecar(architecture, service.versions[0]!, ground.placement(`${file}-${end}`, own))));
  return {
    name,
    port,
    envoys: [
      launch(caller!, 'near', { local: () => at(port), endpoints: () => ({ addresses: [at(between)] }) }),
      launch(callee!, 'far', { inbound: at(between), app: at(app) }),
    ],
  };
}

/** Without a line for each request: the pair by hand writes none either. */
const silent: Variant = (bootstrap) =>
  JSON.parse(JSON.stringify(bootstrap, (key, value: unknown) => (key === 'access_log' ? undefined : value))) as Bootstrap;

/** Each pair with mutual TLS, the one that the others are measured against first. */
export const pairs: readonly ((ground: Ground, app: number, variant?: Variant) => Promise<Way>)[] = [
  pairByHand,
  (ground, app, variant) => pairCompiled(ground, app, 'no policy', undemanding, variant),
  (ground, app, variant = same) => pairCompiled(ground, app, 'no policy, no log', undemanding, (each) => variant(silent(each))),
  (ground, app, variant) => pairCompiled(ground, app, 'all policies', demanding, variant),
  (ground, app, variant = same) => pairCompiled(ground, app, 'all policies, no log', demanding, (each) => variant(silent(each))),
];

/** Every way, one after the other in the report. */
export async function everyWay(ground: Ground, app: number): Promise<Way[]> {
  const ways = [direct(app), oneHop(ground, app)];
  for (const pair of pairs) ways.push(await pair(ground, app));
  await Promise.all(ways.flatMap(({ envoys }) => envoys.map((envoy) => envoy.whenReady())));
  return ways;
}
