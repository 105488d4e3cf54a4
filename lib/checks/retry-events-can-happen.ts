import type { Architecture } from '../model/architecture/index.js';
import { doorOf } from '../model/door.js';
import type { RetryEvent } from '../model/spec/index.js';
import type { Check, Found } from './check.js';
import { type Hop, hopsOf } from './hop.js';
import { oncePerPlace, placeOf, sourceOf } from './place.js';

const ofGrpc: ReadonlySet<RetryEvent> = new Set(['cancelled', 'deadline-exceeded', 'grpc-unavailable', 'internal', 'resource-exhausted']);

/**
 * What is retried on is something that the callee can answer: a status of gRPC comes over HTTP/2 alone.
 */
export const retryEventsCanHappen: Check = {
  id: 'retry-events-can-happen',
  severity: 'error',
  why: 'an app that speaks HTTP/1.1 answers no gRPC status, so the retry that is declared never comes',
  find: (architecture) => oncePerPlace(impossible(architecture)),
};

function* impossible(architecture: Architecture): Iterable<Found> {
  for (const hop of hopsOf(architecture)) {
    if (!speaksHttp1(architecture, hop)) continue;
    for (const rule of hop.rules) {
      const events = rule.policy.retries?.on.filter((event) => ofGrpc.has(event)) ?? [];
      if (events.length === 0) continue;
      yield {
        at: placeOf(hop, rule, 'retries'),
        is: `${hop.by} → ${hop.callee} retries on ${events.join(', ')}${sourceOf(rule, 'retries')}, and ${hop.callee} speaks HTTP/1.1`,
        fix: `\`unavailable\` is HTTP's 503; or let ${hop.callee} listen for gRPC`,
      };
    }
  }
}

function speaksHttp1({ services, externals }: Architecture, { to, port }: Hop): boolean {
  const service = services.find(({ name }) => name === to);
  const listen = service && doorOf(service, port)?.listen;
  return (listen ?? externals.find(({ name }) => name === to))?.protocol === 'http';
}
