import { member, show } from '../problem.js';
import { at, isPlain, type Walk } from './walk.js';

/** Fields of a service that is there all the time. */
const ofServers = ['listen', 'scale', 'versions'] as const;

/** What a schedule leaves no room for: it starts one task, which ends by itself. */
export function checkSchedule(walk: Walk, service: unknown, name: string, path: string): void {
  if (!isPlain(service) || at(service, 'schedule') === undefined) return;
  const because = {
    listen: 'whoever listens must be there all the time',
    scale: 'it starts one task at a time',
    versions: 'it starts one task, of one version',
  };
  for (const field of ofServers)
    if (at(service, field) !== undefined)
      walk.add(member(path, field), `${name} runs by \`schedule\`, and ${because[field]}; remove this, or \`schedule\``);
}

/** Queues that a service pulls from: externals of that kind, each once. */
export function checkConsumes(walk: Walk, service: unknown, path: string, external: unknown): void {
  const consumes = at(service, 'consumes');
  if (consumes === undefined) return;
  const place = member(path, 'consumes');
  const names = isPlain(external) ? Object.keys(external) : [];
  const queues = names.filter((name) => at(at(external, name), 'kind') === 'queue');
  if (!Array.isArray(consumes) || consumes.length === 0)
    return walk.add(
      place,
      `got ${show(consumes)}; allowed: a list of externals of kind "queue", such as ["${queues[0] ?? 'orderEvents'}"]`,
    );
  for (const [index, queue] of consumes.entries()) {
    const here = member(place, index);
    if (typeof queue === 'string' && names.includes(queue) && !queues.includes(queue)) {
      const kind = at(at(external, queue), 'kind');
      walk.add(here, `${queue} is ${kind === undefined ? 'of no kind' : `of kind ${show(kind)}`}; allowed: externals of kind "queue"`);
    } else walk.reference(queue, here, 'an external of kind "queue"', queues);
    if (consumes.indexOf(queue) < index) walk.add(here, `says ${show(queue)} twice; keep one of them`);
  }
}
