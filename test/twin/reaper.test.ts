import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reaper } from '../../lib/twin/reaper.js';

test.each(['of two\nlines', ' spaced ', 'quoted "$HOME" `id`'])('the folder %j goes, and no other', async (name) => {
  const parent = mkdtempSync(join(tmpdir(), 'reaper-'));
  for (const folder of [name, 'of two', 'spaced']) mkdirSync(join(parent, folder));
  await new Reaper(join(parent, name)).end();
  expect(readdirSync(parent).sort()).toEqual(['of two', 'spaced']);
  rmSync(parent, { recursive: true });
});
