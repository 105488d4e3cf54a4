import type { Architecture, Service, Tokens } from '../model/architecture/index.js';
import type { Aspects } from './aspects.js';
import type { Direction } from './change.js';
import { code, table } from './markdown.js';
import { requestInWords } from './wording.js';

/** `role is admin or support, tenant is 7`; empty where any token will do. */
const showClaims = ({ claims }: Tokens): string =>
  claims.map(({ name, anyOf }) => `${name} is ${anyOf.map(String).join(' or ')}`).join(', ');

/** The requests that need a token, each in words; undefined for any. */
const requestsOf = ({ requests }: Tokens): string[] | undefined => requests?.map(requestInWords).sort();

/** What tokens of users a service asks for: aspect → value. */
export const tokenFacts = ({ tokens }: Service): Aspects =>
  tokens === undefined
    ? {}
    : {
        'token of': tokens.authorizer.name,
        ...(tokens.claims.length === 0 ? {} : { 'token claims': showClaims(tokens) }),
        'token for': requestsOf(tokens)?.join(', ') ?? 'any request',
      };

/** The same as blocks of a page; none where no service asks for one. */
export function tokenSection({ services }: Architecture): string[] {
  const rows = services.flatMap(({ name, tokens }) =>
    tokens === undefined
      ? []
      : [
          [
            name,
            requestsOf(tokens)?.map(code).join(', ') ?? 'any',
            tokens.authorizer.name,
            code(showClaims(tokens)),
            code(tokens.authorizer.jwks),
          ],
        ],
  );
  if (rows.length === 0) return [];
  return [
    '## Tokens of users',
    "Besides the caller's own identity. The callee's sidecar verifies the token again, with keys that it fetches from outside the mesh; each caller's app has to pass the token on.",
    table(['service', 'requests', 'token of', 'where', 'keys from'], rows),
  ];
}

/** The more has to be proven, the stronger: one more claim, or one value less that will do for it. */
export function compareClaims(was: string, is: string): Direction {
  const [before, now] = [claimsIn(was), claimsIn(is)];
  if (proves(before, now)) return 'weaker';
  return proves(now, before) ? 'stronger' : 'neutral';
}

type Claims = ReadonlyMap<string, readonly string[]>;

const claimsIn = (words: string): Claims =>
  new Map(
    words.split(', ').map((claim) => {
      const [name = '', values = ''] = claim.split(/ is (.*)/);
      return [name, values.split(' or ')];
    }),
  );

/** Whether whoever has proven the claims has proven the others too. */
const proves = (claims: Claims, others: Claims): boolean =>
  [...others].every(([name, values]) => claims.get(name)?.every((value) => values.includes(value)));
