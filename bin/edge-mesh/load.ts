import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { type Declaration, isDeclaration, parseArchitecture } from '../../lib/index.js';
import { nearest } from '../../lib/model/name.js';
import { show } from '../../lib/model/problem.js';
import { BadInput } from './bad-input.js';
import { linkAt } from './folder.js';
import { asGuest } from './guest.js';
import type { ImportModule } from './import-module.js';
import { type Lines, locateJson } from './json-text.js';
import { asBadInput, invalid, isInvalid } from './load-failure.js';

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/**
 * The declaration in a file: the default export of TypeScript or JavaScript, or JSON.
 *
 * @throws BadInput, with all that is wrong, for anything that the file is not or does
 */
export async function load(file: string, importModule: ImportModule): Promise<Declaration> {
  refuseOther(file);
  if (extname(file) === '.json') return parse(file);
  const found = await loadModule(file, importModule);
  const exported = isDeclaration(found) ? found : defaultOf(found);
  if (isDeclaration(exported)) return exported;
  throw new BadInput(
    exported === undefined
      ? `${file} has no default export; it ends with: export default defineArchitecture({ … })`
      : `${file} exports ${shown(exported)}, which is no architecture; it ends with: export default defineArchitecture({ … })`,
  );
}

/** What a module of the user's exports. @throws BadInput for whatever it does wrong while it is loaded */
export async function loadModule(file: string, importModule: ImportModule): Promise<unknown> {
  try {
    return await asGuest(file, () => importModule(resolve(file)));
  } catch (error) {
    throw error instanceof BadInput ? error : asBadInput(file, error);
  }
}

const shown = (value: unknown): string => (value instanceof Promise ? 'a promise' : show(value));

function parse(file: string): Declaration {
  const { data, lines } = loadJson(file);
  try {
    return parseArchitecture(data);
  } catch (error) {
    throw isInvalid(error) ? invalid(file, error.problems, lines) : error;
  }
}

/** A JSON file, with the line of each of its members. @throws BadInput where it is no JSON */
export function loadJson(file: string): { readonly data: unknown; readonly lines: Lines } {
  const text = textOf(file);
  const lines = locateJson(text);
  if ('message' in lines) throw new BadInput(`${file}:${lines.line}:${lines.column} is no JSON: ${lines.message}`);
  return { data: JSON.parse(text), lines };
}

/** Without the byte order mark. @throws BadInput where it is in another encoding, whose letters would be lost */
function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (!isUtf8(bytes)) throw new BadInput(`${file} is not written in UTF-8; save it as UTF-8`);
  return bytes.toString().replace(/^\uFEFF/, '');
}

/** `import()` of a CommonJS module nests what it exports, once or twice. */
export function defaultOf(found: unknown): unknown {
  const inner = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'default' in value ? value.default : undefined;
  return inner(inner(found)) ?? inner(found);
}

/** @throws BadInput for what is no file that can be loaded, with the nearest name that is */
export function refuseOther(file: string): void {
  if (file === '') throw new BadInput('the name of the file is empty');
  const kind = kindOf(file);
  const link = kind === 'nothing' ? linkAt(file) : undefined;
  if (link !== undefined) throw new BadInput(`${file} is a link to ${link}, which does not exist`);
  if (kind === 'nothing') throw new BadInput(`${file} does not exist${suggestion(file)}`);
  if (kind === 'folder')
    throw new BadInput(
      `${file} is a folder${suggestion(join(file, 'architecture.ts')) || '; name a file: TypeScript, JavaScript or JSON'}`,
    );
  if (!extensions.includes(extname(file))) {
    throw new BadInput(`${file} is neither TypeScript, JavaScript nor JSON; allowed: ${extensions.join(', ')}`);
  }
}

function kindOf(file: string): 'file' | 'folder' | 'nothing' {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'nothing' : found.isDirectory() ? 'folder' : 'file';
}

function suggestion(file: string): string {
  const folder = dirname(file);
  if (kindOf(folder) !== 'folder') return `, nor does the folder ${folder}`;
  const loadable = readdirSync(folder).filter((name) => extensions.includes(extname(name)));
  const near = nearest(basename(file), loadable);
  return near === undefined ? '' : `; did you mean ${join(folder, near)}?`;
}
