import type { Architecture, GatewayRoute } from '../model/architecture/index.js';
import { shellWords } from '../shell-words.js';
import { claimOptions, claimsFor } from './claims.js';
import { exampleOf } from './stub-call.js';

/** How the user calls us, for lines to paste. */
export interface Typed {
  /** @default 'edge-mesh' */
  readonly program?: string;
  /** The architecture's file, and its environment where it is not the default one: words as a shell takes them. @default 'ARCH' */
  readonly file?: string;
}

/** What tells which claims a token needs besides. */
type Claiming = Pick<Architecture, 'services' | 'calls'>;

/** A line to paste for a route of a gateway, without its token. */
export function curlOf({ method = 'GET', path }: GatewayRoute, url: string): string {
  const body = bodiless.has(method) ? '' : " -H 'content-type: application/json' -d '{}'";
  return `curl ${option(method)}${shellWords(`${url}${exampleOf(path)}`)}${body}`;
}

const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);
/** After `-X HEAD` curl waits for a body that never comes. */
const option = (method: string): string => (method === 'GET' ? '' : method === 'HEAD' ? '--head ' : `-X ${method} `);

/** What adds a token to that line; empty where the route needs none. */
export function authorizationOf(architecture: Claiming, route: GatewayRoute, typed: Typed): string {
  const command = tokenCommand(architecture, route, typed);
  return command === undefined ? '' : `-H "authorization: Bearer $(${command})"`;
}

/** What prints a token that the route takes; undefined where it needs none. */
export function tokenCommand(
  architecture: Claiming,
  route: GatewayRoute,
  { program = 'edge-mesh', file = 'ARCH' }: Typed,
): string | undefined {
  const { auth } = route;
  if (auth.kind !== 'authorizer') return undefined;
  const scope = auth.scopes[0] === undefined ? '' : ` --scope ${shellWords(auth.scopes[0])}`;
  return `${program} token ${file} ${auth.name}${scope}${claimOptions(claimsFor(architecture, route))}`;
}
