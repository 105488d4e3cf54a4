import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderFor, write } from './folder';
import { runProcess } from './process';

const folder = folderFor();
const file = write(join(folder, 'shop.json'), '{ "name": "shop", "services": { "nightly": { "image": "acme/nightly:3" } } }');

/** The files of JavaScript that a command line loads, CommonJS and ES modules alike: Node lists them with what it ran of each. */
async function loadedBy(...words: string[]): Promise<string[]> {
  const coverage = join(folder, 'coverage');
  mkdirSync(coverage);
  await runProcess(words, { NODE_V8_COVERAGE: coverage });
  const scripts = readdirSync(coverage).flatMap((name): { url: string }[] => JSON.parse(readFileSync(join(coverage, name), 'utf8')).result);
  rmSync(coverage, { recursive: true });
  return scripts.map(({ url }) => url).filter((url) => url.startsWith('file:'));
}

const heavy = /node_modules\/(@peculiar|jose|reflect-metadata|aws-cdk-lib|constructs)\//;
const rooms = /\/(lib\/(?:checks|review|twin|engines\/[a-z-]+))\//;
const roomsOf = (files: readonly string[]): string[] => [...new Set(files.flatMap((each) => rooms.exec(each)?.[1] ?? []))].sort();

describe('a command loads what it needs and nothing else', () => {
  test('check: the checks alone', async () => {
    const files = await loadedBy('check', file);
    expect(roomsOf(files)).toEqual(['lib/checks']);
    expect(files.filter((each) => heavy.test(each))).toEqual([]);
  });

  test('compile: the checks and the engine that is asked for', async () => {
    const files = await loadedBy('compile', file, '--engine', 'envoy', '--out', join(folder, 'out'));
    expect(roomsOf(files)).toEqual(['lib/checks', 'lib/engines/envoy']);
  });

  test('help: no room at all, nor what the model is checked with', async () => {
    const files = await loadedBy('--help');
    expect(roomsOf(files)).toEqual([]);
    expect(files.filter((each) => /node_modules\/zod\//.test(each))).toEqual([]);
  });
});
