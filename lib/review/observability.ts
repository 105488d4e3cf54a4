import type { Architecture } from '../model/architecture/index.js';

const readers = { task: 'whatever runs in the same task', network: 'whoever a security group lets in' } as const;

/** What Envoys show of themselves: aspect → value. */
export const observabilityFacts = ({ observability: { traces, metrics } }: Architecture): Record<string, string> => ({
  ...(traces === undefined ? {} : { traces: `${traces.sample} % of requests, to ${traces.to}` }),
  ...(metrics === undefined ? {} : { 'statistics for': readers[metrics] }),
});

/** The same as a paragraph; undefined where nothing is declared. */
export function observabilityInWords({ observability: { traces, metrics } }: Architecture): string | undefined {
  const lines = [
    ...(traces === undefined
      ? []
      : [
          `A trace begins with ${traces.sample} % of requests and goes to ${traces.to}; it continues past an app only if the app passes on \`traceparent\`.`,
        ]),
    ...(metrics === undefined ? [] : [`Statistics of every sidecar, read-only, on port 15090: for ${readers[metrics]}.`]),
  ];
  return lines.length === 0 ? undefined : lines.join(' ');
}
