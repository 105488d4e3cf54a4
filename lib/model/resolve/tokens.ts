import type { Authorizer } from '../architecture.js';
import { byName } from '../by-name.js';
import type { Tokens } from '../tokens.js';
import type { TokensSpec } from '../tokens-spec.js';
import { requestOf } from './admission.js';

export function tokensOf(spec: TokensSpec | undefined, authorizers: readonly Authorizer[]): Tokens | undefined {
  const authorizer = authorizers.find(({ name }) => name === spec?.use);
  if (spec === undefined || authorizer === undefined) return undefined;
  return {
    authorizer,
    claims: byName(spec.claims).map(([name, value]) => ({ name, anyOf: [value].flat() })),
    requests: spec.requests?.map(requestOf),
  };
}
