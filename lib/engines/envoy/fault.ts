import type { Faults, Rule } from '../../model/architecture/index.js';
import { duration, extension, type JsonObject, optional, typed } from './json.js';
import { headerMatcher } from './match.js';

const name = 'envoy.filters.http.fault';
const type = 'envoy.extensions.filters.http.fault.v3.HTTPFault';

/** The filter that makes trouble, where some rule asks for it. It takes no orders from a request's headers; what it does counts in `http.<listener>.fault.*`. */
export const faultFilter = (rules: readonly Rule[]): JsonObject[] =>
  rules.some(({ faults }) => faults !== undefined) ? [extension(name, type)] : [];

/** What a rule's route says of it. */
export const faultOf = ({ faults }: Rule): JsonObject => (faults === undefined ? {} : { [name]: typed(type, trouble(faults)) });

const trouble = ({ delay, abort, when }: Faults): JsonObject => ({
  ...optional('delay', delay && { fixed_delay: duration(delay.by), percentage: share(delay.percent) }),
  ...optional('abort', abort && { http_status: abort.status, percentage: share(abort.percent) }),
  ...optional('headers', when.length === 0 ? undefined : when.map(headerMatcher)),
});

const share = (percent: number): JsonObject => ({ numerator: Math.round(percent * 10_000), denominator: 'MILLION' });
