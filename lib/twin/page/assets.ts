import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the page needs besides its contents, ready to stand inside it. */
export interface Assets {
  readonly script: string;
  readonly style: string;
}

/**
 * The page's script and style. The package has them built; the checkout builds them from their source when a page is first asked for, so that they are never
 * older than their source.
 */
export async function pageAssets(): Promise<Assets> {
  const folder = join(__dirname, 'browser');
  const built = join(folder, 'page.js');
  if (existsSync(built)) return { script: readFileSync(built, 'utf8'), style: readFileSync(join(folder, 'page.css'), 'utf8') };
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'page.ts'), join(folder, 'page.css')],
    bundle: true,
    minify: true,
    write: false,
    outdir: folder,
    target: 'es2022',
    logLevel: 'error',
  });
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}
