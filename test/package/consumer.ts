import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const installed = join(checkout, 'node_modules');
/** What a new project has beside this package: the compiler, Node's types; and CDK. */
const plain = ['typescript', '@types/node'];
export const cdk = ['aws-cdk-lib', 'constructs'];

/** Packs a copy of the checkout, as publishing does: built by `prepack`, and nothing in the checkout is touched. @returns the tarball */
export function pack(folder: string): string {
  const copy = join(folder, 'package');
  const parts = [
    'lib',
    'constructs',
    'bin',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
  ];
  for (const part of parts) cpSync(join(checkout, part), join(copy, part), { recursive: true });
  symlinkSync(installed, join(copy, 'node_modules'));
  const [{ filename }] = JSON.parse(run(copy, 'npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder]));
  return join(folder, filename);
}

/** The names in a tarball, without the folder that npm puts around them. */
export const namesIn = (tarball: string): string[] =>
  run(dirname(tarball), 'tar', ['-tzf', tarball])
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));

/**
 * An empty project with the tarball installed: what the package declares is there, what is named beside it, and nothing else.
 * From the checkout's own modules, so that no network is needed.
 */
export function newProject(
  folder: string,
  tarball: string,
  files: Readonly<Record<string, string>>,
  beside: readonly string[] = [],
): string {
  const own = join(folder, 'node_modules/cdk-edge-mesh');
  mkdirSync(own, { recursive: true });
  run(folder, 'tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  for (const name of [...plain, ...beside, ...Object.keys(dependencies)]) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(installed, name), place);
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** @throws with what the command printed, where it fails */
export function run(folder: string, command: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const { PATH, HOME, TMPDIR } = process.env;
  try {
    return execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { PATH, HOME, TMPDIR, ...environment } });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${words.join(' ')} failed\n${stdout}\n${stderr}`);
  }
}
