import { dirname, resolve } from 'node:path';
import {
  builtIns,
  headline,
  rehearsalAsJson,
  renderRehearsal,
  rehearse as run,
  type Scenario,
  verdictOf,
} from '../../../lib/rehearsal/index.js';
import type { Context, ExitCode } from '../context.js';
import { type ChoiceWords, scenarioFor } from '../scenario.js';
import type { Terminal } from '../terminal.js';
import { warnOfErrors } from './verdict.js';

/** Load and faults on a twin of its own; 1 where an expectation is not met. */
export async function rehearse(context: Context, file: string, written: string, words: ChoiceWords): Promise<ExitCode> {
  const { terminal } = context;
  const architecture = await context.architecture(file);
  const scenario = await scenarioFor(architecture, written, words, context.importModule);
  warnOfErrors(context, file, architecture);
  terminal.say(headline(scenario));
  const own = architecture.services.filter(({ versions }) => versions.some((version) => version.run !== undefined)).map(({ name }) => name);
  if (own.length > 0)
    terminal.say(`stubs stand in for ${own.join(', ')} too: a rehearsal slows and breaks apps, which no program of yours would let it`);
  const progress = progressOf(terminal, scenario);
  const rehearsal = await run(architecture, scenario, {
    folder: dirname(resolve(file)),
    onProgress: progress,
    onLine: (envoy, line) => terminal.say(`${envoy} | ${line}`),
  });
  terminal.draw('');
  const { met, all } = verdictOf(rehearsal);
  if (terminal.json) terminal.reportJson(rehearsalAsJson(rehearsal));
  else terminal.report(`${renderRehearsal(rehearsal)}`);
  if (met < all) {
    terminal.next(context.command('check', file));
    return 1;
  }
  const place = builtIns.findIndex(({ name }) => name === scenario.name);
  const next = builtIns[(place + 1) % builtIns.length]!.name;
  terminal.next(context.command('rehearse', file, next));
  return 0;
}

/** A bar where it can move; elsewhere a line every ten seconds. */
function progressOf(terminal: Terminal, { duration }: Scenario): (elapsed: number) => void {
  const seconds = (milliseconds: number) => Math.floor(milliseconds / 1_000);
  const width = 30;
  let said = 0;
  return (elapsed) => {
    const done = Math.round((elapsed / duration) * width);
    const text = `${seconds(elapsed)} / ${seconds(duration)} s`;
    if (terminal.animates) return terminal.draw(`running  ${'█'.repeat(done)}${'░'.repeat(width - done)} ${text}`);
    if (seconds(elapsed) < said + 10) return;
    said = seconds(elapsed);
    terminal.say(`running  ${text}`);
  };
}
