import type { GatewayRoute } from '../model/architecture/index.js';
import { exampleOf } from './stub-call.js';

/** How the user calls us, for lines to paste. */
export interface Typed {
  /** @default 'edge-mesh' */
  readonly program?: string;
  /** The architecture's file. @default 'ARCH' */
  readonly file?: string;
}

/** A line to paste for a route of a gateway, without its token. */
export function curlOf({ method = 'GET', path }: GatewayRoute, url: string): string {
  const body = method === 'GET' || method === 'DELETE' ? '' : " -H 'content-type: application/json' -d '{}'";
  return `curl ${method === 'GET' ? '' : `-X ${method} `}${url}${exampleOf(path)}${body}`;
}

/** What adds a token to that line; empty where the route needs none. */
export function authorizationOf(route: GatewayRoute, typed: Typed): string {
  const command = tokenCommand(route, typed);
  return command === undefined ? '' : `-H "authorization: Bearer $(${command})"`;
}

/** What prints a token that the route takes; undefined where it needs none. */
export function tokenCommand({ auth }: GatewayRoute, { program = 'edge-mesh', file = 'ARCH' }: Typed): string | undefined {
  if (auth.kind !== 'authorizer') return undefined;
  const scope = auth.scopes[0] === undefined ? '' : ` --scope ${auth.scopes[0]}`;
  return `${program} token ${file} ${auth.name}${scope}`;
}
