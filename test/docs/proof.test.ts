import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { features } from '../../lib/engines/capability.js';
import { carried, proofs, proofsPage } from './proof.js';

test.each(carried)('%s is proven by traffic', (feature) => expect(proofs.filter((proof) => proof.feature === feature)).not.toEqual([]));

test('no test proves a feature that there is not', () => {
  expect(proofs.filter(({ feature }) => !(features as readonly string[]).includes(feature))).toEqual([]);
});

test('the page on proofs is up to date', () => expect(readFileSync(resolve(__dirname, '../../docs/proofs.md'), 'utf8')).toBe(proofsPage()));
