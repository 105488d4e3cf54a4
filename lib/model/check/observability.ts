import * as leaf from '../leaf/index.js';
import { member, show } from '../problem.js';
import { at, isPlain, type Walk } from './walk.js';

/** Traces go to a declared external that is asked by HTTP, or to a daemon in the task. */
export function checkObservability(walk: Walk, spec: unknown, externals: readonly string[]): void {
  const observability = at(spec, 'observability');
  if (observability === undefined) return;
  walk.leaf(leaf.observability, observability, 'observability', ['traces']);
  const traces = at(observability, 'traces');
  if (traces === undefined) return;
  const path = 'observability.traces';
  walk.leaf(leaf.traces, traces, path, ['to']);
  if (!isPlain(traces)) return;
  const to = traces['to'];
  if (traces['as'] === 'x-ray') {
    if (to !== undefined)
      walk.add(member(path, 'to'), 'X-Ray has a daemon in each task, on 127.0.0.1:2000; remove this, or choose another `as`');
    return;
  }
  walk.reference(to, member(path, 'to'), 'an external', externals);
  const protocol = at(at(at(spec, 'external'), String(to)), 'protocol');
  if (protocol === 'tcp' || protocol === 'tls')
    walk.add(member(path, 'to'), `${show(to)} speaks ${protocol}; traces go by HTTP: allowed: an external of protocol "http" or "https"`);
}
