import type { Aspects } from './aspects.js';
import type { Direction } from './change.js';
import { compareTransport } from './external.js';
import type { Kind } from './facts.js';
import { compareGlobalLimits } from './global-rate-limit.js';

/**
 * Which way a change goes, for what decides who may do how much: auth, scopes, access, throttles, acknowledged findings.
 *
 * @param was the aspects before; undefined where the subject is new
 * @param is the aspects now; undefined where the subject is gone
 */
export function directionOf(kind: Kind, was: Aspects | undefined, is: Aspects | undefined): Direction {
  if (kind === 'acknowledged') return was === undefined ? 'weaker' : is === undefined ? 'stronger' : 'neutral';
  if (kind === 'access' && 'but not' in { ...was, ...is }) return compareDenied(was, is);
  if (kind === 'access') return compareRequests(was?.['requests'], is?.['requests']);
  if (kind === 'environments') return compareEnvironments(was ?? {}, is ?? {});
  if (kind === 'routes' && was === undefined) return is?.['auth'] === 'public' ? 'weaker' : 'neutral';
  if (kind === 'routes' && is === undefined) return was?.['auth'] === 'public' ? 'stronger' : 'neutral';
  if (kind === 'externals') return compareExternals(was ?? {}, is ?? {});
  if (was === undefined || is === undefined) return 'neutral';
  if (kind === 'authorizers')
    return 'audience' in was && 'audience' in is ? compareSets(setOf(was['audience']), setOf(is['audience'])) : 'neutral';
  if (was['auth'] !== undefined && is['auth'] !== undefined) return compareAuth(was['auth'], is['auth']);
  if ('throttle' in was || 'throttle' in is) return compareThrottles(was['throttle'], is['throttle']);
  if ('from only' in { ...was, ...is }) return compareAddresses(was['from only'], is['from only']);
  if ('never from' in { ...was, ...is }) return compareSets(setOf(is['never from']), setOf(was['never from']));
  if ('statistics for' in { ...was, ...is }) return compareReaders(was['statistics for'], is['statistics for']);
  if (kind === 'mesh') return compareMtls(was, is);
  if ('interception' in { ...was, ...is }) return was['interception'] === undefined ? 'stronger' : 'weaker';
  if ('past its sidecar' in { ...was, ...is }) return comparePast(was['past its sidecar'], is['past its sidecar']);
  const token = Object.keys({ ...was, ...is }).find((aspect) => aspect.startsWith('token '));
  if (token !== undefined) return compareTokens(token, was[token], is[token]);
  const limit = Object.keys({ ...was, ...is }).find((aspect) => aspect.startsWith('rate limit'));
  if (limit !== undefined) return compareLimits(was[limit], is[limit]);
  const shared = Object.keys({ ...was, ...is }).find((aspect) => aspect.startsWith('global rate limit'));
  if (shared !== undefined) return compareGlobalLimits(shared, was[shared], is[shared]);
  return 'neutral';
}

/** The mark `production` refuses what risks clients. An environment that comes or goes changes no other. */
function compareEnvironments(was: Aspects, is: Aspects): Direction {
  const [aspect] = Object.keys({ ...was, ...is });
  if (aspect?.endsWith('.throttle')) return compareThrottles(was[aspect], is[aspect]);
  if (aspect !== 'production' || was[aspect] === undefined || is[aspect] === undefined) return 'neutral';
  return is[aspect] === 'yes' ? 'stronger' : 'weaker';
}

/** The more use a way out of the mesh, the weaker. */
function compareExternals(was: Aspects, is: Aspects): Direction {
  const [before, now] = [was['address'], is['address']];
  if ('used by' in { ...was, ...is }) return compareSets(setOf(was['used by']), setOf(is['used by']));
  return before === undefined || now === undefined ? 'neutral' : compareTransport(before, now);
}

/** No list is everyone. */
function compareAddresses(was: string | undefined, is: string | undefined): Direction {
  if (was === undefined || is === undefined) return is === undefined ? 'weaker' : 'stronger';
  return compareSets(setOf(was), setOf(is));
}

/** Of who may be asked past a sidecar, the more the weaker; where nothing is intercepted, that is told by interception itself. */
const comparePast = (was: string | undefined, is: string | undefined): Direction =>
  was === undefined || is === undefined ? 'neutral' : compareSets(setOf(was), setOf(is));

/** The more has to be proven, and for the more requests, the stronger. Another claim, or another issuer, is neither. */
function compareTokens(aspect: string, was: string | undefined, is: string | undefined): Direction {
  if (was === undefined || is === undefined) return was === undefined ? 'stronger' : 'weaker';
  if (aspect === 'token for') return opposite[compareRequests(was, is)];
  return aspect === 'token claims' ? compareSets(setOf(is), setOf(was)) : 'neutral';
}

const opposite: Record<Direction, Direction> = { weaker: 'stronger', stronger: 'weaker', neutral: 'neutral' };

const strictness = ['off', 'permissive', 'strict'];

/** From nobody over the task to the network. */
function compareReaders(was: string | undefined, is: string | undefined): Direction {
  if (was === undefined || is === undefined) return was === undefined ? 'weaker' : 'stronger';
  return is.includes('security group') ? 'weaker' : 'stronger';
}

/** Further from strict is weaker; so is one more who asks in plaintext, and a later end of it. */
function compareMtls(was: Aspects, is: Aspects): Direction {
  const [aspect = ''] = Object.keys({ ...was, ...is });
  const [before, now] = [was[aspect], is[aspect]];
  if (aspect === 'mutual TLS') return strictness.indexOf(now ?? '') < strictness.indexOf(before ?? '') ? 'weaker' : 'stronger';
  if (!aspect.startsWith('plaintext')) return 'neutral';
  if (before === undefined || now === undefined) return now === undefined ? 'stronger' : 'weaker';
  return aspect === 'plaintext until' ? (now > before ? 'weaker' : 'stronger') : 'neutral';
}

/** No limit opens; one for each caller and one for all are of two kinds. */
function compareLimits(was: string | undefined, is: string | undefined): Direction {
  if (was === undefined || is === undefined) return is === undefined ? 'weaker' : 'stronger';
  return was.includes('caller') === is.includes('caller') ? compareThrottles(was, is) : 'neutral';
}

/** Nobody less than somebody less than any request; two lists by inclusion. */
function compareRequests(was: string | undefined, is: string | undefined): Direction {
  if (was === undefined || is === undefined) return was === undefined ? 'weaker' : 'stronger';
  if (was === 'any request' || is === 'any request') return is === 'any request' ? 'weaker' : 'stronger';
  return compareSets(new Set(was.split(', ')), new Set(is.split(', ')));
}

/** What is denied closes: the more, the stronger. Who is new, or gone, is told by what it may ask for. */
function compareDenied(was: Aspects | undefined, is: Aspects | undefined): Direction {
  if (was === undefined || is === undefined) return was === undefined ? 'weaker' : 'stronger';
  return compareSets(setOf(is['but not']), setOf(was['but not']));
}

const setOf = (list: string | undefined): ReadonlySet<string> => new Set(list?.split(', '));

function compareAuth(was: string, is: string): Direction {
  if (was === 'public' || is === 'public') return is === 'public' ? 'weaker' : 'stronger';
  const [before, now] = [parseAuth(was), parseAuth(is)];
  if (before.name !== now.name) return 'neutral';
  if (before.scopes.size === 0 || now.scopes.size === 0) return now.scopes.size === 0 ? 'weaker' : 'stronger';
  return compareSets(before.scopes, now.scopes);
}

/** `customers (scope a or b)` as its parts. */
function parseAuth(auth: string): { readonly name: string; readonly scopes: ReadonlySet<string> } {
  const [, name = auth, scopes] = /^(.*?) \(scope (.*)\)$/.exec(auth) ?? [];
  return { name, scopes: new Set(scopes?.split(' or ')) };
}

/** A route without a throttle of its own has the gateway's, which its own can only tighten. */
function compareThrottles(was: string | undefined, is: string | undefined): Direction {
  if (was === undefined || is === undefined) return 'neutral';
  const [before, now] = [numbersIn(was), numbersIn(is)];
  if (now.every((number, index) => number >= before[index]!)) return 'weaker';
  return now.every((number, index) => number <= before[index]!) ? 'stronger' : 'neutral';
}

const numbersIn = (text: string): number[] => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number));

/** Sets of which any member opens: the more, the weaker. */
function compareSets(was: ReadonlySet<string>, is: ReadonlySet<string>): Direction {
  if ([...was].every((each) => is.has(each))) return 'weaker';
  return [...is].every((each) => was.has(each)) ? 'stronger' : 'neutral';
}
