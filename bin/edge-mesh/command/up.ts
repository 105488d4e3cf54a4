import { dirname, resolve } from 'node:path';
import { count } from '../../../lib/count.js';
import { banner, notReproduced, type Stopped, servePage, up as start } from '../../../lib/twin/index.js';
import { BadInput } from '../bad-input.js';
import type { Context, ExitCode } from '../context.js';
import { warnOfErrors } from './verdict.js';

export interface UpOptions {
  /** As written: of each version. */
  readonly instances?: string;
  /** As written: names of externals, by commas. */
  readonly through?: string;
}

/** Each is a process of some 20 MB of its own. */
const mostInstances = 10;

/** Runs an architecture until Ctrl-C, which is how it ends well. */
export async function up(context: Context, file: string, { instances = '1', through }: UpOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (!/^\d{1,2}$/.test(instances) || Number(instances) < 1 || Number(instances) > mostInstances) {
    throw new BadInput(`--instances is a whole number from 1 to ${mostInstances}, got ${JSON.stringify(instances)}`);
  }
  const architecture = await context.architecture(file);
  warnOfErrors(context, file, architecture);
  const typed = context.typed(file);
  let deaths = 0;
  terminal.draw(`starting ${architecture.name}`);
  const twin = await start(architecture, {
    instances: Number(instances),
    folder: dirname(resolve(file)),
    typed,
    ...(through === undefined ? {} : { through: through.split(',') }),
    onAppLine: (instance, line) => terminal.say(`${instance} | ${line}`),
    onAppNews: (news) => terminal.say(news, 'yellow'),
    onLine: (envoy, line) => terminal.say(`${envoy} Envoy | ${line}`),
    onDeath: (error) => {
      deaths += 1;
      terminal.say(error.message, 'red');
    },
  });
  const page = await servePage(twin, { typed });
  terminal.draw('');
  if (terminal.json) {
    const gateways = twin.gateways.map(({ gateway, url }) => ({ name: gateway.name, url }));
    terminal.reportJson({
      version: 1,
      architecture: architecture.name,
      envoys: twin.envoys.length,
      gateways,
      page: page.url,
      through: [...twin.reached.keys()],
      notReproduced: notReproduced(architecture, twin.reached),
    });
  } else terminal.report(banner(twin, typed, page));
  terminal.say(
    farewell(
      await twin.stopped,
      twin.instances.some(({ isOwn }) => isOwn),
    ),
  );
  return deaths === 0 ? 0 : 1;
}

function farewell({ processes, folders }: Stopped, own: boolean): string {
  const stopped = own ? count(processes, 'process', 'processes') : count(processes, 'Envoy');
  return `stopped ${stopped}; removed ${count(folders, 'folder')}; nothing is left`;
}
