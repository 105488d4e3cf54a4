import { defineArchitecture, resolve } from '../../lib/index.js';
import { directionOf } from '../../lib/review/direction.js';
import { observabilityFacts, observabilityInWords } from '../../lib/review/observability.js';

const observed = (observability: object) =>
  resolve(
    defineArchitecture({
      name: 'observed',
      services: { one: { image: 'one' } },
      external: { collector: { host: 'collector.example', protocol: 'http', port: 4318 } },
      observability,
    }),
  );

test('traces and statistics are said in words', () => {
  expect(observabilityInWords(observed({ traces: { to: 'collector' }, metrics: 'task' }))).toBe(
    'A trace begins with 5 % of requests and goes to collector; it continues past an app only if the app passes on `traceparent`. ' +
      'Statistics of every sidecar, read-only, on port 15090: for whatever runs in the same task.',
  );
});

test('what is not declared is not said', () => {
  expect(observabilityInWords(observed({}))).toBeUndefined();
  expect(observabilityFacts(observed({}))).toEqual({});
});

test('statistics for more readers are weaker, for fewer stronger', () => {
  const [none, task, network] = [{}, { metrics: 'task' }, { metrics: 'network' }].map((each) => observabilityFacts(observed(each)));
  const direction = (was: typeof none, is: typeof none) => directionOf('mesh', was, is);
  expect([direction(none, task), direction(task, network), direction(network, task), direction(task, none)]).toEqual([
    'weaker',
    'weaker',
    'stronger',
    'stronger',
  ]);
});
