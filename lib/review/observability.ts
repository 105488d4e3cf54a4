import type { Architecture, Observability } from '../model/architecture/index.js';

const readers = { task: 'whatever runs in the same task', network: 'whoever a security group lets in' } as const;

/** What an app has to pass on with its calls, so that a trace stays one. */
const passedOn = { otlp: '`traceparent`', 'x-ray': '`x-amzn-trace-id`', datadog: '`traceparent` and `x-datadog-*`' } as const;

/** `collector`, `agent, as Datadog's`, `X-Ray's daemon in each task`. */
const collector = ({ as, to }: NonNullable<Observability['traces']>): string =>
  to === undefined ? "X-Ray's daemon in each task" : as === 'datadog' ? `${to}, as Datadog's` : to;

/** What Envoys show of themselves: aspect → value. */
export const observabilityFacts = ({ observability: { traces, metrics } }: Architecture): Record<string, string> => ({
  ...(traces === undefined ? {} : { traces: `${traces.sample} % of requests, to ${collector(traces)}` }),
  ...(metrics === undefined ? {} : { 'statistics for': readers[metrics] }),
});

/** The same as a paragraph; undefined where nothing is declared. */
export function observabilityInWords({ observability: { traces, metrics } }: Architecture): string | undefined {
  const lines = [
    ...(traces === undefined
      ? []
      : [
          `A trace begins with ${traces.sample} % of requests and goes to ${collector(traces)}; it continues past an app only if the app passes on ${passedOn[traces.as]}.`,
        ]),
    ...(metrics === undefined ? [] : [`Statistics of every sidecar, read-only, on port 15090: for ${readers[metrics]}.`]),
  ];
  return lines.length === 0 ? undefined : lines.join(' ');
}
