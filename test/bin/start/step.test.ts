import { runSteps } from '../../../bin/start/step.js';

test('each step is a line with its number, its words and its time', async () => {
  const lines: string[] = [];
  await runSteps(
    [
      ['check', async () => 'shop: no findings'],
      ['twin', async () => '7 Envoys'],
    ],
    (line) => lines.push(line),
  );
  expect(lines).toEqual([
    expect.stringMatching(/^1\/2 check {4}shop: no findings {2,}\d+\.\d s$/),
    expect.stringMatching(/^2\/2 twin {5}7 Envoys {2,}\d+\.\d s$/),
  ]);
});

test('the step under way is drawn, and taken away before its line', async () => {
  const seen: string[] = [];
  await runSteps(
    [['twin', async () => '7 Envoys']],
    (line) => seen.push(line),
    (text) => seen.push(text),
  );
  expect(seen).toEqual(['1/1 twin     …', '', expect.stringMatching(/^1\/1 twin {5}7 Envoys/)]);
});

test('a step that fails ends it, with its own words', async () => {
  const lines: string[] = [];
  const steps = [
    ['check', () => Promise.reject(new Error('2 findings'))],
    ['twin', async () => 'never'],
  ] as const;
  await expect(runSteps(steps, (line) => lines.push(line))).rejects.toThrow('2 findings');
  expect(lines).toEqual([]);
});
