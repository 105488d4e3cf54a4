import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { features } from '../../lib/engines/capability.js';
import { capabilities } from '../../lib/engines/envoy/index.js';

const root = resolve(__dirname, '../..');

/** A test that proves a feature by traffic: its title begins with the feature's id in brackets. */
export interface Proof {
  readonly feature: string;
  readonly claim: string;
  readonly file: string;
}

const title = /\(\s*(['"`])\[([a-z0-9-]+)\] ([\s\S]*?)\1,/g;

export const proofs: readonly Proof[] = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .sort()
  .flatMap((file) =>
    [...readFileSync(join(root, 'test', file), 'utf8').matchAll(title)].map(([, , feature, claim]) => ({
      feature: feature!,
      // One title stands for each line of a table.
      claim: claim!.replace(/\\(['"`])/g, '$1').replace(/%[a-z]|\$[a-z]\w*/g, '…'),
      file: `test/${file}`,
    })),
  );

/** What the envoy engine says it carries. */
export const carried: readonly string[] = capabilities.filter(({ support }) => support !== 'absent').map(({ feature }) => feature);

export function proofsPage(): string {
  const rows = features
    .filter((feature) => carried.includes(feature))
    .flatMap((feature) => {
      const own = proofs.filter((proof) => proof.feature === feature);
      return own.map(
        ({ claim, file }, index) =>
          `| ${index === 0 ? `\`${feature}\`` : ''} | ${cell(claim)} | [${file.split('/').at(-1)}](../${file})${commandOf(file)} |`,
      );
    });
  return [
    '# Proven by traffic',
    '',
    'What the envoy engine carries, and the tests that prove it by requests through real Envoys on one machine. Made from the titles of the tests by `npm run docs`;',
    "a feature without a proof, or a proof of no feature, fails the tests. The engine's limits stand in [capabilities.ts](../lib/engines/envoy/capabilities.ts).",
    'What `npm test` cannot ask of every machine is proven by `npm run test:engines`, which fails where it cannot.',
    '',
    '| feature | what is seen | test |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Of what `npm test` does not run, since not every machine lets it. */
const commandOf = (file: string): string => (file.endsWith('.engine.test.ts') ? ', by `npm run test:engines`' : '');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
