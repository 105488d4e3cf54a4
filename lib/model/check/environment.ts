import * as leaf from '../leaf/environment.js';
import { grammar } from '../name.js';
import { member, notAmong, show } from '../problem.js';
import { variablesOf } from './call.js';
import { checkScale } from './service.js';
import { at, entries, isPlain, type Walk } from './walk.js';

/** `environments`: every name in it is declared, and every field replaces one. */
export function checkEnvironments(walk: Walk, spec: unknown): void {
  walk.map(at(spec, 'environments'), 'environments', grammar.architecture, 'environment', (environment, _, path) => {
    walk.leaf(leaf.environment, environment, path, ['services', 'external', 'gateways']);
    named(walk, spec, environment, path, { field: 'services', noun: 'a service' }, (sizing, service, place) =>
      checkSizing(walk, sizing, service, place),
    );
    named(walk, spec, environment, path, { field: 'external', noun: 'an external' }, (address, _declared, place) =>
      walk.leaf(leaf.address, address, place),
    );
    named(walk, spec, environment, path, { field: 'gateways', noun: 'a gateway' }, (entry, _declared, place) =>
      walk.leaf(leaf.entry, entry, place),
    );
  });
}

/** Looks at each member of a map whose names are declared in the same field of the architecture. */
function named(
  walk: Walk,
  spec: unknown,
  environment: unknown,
  path: string,
  { field, noun }: { readonly field: string; readonly noun: string },
  each: (member: unknown, declared: unknown, path: string) => void,
): void {
  const declared = at(spec, field);
  const names = entries(declared).map(([name]) => name);
  const map = at(environment, field);
  if (map !== undefined && !isPlain(map)) return walk.add(member(path, field), notMap(map, `the name of ${noun}`));
  for (const [name, content] of entries(map)) {
    const place = member(member(path, field), name);
    if (names.includes(name)) each(content, at(declared, name), place);
    else walk.add(place, notAmong(name, noun, names));
  }
}

function checkSizing(walk: Walk, sizing: unknown, service: unknown, path: string): void {
  walk.leaf(leaf.serviceSizing, sizing, path, ['versions']);
  checkScale(walk, at(sizing, 'scale'), member(path, 'scale'));
  if (at(service, 'schedule') !== undefined && at(sizing, 'scale') !== undefined)
    walk.add(member(path, 'scale'), 'runs by `schedule`, which starts one task at a time; remove this');
  checkVariables(walk, sizing, service, path);
  const versions = entries(at(service, 'versions'));
  for (const field of Object.keys(leaf.sizing.shape)) {
    if (at(sizing, field) === undefined) continue;
    const own = versions.filter(([, version]) => at(version, field) !== undefined).map(([name]) => name);
    if (own.length > 0)
      walk.add(
        member(path, field),
        `would not reach ${own.join(', ')}, which ${own.length === 1 ? 'has' : 'have'} \`${field}\` of ${own.length === 1 ? 'its' : 'their'} own; say it under \`versions\`, such as versions: { ${own[0]}: { ${field}: … } }`,
      );
  }
  const map = at(sizing, 'versions');
  if (map !== undefined && !isPlain(map)) return walk.add(member(path, 'versions'), notMap(map, 'the name of a version'));
  for (const [name, each] of entries(map)) {
    const place = member(member(path, 'versions'), name);
    const names = versions.map(([version]) => version);
    if (!names.includes(name)) walk.add(place, notAmong(name, 'a version', names));
    walk.leaf(leaf.sizing, each, place);
    checkScale(walk, at(each, 'scale'), member(place, 'scale'));
    checkVariables(walk, each, service, place);
  }
}

const notMap = (value: unknown, key: string): string => `got ${show(value)}; allowed: a map from ${key} to what it replaces`;

/** A call's variables are the sidecar's to set, here as in the service itself. */
function checkVariables(walk: Walk, sizing: unknown, service: unknown, path: string): void {
  const set = new Map(entries(at(service, 'calls')).flatMap(([callee, call]) => variablesOf(call, callee).map((each) => [each, callee])));
  for (const [variable] of entries(at(sizing, 'env'))) {
    const callee = set.get(variable);
    if (callee !== undefined)
      walk.add(
        member(member(path, 'env'), variable),
        `is set for the call to ${callee}; leave it out, or choose another name with \`env\` there`,
      );
  }
}
