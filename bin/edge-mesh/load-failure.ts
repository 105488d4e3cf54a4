import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { count } from '../../lib/count.js';
import type { Problem } from '../../lib/index.js';
import { show } from '../../lib/model/problem.js';
import { BadInput } from './bad-input.js';
import type { Lines } from './json-text.js';

/** Whether an architecture was refused, by this copy of the library or the user's own. */
export const isInvalid = (error: unknown): error is { readonly problems: readonly Problem[] } =>
  error instanceof Error && 'code' in error && error.code === 'INVALID_ARCHITECTURE' && 'problems' in error;

/** All problems of an architecture or a scenario, with the file's name, and lines where they are known. */
export function invalid(file: string, problems: readonly Problem[], lines: Lines = new Map()): BadInput {
  const all = problems.map(({ path, message }) => ({ path, message, ...lineOf(lines, path) }));
  return new BadInput(`${count(all.length, 'problem')} in ${file}`, all);
}

function lineOf(lines: Lines, path: string): { line?: number } {
  const line = lines.get(path);
  return line === undefined ? {} : { line };
}

/** What a user's own file does wrong while it is loaded: its syntax, its imports, what it throws. */
export function asBadInput(file: string, error: unknown): BadInput {
  if (isInvalid(error)) return invalid(file, error.problems);
  if (!(error instanceof Error)) return new BadInput(`${file} throws ${show(error)} while it is loaded`);
  return new BadInput(
    syntaxError(file, error) ?? missingModule(file, error) ?? `${file} throws while it is loaded: ${thrown(file, error)}`,
  );
}

/** esbuild (under tsx) says `file:line:column: ERROR: text`; Node writes `file:line` above the stack, for CommonJS. */
function syntaxError(file: string, error: Error): string | undefined {
  const [, path, line, column, text] = /^(.+):(\d+):(\d+): ERROR: (.+)$/m.exec(error.message) ?? [];
  // esbuild counts columns from 0, editors from 1.
  if (text !== undefined) return `${nameOf(path!, file)}:${line}:${Number(column) + 1} cannot be read: ${text}${remedyFor(text)}`;
  if (!(error instanceof SyntaxError)) return undefined;
  const [, where, at] = /^(\S+):(\d+)\n/.exec(error.stack ?? '') ?? [];
  return `${where === undefined ? file : `${nameOf(where, file)}:${at}`} cannot be read: ${error.message}`;
}

function missingModule(file: string, error: Error): string | undefined {
  const code = 'code' in error ? error.code : undefined;
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, name] = /Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? [];
  if (name === undefined) return undefined;
  if (name === 'cdk-edge-mesh' || !/^[./]/.test(name)) {
    const [, scoped] = /^((?:@[^/]+\/)?[^/]+)/.exec(name) ?? [];
    return `${file} imports "${name}", which is not installed; install it with: npm install ${scoped}`;
  }
  return `${file} imports "${name.startsWith('/') ? nameOf(name, file) : name}", which does not exist`;
}

const remedyFor = (text: string): string =>
  text.startsWith('Top-level await') ? '; call it .mts, or say "type": "module" in its package.json' : '';

/** The message, and where in the user's own files, if the stack says so: not in Node, and in no package. */
function thrown(file: string, error: Error): string {
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const [, path, place] = /^ +at (?:.* \()?((?:file:\/\/)?\/[^()]+?):(\d+:\d+)\)?$/.exec(line) ?? [];
    return path === undefined || path.includes('/node_modules/') ? [] : [`${nameOf(path, file)}:${place}`];
  });
  return `${error.message.split('\n')[0] || error.name}${frames[0] === undefined ? '' : ` (${frames[0]})`}`;
}

/** A path as the user wrote it, or as seen from here. */
function nameOf(path: string, file: string): string {
  const plain = path.startsWith('file:') ? fileURLToPath(path) : path;
  const seen = relative(process.cwd(), plain);
  return plain.endsWith(file) ? file : seen.startsWith('..') ? plain : seen;
}
