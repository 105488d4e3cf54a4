import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { proofsPage } from '../docs/proof.js';
import { root } from './console.js';
import { freshReadme } from './page.js';

/** `npm run docs`: puts in afresh what is generated of the pages, for a person to read before committing. */
const readme = join(root, 'README.md');
writeFileSync(join(root, 'docs/proofs.md'), proofsPage());
void freshReadme(readFileSync(readme, 'utf8')).then((page) => writeFileSync(readme, page));
