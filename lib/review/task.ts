import type { Call, Service } from '../model/architecture/index.js';
import { variableName } from '../model/name.js';
import { localPortOf } from '../model/port.js';
import type { Aspects } from './aspects.js';

/** What runs, and how it is asked whether it can: facts alone, since a page of images is not read. Of variables only their names. */
export function taskFacts({ versions, health }: Service): Aspects {
  const runs = versions.flatMap(({ name, image, command, environment }) => {
    const variables = Object.keys(environment).sort();
    const words = [
      ...(image === undefined ? [] : [image]),
      ...(command === undefined ? [] : [`command ${command.join(' ')}`]),
      ...(variables.length === 0 ? [] : [`variables ${variables.join(', ')}`]),
    ];
    return words.length === 0 ? [] : [[name === undefined ? 'runs' : `${name} runs`, words.join(', ')]];
  });
  return { ...Object.fromEntries(runs), ...(health === undefined ? {} : { health: `GET ${health.path}` }) };
}

/** Where an app finds a callee, if somebody chose it. */
export function toldFacts({ callee, localPort, variables }: Call): Aspects {
  const name = variableName(callee);
  const names = [variables.url, variables.host, variables.port].join(', ');
  const usual = `${name}_URL, ${name}_HOST, ${name}_PORT`;
  return {
    ...(localPort === localPortOf(callee) ? {} : { 'asked at': `127.0.0.1:${localPort}` }),
    ...(names === usual ? {} : { 'told by': names }),
  };
}
