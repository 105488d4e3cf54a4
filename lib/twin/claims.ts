import type { Architecture, GatewayRoute } from '../model/architecture/index.js';
import { shellWords } from '../shell-words.js';

type Value = string | number | boolean;

/** A value; of several services that ask for different ones a list, which has to contain theirs. */
export type Claims = Readonly<Record<string, Value | readonly Value[]>>;

/** What a user's token for a route claims, so that no service refuses it on the way: neither the route's target nor who that calls in turn. */
export function claimsFor({ services, calls }: Pick<Architecture, 'services' | 'calls'>, { auth, target }: GatewayRoute): Claims {
  if (auth.kind !== 'authorizer' || target.kind !== 'service') return {};
  const reached = new Set([target.name]);
  for (const name of reached) for (const { from, to } of calls) if (from === name) reached.add(to);
  const wanted = new Map<string, Set<Value>>();
  for (const { name, tokens } of services) {
    if (!reached.has(name) || tokens?.authorizer.name !== auth.name) continue;
    for (const claim of tokens.claims) {
      const known = wanted.get(claim.name) ?? new Set();
      wanted.set(claim.name, known);
      if (!claim.anyOf.some((value) => known.has(value))) known.add(claim.anyOf[0]!);
    }
  }
  return Object.fromEntries([...wanted].map(([name, values]) => [name, values.size === 1 ? [...values][0]! : [...values]]));
}

/** As a shell takes them: ` --claim role=nurse`. */
export const claimOptions = (claims: Claims): string =>
  Object.entries(claims)
    .map(
      ([name, value]) => ` --claim ${shellWords(`${name}=${typeof value === 'string' && !isJson(value) ? value : JSON.stringify(value)}`)}`,
    )
    .join('');

/** A text that is also JSON, such as `5` or `true`, would be taken as such. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
