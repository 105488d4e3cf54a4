import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from './block.js';
import { outputOf, root } from './console.js';

export interface Page {
  /** From the root. */
  readonly file: string;
  /** Where its commands are typed. */
  readonly folder: string;
  /** What it may have, so that it is read. */
  readonly lines: number;
}

/** The pages whose blocks are held to what they show. */
export const pages: readonly Page[] = [
  { file: 'README.md', folder: root, lines: 250 },
  { file: 'docs/start.md', folder: join(root, 'test/readme/store'), lines: 150 },
];

/** A page as it should be: every output, graph and quoted file put in afresh. */
export async function fresh({ file, folder }: Page): Promise<string> {
  let page = readFileSync(join(root, file), 'utf8');
  for (const { language, title, text } of blocksOf(page)) {
    const fenced = (body: string): string => `\`\`\`${`${language} ${title}`.trim()}\n${body}\`\`\``;
    const now = await freshText(language, title, text, folder);
    page = page.replace(fenced(text), () => fenced(now));
  }
  return page;
}

async function freshText(language: string, title: string, text: string, folder: string): Promise<string> {
  if (language === 'mermaid') return graphOf('snapshots/shop/README.md');
  if (language === 'ts' && title !== '') return text.trim() === '' ? readFileSync(join(root, title), 'utf8') : text;
  if (language !== 'console') return text;
  const command = /^\$ (.*)$/m.exec(text)![1]!;
  return `$ ${command}\n${(await outputOf(command, folder)).trim()}\n`;
}

export function graphOf(file: string): string {
  const graph = blocksOf(readFileSync(join(root, file), 'utf8')).find(({ language }) => language === 'mermaid');
  if (graph === undefined) throw new Error(`${file} has no graph`);
  return graph.text;
}
