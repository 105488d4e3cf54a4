import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catalogue, check, reportAsJson } from '../../lib/checks/index.js';
import { architecture, service } from './build.js';

const page = readFileSync(resolve(__dirname, '../../docs/checks.md'), 'utf8');

test('the page on checks names every check with its severity, and no other', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\w+) \|/gm)].map(([, id, severity]) => ({ id, severity }));
  expect(rows).toEqual(catalogue.map(({ id, severity }) => ({ id, severity })).sort((one, other) => (one.id < other.id ? -1 : 1)));
});

test('and every member of the report as JSON, and no other', () => {
  const subject = architecture({ lost: service({ acknowledge: { 'services-are-reached': 'opens in May' } }) });
  const { findings, ...report } = reportAsJson(check(subject));
  const [, table = ''] = page.split('## For programs');
  const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual([...Object.keys(report), 'findings', ...Object.keys(findings[0]!)].sort());
});
