import { member, notAmong } from '../problem.js';
import { localEnvironment } from '../resolve/environment.js';
import { at, entries, type Walk } from './walk.js';

/** Where environments are declared, `faults.in` names some of them: with a typo, faults would act nowhere, or not where they are looked for. */
export function checkFaultsIn(walk: Walk, spec: unknown): void {
  const declared = entries(at(spec, 'environments')).map(([name]) => name);
  if (declared.length === 0) return;
  const names = declared.includes(localEnvironment) ? declared : [...declared, localEnvironment];
  for (const { faults, path } of faultsOf(spec)) {
    const written = at(faults, 'in');
    if (!Array.isArray(written)) continue;
    for (const [index, name] of (written as unknown[]).entries()) {
      if (typeof name === 'string' && !names.includes(name))
        walk.add(member(member(path, 'in'), index), notAmong(name, 'an environment', names));
    }
  }
}

/** Of calls and of routes: nothing else has faults. */
function* faultsOf(spec: unknown): Iterable<{ readonly faults: unknown; readonly path: string }> {
  for (const [name, service] of entries(at(spec, 'services'))) {
    const path = member('services', name);
    for (const [callee, call] of entries(at(service, 'calls')))
      yield { faults: at(call, 'faults'), path: member(member(member(path, 'calls'), callee), 'faults') };
    const routes = at(service, 'routes');
    if (!Array.isArray(routes)) continue;
    for (const [index, route] of (routes as unknown[]).entries())
      yield { faults: at(route, 'faults'), path: member(member(member(path, 'routes'), index), 'faults') };
  }
}
