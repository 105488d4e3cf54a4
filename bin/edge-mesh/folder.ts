import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { BadInput } from './bad-input.js';

/** Texts by file name. */
export type Files = Readonly<Record<string, string>>;

/** Says which files of a folder are ours, so that nobody else's is ever deleted. */
const manifest = '.edge-mesh.json';

export const prettyJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * Replaces a folder by these files: all of them, or, whatever goes wrong, none.
 *
 * @param content what the files are, for the folder's manifest
 * @throws BadInput where the folder holds a file that this function did not write
 */
export function replaceFolder(folder: string, files: Files, content: string): void {
  const place = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  refuseForeign(folder, place);
  const parent = dirname(place);
  mkdirSync(parent, { recursive: true });
  const fresh = mkdtempSync(join(parent, `.${basename(place)}-`));
  try {
    // A fresh folder is for its maker alone; what is written for others to read stays as open as folders are here.
    chmodSync(fresh, existsSync(place) ? statSync(place).mode : 0o777 & ~process.umask());
    for (const [name, text] of Object.entries(files)) writeFileSync(join(fresh, name), text);
    writeFileSync(join(fresh, manifest), prettyJson({ version: 1, content, files: Object.keys(files) }));
    swap(place, fresh);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** Two renames: in between there is no folder for a moment, never half of one. */
function swap(place: string, fresh: string): void {
  if (!existsSync(place)) return renameSync(fresh, place);
  const old = `${fresh}-old`;
  renameSync(place, old);
  try {
    renameSync(fresh, place);
  } catch (error) {
    renameSync(old, place);
    throw error;
  }
  rmSync(old, { recursive: true });
}

/** @throws BadInput where a folder is to be and a file is, or a link to nothing */
export function refuseFile(folder: string): void {
  if (folder === '') throw new BadInput('--out is empty; name a folder');
  let place = resolve(folder);
  while (!existsSync(place)) {
    const link = linkAt(place);
    if (link !== undefined) throw new BadInput(`--out ${folder} leads over a link to ${link}, which does not exist; choose a folder`);
    place = dirname(place);
  }
  if (statSync(place).isDirectory()) return;
  throw new BadInput(`--out ${folder} is ${place === resolve(folder) ? 'a file' : `below a file, ${place}`}; choose a folder`);
}

/** Where a link leads, even if nothing is there; undefined for what is no link. */
export function linkAt(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** Does what the machine may refuse. @throws BadInput which says what did not work, and what the machine says of it */
export function refusedByMachine<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('syscall' in error)) throw error;
    const { path, message } = error as NodeJS.ErrnoException;
    const why = message.replace(/^[A-Z0-9]+: /, '').replace(/, .*/, '');
    throw new BadInput(
      `${what}: ${path === undefined ? '' : `${path}: `}${why}; nothing was changed; make it right, or choose another folder with --out`,
    );
  }
}

function refuseForeign(folder: string, place: string): void {
  if (!existsSync(place)) return;
  refuseFile(folder);
  if (!relative(place, process.cwd()).startsWith('..'))
    throw new BadInput(`--out ${folder} holds the working directory; choose a folder inside it`);
  const own = [manifest, ...filesOf(join(place, manifest))];
  const foreign = readdirSync(place)
    .filter((name) => !own.includes(name))
    .sort();
  if (foreign.length === 0) return;
  const some = `${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ` and ${foreign.length - 3} more` : ''}`;
  throw new BadInput(`--out ${folder} holds what this command did not write: ${some}; choose another folder, or move them away`);
}

function filesOf(file: string): string[] {
  try {
    const { files } = JSON.parse(readFileSync(file, 'utf8')) as { files?: unknown };
    return Array.isArray(files) ? files.filter((each) => typeof each === 'string') : [];
  } catch {
    return []; // no manifest, or none of ours
  }
}
