import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './console.js';
import { freshReadme } from './page.js';

/** `npm run readme`: puts the README's outputs in afresh, for a person to read before committing. */
const file = join(root, 'README.md');
void freshReadme(readFileSync(file, 'utf8')).then((page) => writeFileSync(file, page));
