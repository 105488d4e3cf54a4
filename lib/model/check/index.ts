import { parseCallee } from '../callee.js';
import * as leaf from '../leaf/index.js';
import { grammar } from '../name.js';
import { frontPortOf } from '../port.js';
import { member, type Problem, show, wrong } from '../problem.js';
import { hasRequests } from '../protocol.js';
import { checkAccess } from './access.js';
import { checkData } from './data.js';
import { checkDescriptors, descriptorsIn } from './descriptors.js';
import { checkConsumes } from './duty.js';
import { checkEnvironments } from './environment.js';
import { checkFaultsIn } from './faults.js';
import { checkGateway, gatewayName } from './gateway.js';
import { checkGlobalRateLimits } from './global-rate-limit.js';
import { checkMtls } from './mtls.js';
import { checkObservability } from './observability.js';
import { portNames } from './ports.js';
import { checkPolicy } from './resilience.js';
import { checkRun } from './run.js';
import { checkService } from './service.js';
import { checkTokens } from './tokens.js';
import { at, entries, isPlain, Walk } from './walk.js';

/** Everything that is wrong with a declaration, whatever it is: from TypeScript, JSON, a loop or a spread. Nothing where it can be resolved. */
export function checkSpec(spec: unknown): Problem[] {
  const walk = new Walk();
  if (!isPlain(spec)) {
    walk.add('', `got ${show(spec)}; allowed: an object with \`name\` and \`services\``);
    return walk.problems;
  }
  if (!checkData(walk, spec, '')) return walk.problems;
  const known = [
    'name',
    'mesh',
    'policies',
    'services',
    'external',
    'authorizers',
    'gateways',
    'observability',
    'environments',
    'acknowledge',
  ];
  const unknown = Object.keys(spec).filter((key) => !known.includes(key));
  for (const key of unknown) walk.unknown(key, '', known);
  const name = spec['name'];
  if (typeof name !== 'string' || !grammar.architecture.pattern.test(name)) walk.add('name', wrong(name, grammar.architecture.says));
  const mesh = spec['mesh'];
  if (mesh !== undefined) walk.leaf(leaf.mesh, mesh, 'mesh', ['defaults']);
  if (at(mesh, 'defaults') !== undefined) walk.leaf(leaf.policy, at(mesh, 'defaults'), 'mesh.defaults');
  checkPolicy(walk, at(mesh, 'defaults'), 'mesh.defaults');
  checkObservability(walk, spec, namesOf(entries(spec['external'])));
  walk.acknowledge(spec['acknowledge'], 'acknowledge');
  walk.map(spec['policies'], 'policies', grammar.service, 'policy', (policy, _, path) => {
    walk.leaf(leaf.policy, policy, path);
    checkPolicy(walk, policy, path);
  });

  const workers = namesOf(entries(spec['services']).filter(([, service]) => isPlain(service) && at(service, 'listen') === undefined));
  const callable = [...namesOf(entries(spec['services'])).filter((each) => !workers.includes(each)), ...namesOf(entries(spec['external']))];
  const ports = portNames(spec['services']);
  const protocolOf = (each: string) => {
    const { name, port } = parseCallee(each);
    if (port !== undefined) return at(at(at(at(spec['services'], name), 'ports'), port), 'protocol');
    return at(at(spec['external'], each), 'protocol') ?? at(at(at(spec['services'], each), 'listen'), 'protocol');
  };
  const tcp = [...callable, ...ports].filter((each) => !hasRequests(protocolOf(each)));
  const policies = namesOf(entries(spec['policies']));
  const callersOf = (callee: string) =>
    namesOf(entries(spec['services']).filter(([, caller]) => at(at(caller, 'calls'), callee) !== undefined));
  walk.map(spec['services'], 'services', grammar.service, 'service', (service, each, path) => {
    if (each.toLowerCase() === 'ingress')
      walk.add(path, `${show(each)} cannot name a service: the mesh's own way in has it; choose another name`);
    checkService(walk, service, each, path, {
      callable,
      ports,
      workers,
      tcp,
      policies,
      services: namesOf(entries(spec['services'])),
      callersOf,
    });
    checkRun(walk, service, each, path);
    checkAccess(walk, spec, service, each, path);
    checkTokens(walk, service, path, namesOf(entries(spec['authorizers'])));
    checkConsumes(walk, service, path, spec['external']);
    checkDescriptors(walk, service, each, path);
  });
  walk.map(spec['external'], 'external', grammar.service, 'external', checkExternal(walk));
  walk.map(spec['authorizers'], 'authorizers', grammar.service, 'authorizer', (authorizer, each, path) => {
    walk.leaf(leaf.authorizer, authorizer, path);
    if (each === 'public') walk.add(path, '"public" means no authorizer; choose another name');
  });
  const grpc = [...callable, ...ports].filter((each) => protocolOf(each) === 'grpc');
  const targets = [...callable, ...ports].filter((each) => !tcp.includes(each));
  const authorizers = namesOf(entries(spec['authorizers']));
  const asked = (to: unknown) => {
    if (typeof to !== 'string' || !targets.includes(to)) return undefined;
    const service = at(spec['services'], parseCallee(to).name);
    const read = descriptorsIn(service);
    return { to, speaksGrpc: grpc.includes(to), described: read !== undefined, descriptors: typeof read === 'string' ? undefined : read };
  };
  walk.map(spec['gateways'], 'gateways', gatewayName, 'gateway', (gateway, _, path) =>
    checkGateway(walk, gateway, path, { targets, workers, tcp, grpc, authorizers, asked }),
  );
  const rooms = [spec['services'], spec['gateways']];
  if (unknown.length === 0 && rooms.every((room) => room === undefined || (isPlain(room) && entries(room).length === 0)))
    walk.add('services', 'is empty, and so is `gateways`; declare at least one of either');
  checkUnique(walk, spec);
  checkMtls(walk, spec);
  checkGlobalRateLimits(walk, spec);
  checkEnvironments(walk, spec);
  checkFaultsIn(walk, spec);
  return walk.problems;
}

const namesOf = (members: readonly (readonly [string, unknown])[]): string[] => members.map(([name]) => name);

const checkExternal = (walk: Walk) => (external: unknown, _: string, path: string) => {
  walk.leaf(leaf.external, external, path, ['acknowledge']);
  walk.acknowledge(at(external, 'acknowledge'), member(path, 'acknowledge'));
  if (at(external, 'protocol') === 'tcp' && at(external, 'port') === undefined)
    walk.add(member(path, 'port'), 'is missing; tcp has no port of its own');
};

/** Names become DNS labels, which know no case; versions become `<service>-<version>`; gateways become ports. */
function checkUnique(walk: Walk, spec: unknown): void {
  const taken = new Map<string, string>();
  const take = (key: string, path: string, says: (other: string) => string) => {
    const other = taken.get(key);
    if (other !== undefined) walk.add(path, says(other));
    else taken.set(key, path);
  };
  for (const room of ['services', 'external']) {
    for (const [name] of entries(at(spec, room)))
      take(name.toLowerCase(), member(room, name), (other) =>
        other.endsWith(`.${name}`)
          ? `has the name of ${other}; services and externals need names of their own`
          : `has the name of ${other}, but for case, and host names know none; choose another name`,
      );
  }
  for (const [name, service] of entries(at(spec, 'services'))) {
    for (const [version] of entries(at(service, 'versions'))) {
      take(
        `${name}-${version}`.toLowerCase(),
        member(`services.${name}.versions`, version),
        (other) => `becomes ${name}-${version}, which ${other} is already; choose another name`,
      );
    }
  }
  for (const [gateway] of entries(at(spec, 'gateways'))) {
    take(
      String(frontPortOf(gateway)),
      member('gateways', gateway),
      (other) => `takes port ${frontPortOf(gateway)} of the ingress, as ${other} does; choose another name`,
    );
  }
}
