import type { Authorizer } from '../architecture/index.js';
import type { Tokens } from '../architecture/tokens.js';
import { byName } from '../by-name.js';
import type { TokensSpec } from '../spec/tokens.js';
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
