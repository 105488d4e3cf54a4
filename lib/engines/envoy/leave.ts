import type { Gateway, Service } from '../../model/architecture/index.js';
import { answerAge } from './aws-placement.js';

/** How a task on AWS leaves, in milliseconds. */
export interface Leave {
  /** From the moment at which it says that it is leaving until its app may stop. */
  readonly drain: number;
  /** How long ECS is to wait for that before it kills. */
  readonly stopTimeout: number;
}

/** ECS takes no longer stop timeout on Fargate. */
const longestStop = 120_000;

/** For the drainer itself to begin and to end. */
const margin = 10_000;

/**
 * How long others may go on opening connections to who is leaving. ECS takes a task out of Cloud Map and stops it at the same moment, and waits for nobody
 * (aws/containers-roadmap issues 343 and 1639):
 *
 *   10 s  until Route 53 no longer names it: an allowance, AWS promises 60 s and is usually much faster
 * + 10 s  that a resolver may repeat its last answer (`answerAge`)
 * +  5 s  between two questions of a caller's Envoy (`dns_refresh_rate`, Envoy's own)
 * = 25 s
 *
 * For the ingress, which the load balancer has left before ECS stops it, it is the time that connections still open have to hear that they should close:
 * each does with its next answer.
 */
const discoveryInterval = 10_000 + answerAge + 5_000;

/**
 * The interval, and what is under way then: the longest that its rules let a request take. `min(25 s + that, 120 s − 10 s)`: with the usual timeout of 2 s it
 * drains for 27 s. A stream, and a connection of TCP, may take an hour, and is broken after 110 s.
 */
export const serviceLeave = ({ rules, listen, ports }: Service): Leave =>
  leaveAfter([
    ...rules.map(({ policy }) => policy.timeout),
    ...[listen, ...ports.filter(({ admits }) => admits.length > 0).map((port) => port.listen)].flatMap((each) =>
      each?.protocol === 'tcp' ? [each.maxAge] : [],
    ),
  ]);

/** The same, by what API Gateway waits for. */
export const ingressLeave = (gateways: readonly Gateway[]): Leave =>
  leaveAfter(gateways.flatMap(({ routes }) => routes.map(({ timeout }) => timeout)));

/** @param limits of what may be under way; 0 is none */
function leaveAfter(limits: readonly number[]): Leave {
  const longest = Math.max(0, ...limits.map((limit) => (limit === 0 ? Number.POSITIVE_INFINITY : limit)));
  const drain = Math.min(Math.ceil((discoveryInterval + longest) / 1_000) * 1_000, longestStop - margin);
  return { drain, stopTimeout: drain + margin };
}
