import { portVariable } from '../name.js';
import { member } from '../problem.js';
import { variablesOf } from './call.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

/** What the twin tells an app that it runs: where to listen, and where its callees are. Nobody else sets that. */
export function checkRun(walk: Walk, service: unknown, name: string, path: string): void {
  const runs = [
    { run: at(service, 'run'), place: member(path, 'run') },
    ...entries(at(service, 'versions')).map(([version, each]) => ({
      run: at(each, 'run'),
      place: member(member(member(path, 'versions'), version), 'run'),
    })),
  ].filter(({ run }) => run !== undefined);
  if (runs.length === 0) return;
  const told = new Map<string, string>();
  for (const variable of listeningVariables(service)) told.set(variable, 'where to listen');
  for (const [callee, call] of entries(at(service, 'calls'))) {
    for (const variable of variablesOf(call, callee)) {
      if (told.get(variable) === 'where to listen')
        walk.add(
          member(member(member(path, 'calls'), callee), 'env'),
          `sets ${variable}, by which the twin tells ${name} where to listen; choose another name with \`env\``,
        );
      told.set(variable, `where ${callee} is`);
    }
  }
  for (const { run, place } of runs) {
    const refuse = (variable: string, here: string): void => {
      const what = told.get(variable);
      if (what !== undefined) walk.add(here, `${variable} is the twin's own: it tells ${name} ${what}; leave it out`);
    };
    if (!isPlain(run)) continue;
    for (const [variable] of entries(run['env'])) refuse(variable, member(member(place, 'env'), variable));
    for (const [here, variable] of items(run['inherit'], member(place, 'inherit')))
      if (typeof variable === 'string') refuse(variable, here);
  }
}

function listeningVariables(service: unknown): string[] {
  const ports = entries(at(service, 'ports')).map(([port]) => portVariable(port));
  return ['HOST', ...(at(service, 'listen') === undefined ? [] : ['PORT']), ...ports];
}
