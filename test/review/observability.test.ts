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

test('other tracers are named, with what an app has to pass on', () => {
  const said = [
    { as: 'x-ray', sample: 1 },
    { as: 'datadog', to: 'collector', sample: 1 },
  ].map((traces) => observed({ traces }));
  expect(said.map(observabilityInWords)).toEqual([
    "A trace begins with 1 % of requests and goes to X-Ray's daemon in each task; it continues past an app only if the app passes on `x-amzn-trace-id`.",
    "A trace begins with 1 % of requests and goes to collector, as Datadog's; it continues past an app only if the app passes on `traceparent` and `x-datadog-*`.",
  ]);
  expect(said.map(observabilityFacts)).toEqual([
    { traces: "1 % of requests, to X-Ray's daemon in each task" },
    { traces: "1 % of requests, to collector, as Datadog's" },
  ]);
});

test('what is not declared is not said', () => {
  expect(observabilityInWords(observed({}))).toBeUndefined();
  expect(observabilityFacts(observed({}))).toEqual({});
});

test('statistics for more readers are weaker, for fewer stronger', () => {
  const aspect = 'statistics for';
  const [none, task, network] = [{}, { metrics: 'task' }, { metrics: 'network' }].map((each) => observabilityFacts(observed(each))[aspect]);
  const direction = (was: string | undefined, is: string | undefined) => directionOf('mesh', aspect, was, is);
  expect([direction(none, task), direction(task, network), direction(network, task), direction(task, none)]).toEqual([
    'weaker',
    'weaker',
    'stronger',
    'stronger',
  ]);
});
