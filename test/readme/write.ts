import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiPage } from '../docs/api.js';
import { modelPage } from '../docs/model.js';
import { proofsPage } from '../docs/proof.js';
import { root } from './console.js';
import { fresh, pages } from './page.js';

/** `npm run docs`: puts in afresh what is generated of the pages, for a person to read before committing. */
async function write(): Promise<void> {
  writeFileSync(join(root, 'docs/proofs.md'), proofsPage());
  writeFileSync(join(root, 'docs/model.md'), modelPage());
  writeFileSync(join(root, 'docs/api.md'), declaredApi());
  for (const page of pages) writeFileSync(join(root, page.file), await fresh(page));
}

function declaredApi(): string {
  const folder = mkdtempSync(join(tmpdir(), 'edge-mesh-declarations-'));
  try {
    const words = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', folder];
    execFileSync(join(root, 'node_modules/.bin/tsc'), words, { cwd: root, stdio: 'inherit' });
    return apiPage(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void write();
