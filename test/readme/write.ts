import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelPage } from '../docs/model.js';
import { proofsPage } from '../docs/proof.js';
import { root } from './console.js';
import { fresh, pages } from './page.js';

/** `npm run docs`: puts in afresh what is generated of the pages, for a person to read before committing. */
async function write(): Promise<void> {
  writeFileSync(join(root, 'docs/proofs.md'), proofsPage());
  writeFileSync(join(root, 'docs/model.md'), modelPage());
  for (const page of pages) writeFileSync(join(root, page.file), await fresh(page));
}

void write();
