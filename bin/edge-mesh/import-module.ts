import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How a module is brought in; tests put their own in its place. */
export type ImportModule = (file: string) => Promise<unknown>;

/** Imports a module, TypeScript through tsx, which is loaded for TypeScript alone: JavaScript and JSON start in a fifth of the time. */
export const importModule: ImportModule = async (file) =>
  /\.[cm]?ts$/.test(file) ? importTypeScript(file) : import(pathToFileURL(file).href);

/** First as CommonJS, whatever the package says: a third of the cost. Only top-level `await` needs the other way. */
async function importTypeScript(file: string): Promise<unknown> {
  // Path aliases are those of the file's own project, wherever the command is typed; tsx looks in the working directory.
  const project = projectOf(file);
  if (project !== undefined) process.env['TSX_TSCONFIG_PATH'] ??= project;
  const { require: requireTypeScript } = await import('tsx/cjs/api');
  try {
    return requireTypeScript(file, __filename);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_REQUIRE_ASYNC_MODULE')) throw error;
  }
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(pathToFileURL(file).href, pathToFileURL(__filename).href);
}

/** The nearest tsconfig.json, as an editor finds it. */
function projectOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const project = join(folder, 'tsconfig.json');
    if (existsSync(project)) return project;
    if (folder === dirname(folder)) return undefined;
  }
}
