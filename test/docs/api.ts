import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The two doors of the package. */
const doors = ['lib/index.d.ts', 'constructs/index.d.ts'];

/**
 * `docs/api.md`: the types that users can reach, without comments, so that a change to them shows in a diff.
 *
 * @param dist where the compiler has put its declarations
 */
export function apiPage(dist: string): string {
  const declared = new Map<string, string>();
  const visit = (file: string): void => {
    if (declared.has(file)) return;
    const text = readFileSync(join(dist, file), 'utf8');
    declared.set(file, text);
    for (const [, other] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g)) visit(join(dirname(file), `${other}.d.ts`));
  };
  doors.forEach(visit);
  return [
    '# Public types',
    '',
    'What `cdk-edge-mesh` (lib/index) and `cdk-edge-mesh/constructs` (constructs/index) export, and every type that these speak of. Made by `npm run docs` from what the compiler declares;',
    'a change here is a change for users, and says so in [CHANGELOG.md](../CHANGELOG.md).',
    '',
    ...[...declared].sort(([one], [other]) => doors.indexOf(other) - doors.indexOf(one) || (one < other ? -1 : 1)).flatMap(section),
  ].join('\n');
}

function section([file, text]: readonly [string, string]): string[] {
  const bare = text
    .replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '')
    .replace(/^import .*;\n|^export \{\};\n|^ *(?:static )?private .*;\n/gm, '')
    .trim();
  return bare === '' ? [] : [`## ${file.replace('.d.ts', '')}`, '', '```ts', bare, '```', ''];
}
