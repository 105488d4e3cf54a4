import { Token } from 'aws-cdk-lib';
import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Architecture, External, Problem, Service, Version } from '../lib/index.js';
import { freeze } from '../lib/model/freeze.js';
import { member, notAmong, show, wrong } from '../lib/model/problem.js';
import type { ExternalBinding, Workload } from './bind.js';
import { refuse } from './refuse.js';

/** A `Bind` by any name: the types have held its names against the architecture, this holds them again. */
export interface Binding {
  readonly external?: Readonly<Record<string, ExternalBinding | undefined>> | undefined;
  readonly services?: Readonly<Record<string, Workload | undefined>> | undefined;
}

/** The architecture with a host for every external. @throws ArchitectureError with what `hostProblems` finds */
export function bindHosts(architecture: Architecture, binding: Binding): Architecture {
  refuse(hostProblems(architecture, binding));
  const externals = architecture.externals.map((external) => {
    const { host = external.host, port = external.port } = binding.external?.[external.name] ?? {};
    return { ...external, host, port };
  });
  return freeze({ ...architecture, externals });
}

/** Every external that nobody gave a host, every host that is none, and every binding of what does not exist. */
export const hostProblems = ({ externals }: Architecture, { external: bound = {} }: Binding): Problem[] => [
  ...strangers(bound, 'bind.external', 'an external', externals),
  ...externals.flatMap((external) => hostProblem(external, bound[external.name])),
];

/** Every version that nobody gave an image, and every binding of what does not exist. */
export const imageProblems = ({ services }: Architecture, { services: bound = {} }: Binding): Problem[] => [
  ...strangers(bound, 'bind.services', 'a service', services),
  ...services.flatMap((service) => imageProblemsOf(service, bound[service.name])),
];

function imageProblemsOf({ name, versions }: Service, workload: Workload | undefined): Problem[] {
  const path = member('bind.services', name);
  const named = versions.flatMap((version) => (version.name === undefined ? [] : [{ name: version.name }]));
  const without = versions.filter((version) => version.image === undefined && boundImage(version, workload) === undefined);
  return [
    ...strangers(workload?.versions ?? {}, member(path, 'versions'), `a version of ${name}`, named),
    ...without.map((version) => imageless(version, path)),
    ...nameOnly(workload?.image, member(path, 'image')),
    ...Object.entries(workload?.versions ?? {}).flatMap(([name, version]) =>
      nameOnly(version?.image, member(member(member(path, 'versions'), name), 'image')),
    ),
  ];
}

/** The name of an image is what the architecture declares; here it is what CDK knows how to give a task. */
const nameOnly = (image: ContainerImage | string | undefined, path: string): Problem[] =>
  typeof image === 'string'
    ? [{ path, message: wrong(image, `a ContainerImage, such as ContainerImage.fromRegistry(${show(image)})`) }]
    : [];

/** Variables that a container would get twice: ECS refuses that of a secret, and the other would be lost. */
export function variableProblems(
  { service, environment }: Pick<Version, 'service' | 'environment'>,
  { environment: bound = {}, secrets = {} }: Workload,
  ofCalls: Readonly<Record<string, string>>,
): Problem[] {
  const path = member('bind.services', service);
  const twice = (kind: 'environment' | 'secrets', taken: object, by: string): Problem[] =>
    Object.keys({ environment: bound, secrets }[kind])
      .filter((name) => name in taken)
      .map((name) => ({ path: member(member(path, kind), name), message: `is set by ${by} too; choose another name` }));
  return [
    ...twice('environment', ofCalls, 'a call'),
    ...twice('secrets', ofCalls, 'a call'),
    ...twice('secrets', { ...environment, ...bound }, '`environment`, or declared as `env`,'),
  ];
}

/** The image that the deployment gives a version: its own, else its service's. */
export const boundImage = ({ name }: Pick<Version, 'name'>, workload: Workload | undefined): ContainerImage | undefined =>
  (name === undefined ? undefined : workload?.versions?.[name]?.image) ?? workload?.image;

function hostProblem({ name, protocol, host }: External, bound: ExternalBinding | undefined): Problem[] {
  const path = member('bind.external', name);
  if (bound === undefined && host === undefined) {
    return [
      { path, message: `nobody says where this ${protocol} external is; bind it, such as { host: database.clusterEndpoint.hostname }` },
    ];
  }
  if (bound === undefined) return [];
  const problems: Problem[] = [];
  if (!isHost(bound.host))
    problems.push({ path: member(path, 'host'), message: wrong(bound.host, 'a name or an address, without scheme, port and path') });
  if (bound.port !== undefined && !isPort(bound.port))
    problems.push({ path: member(path, 'port'), message: wrong(bound.port, 'a port, 1 to 65535') });
  return problems;
}

/** Whether a host is what a sidecar can connect to: a name or an address, or known only at deploy. */
const isHost = (host: unknown): boolean =>
  Token.isUnresolved(host) || (typeof host === 'string' && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(host));

/** Whether a port is one, or known only at deploy. */
const isPort = (port: unknown): boolean =>
  Token.isUnresolved(port) || (Number.isInteger(port) && (port as number) > 0 && (port as number) < 65_536);

function imageless({ id, name }: Version, path: string): Problem {
  const where = name === undefined ? '{ image: … }' : `{ versions: { ${name}: { image: … } } }`;
  return {
    path: name === undefined ? path : member(member(path, 'versions'), name),
    message: `nobody says which image ${id} runs; declare one, or bind it: ${where}`,
  };
}

function strangers(bound: object, path: string, noun: string, known: readonly { readonly name: string }[]): Problem[] {
  const names = known.map(({ name }) => name);
  const unknown = Object.keys(bound).filter((name) => !names.includes(name));
  return unknown.map((name) => ({ path: member(path, name), message: notAmong(name, noun, names) }));
}
