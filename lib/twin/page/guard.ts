import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** 192 bits: nobody guesses it, and it has no character that an address would have to escape. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Why a request is refused; the status is for scripts, the reason for people. */
export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly reason: string;
}

export interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Loopback is no protection from the user's own browser, where any web page may ask 127.0.0.1. So the name asked for has to be ours, or another site has
 * made its name mean this machine (DNS rebinding), and whoever asks from a page has to be our own.
 *
 * @param host such as `127.0.0.1:8079`
 */
export function refuseStranger({ headers }: Asked, host: string): Refusal | undefined {
  if (headers.host !== host) return { status: 421, reason: `this is ${host}, and it answers to no other name` };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return { status: 403, reason: 'asked by another site' };
  const site = headers['sec-fetch-site'];
  // Whoever follows a link, such as in a terminal that is itself a web page, asks for the shell, which says nothing; all else takes a token, which no link carries.
  const follows = headers['sec-fetch-mode'] === 'navigate';
  if (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none' && !follows) {
    return { status: 403, reason: 'asked by another site' };
  }
  return undefined;
}

/** What shows the architecture or changes it takes the token of the address that was printed. */
export function refuseWithoutToken({ headers }: Asked, token: string): Refusal | undefined {
  const given = /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '')?.[1];
  if (given !== undefined && same(given, token)) return undefined;
  return {
    status: 401,
    reason: 'the token is missing or is not this twin\'s; it is in the address that "edge-mesh up" printed, after #t=',
  };
}

/** In constant time, whatever the lengths. */
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
