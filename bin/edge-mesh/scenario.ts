import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { Architecture } from '../../lib/index.js';
import { parseDuration } from '../../lib/model/duration.js';
import { notAmong, show } from '../../lib/model/problem.js';
import { builtIns, type Choice, ChoiceError, resolveScenario, type Scenario, ScenarioError } from '../../lib/rehearsal/index.js';
import { BadInput } from './bad-input.js';
import type { ImportModule } from './import-module.js';
import type { Lines } from './json-text.js';
import { defaultOf, loadJson, loadModule, refuseOther } from './load.js';
import { invalid } from './load-failure.js';

/** As written on the command line. */
export interface ChoiceWords {
  readonly target?: string;
  readonly rate?: string;
  readonly duration?: string;
}

/** The scenario of that name, or in that file, for this architecture. @throws BadInput with everything that is wrong */
export async function scenarioFor(
  architecture: Architecture,
  written: string,
  words: ChoiceWords,
  importModule: ImportModule,
): Promise<Scenario> {
  const builtIn = builtIns.find(({ name }) => name === written);
  if (builtIn !== undefined) {
    const choice = choiceOf(words);
    return resolved(written, () => resolveScenario(builtIn.scenarioFor(architecture, choice), architecture));
  }
  const names = builtIns.map(({ name }) => name);
  if (extname(written) === '' && !existsSync(written)) throw new BadInput(notAmong(written, 'a scenario or a file', names));
  const [option] = Object.keys(words);
  if (option !== undefined) throw new BadInput(`--${option} is for a scenario by name (${names.join(', ')}); ${written} says it itself`);
  refuseOther(written);
  const { data, lines } =
    extname(written) === '.json' ? loadJson(written) : { data: defaultOf(await loadModule(written, importModule)), lines: undefined };
  if (data === undefined) throw new BadInput(`${written} has no default export; it ends with: export default defineScenario({ … })`);
  return resolved(written, () => resolveScenario(data, architecture), lines);
}

function resolved(written: string, resolve: () => Scenario, lines?: Lines): Scenario {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof ChoiceError) throw new BadInput(`${written}: ${error.message}`);
    if (!(error instanceof ScenarioError)) throw error;
    const placed = error.problems.map(({ path, message }) => ({ path: path === '' ? 'scenario' : path, message }));
    throw invalid(written, placed, lines);
  }
}

/** @throws BadInput with every option that is wrong */
function choiceOf({ target, rate, duration }: ChoiceWords): Choice {
  const requests = rate === undefined ? undefined : Number(rate);
  const milliseconds = duration === undefined ? undefined : parseDuration(duration);
  const wrong = [
    ...(requests === undefined || (requests > 0 && requests <= 1_000)
      ? []
      : [`--rate: got ${show(rate)}; allowed: requests a second, above 0, at most 1000`]),
    ...(duration === undefined || (milliseconds !== undefined && milliseconds >= least && milliseconds <= most)
      ? []
      : [`--duration: got ${show(duration)}; allowed: from 4s to 10m`]),
  ];
  if (wrong.length > 0) throw new BadInput(wrong.join('\n'));
  return {
    ...(target === undefined ? {} : { target }),
    ...(requests === undefined ? {} : { rate: requests }),
    ...(milliseconds === undefined ? {} : { duration: milliseconds }),
  };
}

/** Less would leave nothing before or after the events. */
const least = 4_000;
const most = 600_000;
