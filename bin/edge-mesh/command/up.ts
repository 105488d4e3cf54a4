import { banner, type Stopped, servePage, up as start } from '../../../lib/twin/index.js';
import type { Context, ExitCode } from '../context.js';
import { programName, shellWords } from '../invocation.js';
import { warnOfErrors } from './verdict.js';

/** Runs an architecture until Ctrl-C, which is how it ends well. */
export async function up(context: Context, file: string): Promise<ExitCode> {
  const { terminal } = context;
  const architecture = await context.architecture(file);
  warnOfErrors(context, file, architecture);
  let deaths = 0;
  const twin = await start(architecture, {
    onLine: (envoy, line) => terminal.say(`${envoy} | ${line}`),
    onDeath: (error) => {
      deaths += 1;
      terminal.say(error.message, 'red');
    },
  });
  const typed = { program: programName(terminal.environment), file: shellWords(file) };
  const page = await servePage(twin, { typed });
  if (terminal.json) {
    const gateways = twin.gateways.map(({ gateway, url }) => ({ name: gateway.name, url }));
    terminal.reportJson({ version: 1, architecture: architecture.name, envoys: twin.envoys.length, gateways, page: page.url });
  } else terminal.report(banner(twin, typed, page));
  terminal.say(farewell(await twin.stopped));
  return deaths === 0 ? 0 : 1;
}

function farewell({ processes, folders }: Stopped): string {
  const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;
  return `stopped ${count(processes, 'Envoy')}; removed ${count(folders, 'folder')}; nothing is left`;
}
