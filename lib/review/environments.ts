import type { Architecture, Environment, Replacement } from '../model/architecture/index.js';
import type { Aspects } from './aspects.js';
import { code, plain, table } from './markdown.js';

/** What is different where; undefined where no environment is declared. */
export function environmentsSection({ environment, environments }: Architecture): string | undefined {
  if (environments.length === 0) return undefined;
  const rows = environments.flatMap((each) => {
    const name = `${each.name}${each.production ? ' (production)' : ''}`;
    if (each.replaces.length === 0) return [[name, '', 'everything as declared']];
    return each.replaces.map((one, index) => [index === 0 ? name : '', code(one.path), plain(inWords(one))]);
  });
  const shown = environments.some(({ name }) => name === environment) ? environment : `${environment}, where everything is as declared`;
  return [
    '## Environments',
    `They differ in sizes and addresses alone: who may do what, calls and routes are the same in all of them. Sizes here are those of **${shown}**.`,
    table(['environment', 'instead of', 'says'], rows),
  ].join('\n\n');
}

export const environmentFacts = ({ production, replaces }: Environment): Aspects => ({
  production: production ? 'yes' : 'no',
  ...Object.fromEntries(replaces.map((each) => [each.path, inWords(each)])),
});

/** `min 6, max 60`; of variables only their names, as everywhere in a review. */
function inWords({ path, value }: Replacement): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  if (path.endsWith('.env')) return members.length === 0 ? 'no variables' : `variables ${members.map(([name]) => name).join(', ')}`;
  return members.map(([name, each]) => `${name} ${String(each)}`).join(', ');
}
