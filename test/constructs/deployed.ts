import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type Certificates, MicroserviceApp, type MicroserviceAppProps } from '../../constructs/index.js';
import { type Declaration, defineArchitecture } from '../../lib/index.js';

/** A service with two versions, one with a database, a worker, and a gateway: every number its own. */
export const market = defineArchitecture({
  name: 'market',
  services: {
    stalls: {
      image: 'example.com/stalls:3',
      listen: { protocol: 'http', port: 8081 },
      scale: { min: 3, max: 3 },
      calls: { prices: { localPort: 21_001 }, ledger: { localPort: 21_002 }, bank: { localPort: 21_003 } },
    },
    prices: {
      listen: { protocol: 'http2', port: 8082 },
      versions: {
        v1: { image: 'example.com/prices:1', env: { CURRENCY: 'EUR' } },
        v2: { image: 'example.com/prices:2', command: ['serve', '--fast'] },
      },
      traffic: { v1: 80, v2: 20 },
      scale: { min: 2, max: 7 },
    },
    sweeper: { image: 'example.com/sweeper:5', scale: { min: 1, max: 1 }, calls: { stalls: {} } },
  },
  external: { ledger: { protocol: 'tcp', port: 5433 }, bank: { protocol: 'https', host: 'bank.example.com' } },
  gateways: { front: { kind: 'http', auth: 'public', routes: { 'GET /stalls': { to: 'stalls' } } } },
});

/** A mesh that nobody outside can enter, of two services. */
export const quiet = defineArchitecture({
  name: 'quiet',
  services: {
    caller: { image: 'example.com/caller:1', calls: { callee: {} } },
    callee: { image: 'example.com/callee:1', listen: { protocol: 'http', port: 8080 } },
  },
});

/** Synthesizes without CDK's own linter, which takes most of the time and is heard in synth.test.ts; always on the same day. */
export const newStack = (id = 'Stack', today: unknown = '2026-11-21'): Stack =>
  new Stack(new App({ builtinCloudFormationValidation: false, context: { 'cdk-edge-mesh:today': today } }), id);

/** A secret for everyone, named `<name>-identity`. */
export function certificatesFor<const D extends Declaration>(stack: Stack, declaration: D): Certificates<D> {
  const secrets = (names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, Secret.fromSecretNameV2(stack, `${name}Identity`, `${name}-identity`)]));
  const { services = {}, gateways = {} } = declaration.spec;
  return { services: secrets(services), gateways: secrets(gateways) } as Certificates<D>;
}

type Rest<D extends Declaration> = Omit<MicroserviceAppProps<D>, 'architecture' | 'certificates'>;

/** The app in a stack of its own. */
export function deployed<const D extends Declaration>(architecture: D, rest: Rest<D>, stack = newStack()) {
  const certificates = certificatesFor(stack, architecture);
  const app = new MicroserviceApp<D>(stack, 'App', { architecture, certificates, ...rest } as unknown as MicroserviceAppProps<D>);
  return { stack, app, template: () => Template.fromStack(stack) };
}

/** The market with its database where the tests have it. */
export const deployedMarket = (rest: Partial<Rest<typeof market>> = {}, stack = newStack()) =>
  deployed(market, { bind: { external: { ledger: { host: 'ledger.example.internal' } } }, ...rest }, stack);

interface Container {
  readonly Name: string;
  readonly Environment?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Command?: readonly unknown[];
  readonly [property: string]: unknown;
}

/** A container of the task whose logical id contains `task`. */
export const containerOf = (template: Template, task: string, name: 'app' | 'sidecar' | 'drainer'): Container =>
  containersOf(template, task).find((container) => container.Name === name)!;

/** All of that task. */
export function containersOf(template: Template, task: string): readonly Container[] {
  const found = Object.entries(template.findResources('AWS::ECS::TaskDefinition')).filter(([id]) => id.includes(task));
  if (found.length !== 1) throw new Error(`${found.length} task definitions contain ${task} in their id`);
  return found[0]![1]['Properties'].ContainerDefinitions;
}

export const environmentOf = (container: Container): Record<string, unknown> =>
  Object.fromEntries((container.Environment ?? []).map(({ Name, Value }) => [Name, Value]));
