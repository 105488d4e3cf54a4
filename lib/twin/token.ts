import type { Architecture, Authorizer } from '../model/architecture/index.js';
import { notAmong } from '../model/problem.js';
import type { Typed } from './curl.js';
import { runningTwins } from './running-twins.js';
import { algorithm, type SigningKey } from './signing-key.js';
import { TwinError } from './twin-error.js';

export interface TokenOptions {
  /** What the token allows; joined by spaces in its `scope` claim. @default none */
  readonly scopes?: readonly string[];
  /** Who the client is, in `sub`. @default 'alice' */
  readonly subject?: string;
  /** Further claims, such as `{ role: 'admin' }`; they come before all others, so that `{ exp: 1 }` makes a token that has expired. @default none */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Seconds until it expires; negative for one that has expired. @default 3600 */
  readonly expiresIn?: number;
  /** @default the authorizer's first */
  readonly audience?: string;
  /** @default the authorizer's */
  readonly issuer?: string;
}

/**
 * A token that the authorizer accepts on the twin of this architecture that runs now, in whichever process of this user.
 * Every twin of one architecture that runs at the same time has the same key, so the token fits them all. AWS never accepts it.
 *
 * @param typed how the user calls us, for what to do where no twin runs
 * @throws TwinError `UNKNOWN_NAME` where there is no such authorizer, `NO_TWIN` where no twin runs
 */
export async function issueToken(
  architecture: Architecture,
  authorizer: string,
  options: TokenOptions = {},
  { program = 'edge-mesh', file = 'ARCH' }: Typed = {},
): Promise<string> {
  const found = findAuthorizer(architecture, authorizer);
  const [twin] = runningTwins(architecture.name, architecture.environment);
  if (twin === undefined) {
    throw new TwinError(
      'NO_TWIN',
      `no twin of "${architecture.name}" is running, and only a running twin accepts test tokens; start it with: ${program} up ${file}`,
    );
  }
  return signToken(found, twin.key, options);
}

/** @throws TwinError `UNKNOWN_NAME` */
export function findAuthorizer(architecture: Architecture, name: string): Authorizer {
  const found = architecture.authorizers.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new TwinError(
    'UNKNOWN_NAME',
    notAmong(
      name,
      'an authorizer',
      architecture.authorizers.map((each) => each.name),
    ),
  );
}

/** A token for an authorizer, signed with a twin's key, or with another to be refused. */
export async function signToken(authorizer: Authorizer, key: SigningKey, options: TokenOptions = {}): Promise<string> {
  const { importJWK, SignJWT } = await import('jose');
  const {
    scopes = [],
    claims = {},
    subject = 'alice',
    expiresIn = 3600,
    audience = authorizer.audience[0],
    issuer = authorizer.issuer,
  } = options;
  const now = Math.floor(Date.now() / 1000);
  const usual = {
    iss: issuer,
    sub: subject,
    ...(audience === undefined ? {} : { aud: audience }),
    iat: now + Math.min(0, expiresIn),
    exp: now + expiresIn,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  };
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg: algorithm, kid: key.id, typ: 'JWT' })
    .sign(await importJWK(key.privateKey, algorithm));
}
