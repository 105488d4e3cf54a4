import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareReview, renderComparison, review, writeReview } from '../../lib/review/index.js';
import { architecture, gateway, service } from './build.js';

const subject = (auth: string) =>
  architecture(
    { orders: service() },
    {
      authorizers: { customers: { kind: 'jwt', issuer: 'https://id.example/', audience: ['shop'] } },
      ...gateway({ 'POST /orders': { to: 'orders', auth } }),
    },
  );
const [closed, open] = [review(subject('customers')), review(subject('public'))];
const all = ['README.md', 'engines.md', 'facts.json', 'gateways.md', 'mesh.md', 'paths.md'];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'review-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('what was written is up to date, and writing it again writes nothing', () => {
  expect(writeReview(closed, dir)).toEqual(all);
  expect(renderComparison('shop', compareReview(closed, dir))).toBe('shop: the review is up to date');
  expect(writeReview(closed, dir)).toEqual([]);
});

test('a folder that is not there misses everything, and is not made by comparing', () => {
  const missing = join(dir, 'none');
  expect(compareReview(closed, missing)).toEqual({ upToDate: false, stale: [], missing: all, extra: [], changes: undefined });
  expect(readdirSync(dir)).toEqual([]);
});

test('a stale review says in words what changed, then which files', () => {
  writeReview(closed, dir);
  expect(renderComparison('shop', compareReview(open, dir))).toBe(
    `shop: 1 change: 1 weaker

security
  weaker    POST /orders: auth customers → public

files
  stale    README.md
  stale    facts.json
  stale    gateways.md`,
  );
});

test('a page that someone edited is stale, and the words say that the architecture is not', () => {
  writeReview(closed, dir);
  writeFileSync(join(dir, 'mesh.md'), 'all is well\n');
  expect(renderComparison('shop', compareReview(closed, dir))).toBe(
    'shop: the architecture is as it was reviewed; the pages are not\n\nfiles\n  stale    mesh.md',
  );
});

test('a file that the review does not have is named, and left alone by writing', () => {
  writeReview(closed, dir);
  writeFileSync(join(dir, 'notes.md'), 'mine\n');
  expect(renderComparison('shop', compareReview(closed, dir))).toContain('extra    notes.md: not of this review, remove it');
  writeReview(open, dir);
  expect(readFileSync(join(dir, 'notes.md'), 'utf8')).toBe('mine\n');
});

test.each(['{', '[]', '{"routes": 1}', '{"routes": {"a": {"auth": 1}}}'])(
  'facts that are no facts (%s) are said to be unreadable, not guessed',
  (text) => {
    writeReview(closed, dir);
    writeFileSync(join(dir, 'facts.json'), text);
    expect(renderComparison('shop', compareReview(closed, dir)).split('\n')[0]).toBe(
      'shop: facts.json cannot be read, so what changed is unknown',
    );
  },
);

test('without facts there is nothing to compare with', () => {
  writeReview(closed, dir);
  rmSync(join(dir, 'facts.json'));
  expect(renderComparison('shop', compareReview(closed, dir)).split('\n')[0]).toBe(
    'shop: never reviewed before: there is no facts.json to compare with',
  );
});

test('a file that cannot be written leaves the old review as it was', () => {
  writeReview(closed, dir);
  const before = all.map((name) => readFileSync(join(dir, name), 'utf8'));
  expect(() => writeReview([...open, { name: 'no-such-folder/last.md', text: '' }], dir)).toThrow(/ENOENT/);
  expect(all.map((name) => readFileSync(join(dir, name), 'utf8'))).toEqual(before);
  expect(readdirSync(dir).sort()).toEqual([...all].sort());
});
