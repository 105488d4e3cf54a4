import { member, notAmong } from '../problem.js';
import { localEnvironment } from '../resolve/environment.js';
import { at, entries, items, type Walk } from './walk.js';

/** Where environments are declared, `faults.in` names some of them: with a typo, faults would act nowhere, or not where they are looked for. */
export function checkFaultsIn(walk: Walk, spec: unknown): void {
  const declared = entries(at(spec, 'environments')).map(([name]) => name);
  if (declared.length === 0) return;
  const names = declared.includes(localEnvironment) ? declared : [...declared, localEnvironment];
  for (const { faults, path } of faultsOf(spec)) {
    for (const [place, name] of items(at(faults, 'in'), member(path, 'in')))
      if (typeof name === 'string' && !names.includes(name)) walk.add(place, notAmong(name, 'an environment', names));
  }
}

/** Of calls and of routes: nothing else has faults. */
function* faultsOf(spec: unknown): Iterable<{ readonly faults: unknown; readonly path: string }> {
  for (const [name, service] of entries(at(spec, 'services'))) {
    const path = member('services', name);
    for (const [callee, call] of entries(at(service, 'calls')))
      yield { faults: at(call, 'faults'), path: member(member(member(path, 'calls'), callee), 'faults') };
    for (const [place, route] of items(at(service, 'routes'), member(path, 'routes')))
      yield { faults: at(route, 'faults'), path: member(place, 'faults') };
  }
}
