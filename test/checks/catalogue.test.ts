import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogue } from '../../lib/checks/index.js';

const page = readFileSync(resolve(__dirname, '../../docs/checks.md'), 'utf8');

test('the page on checks names every check with its severity, and no other', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\w+) \|/gm)].map(([, id, severity]) => ({ id, severity }));
  expect(rows).toEqual(catalogue.map(({ id, severity }) => ({ id, severity })).sort((one, other) => (one.id < other.id ? -1 : 1)));
});
