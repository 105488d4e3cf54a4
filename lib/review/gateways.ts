import { routeHop } from '../checks/hop.js';
import { type CallPaths, callPaths } from '../checks/paths.js';
import { count } from '../count.js';
import type { Architecture, Gateway, GatewayRoute } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import { and, code, page, plain, table } from './markdown.js';
import { gatewayKind, showAuth, showTarget, showThrottle } from './wording.js';

/** How clients come in: each gateway's routes, and who vouches for their users. */
export function gatewaysPage(architecture: Architecture): string {
  const { name, gateways, authorizers } = architecture;
  const paths = callPaths(architecture);
  const rows = authorizers.map(({ name, issuer, audience, jwks }) => [
    name,
    code(issuer),
    audience.map(code).join(', '),
    code(jwks),
    usersOf(name, gateways),
  ]);
  return page([
    `# ${name}: gateways`,
    summary(architecture),
    ...gateways.flatMap((gateway) => section(architecture, paths, gateway)),
    rows.length === 0 ? undefined : '## Who vouches for users',
    rows.length === 0 ? undefined : 'A JSON Web Token of the issuer, for one of the audiences. The ingress verifies it again.',
    table(['authorizer', 'issuer', 'audience', 'keys', 'used by'], rows),
  ]);
}

function summary({ gateways }: Architecture): string {
  if (gateways.length === 0) return 'There is no gateway: no client outside the mesh reaches a service.';
  const routes = gateways.flatMap(({ routes }) => routes);
  const open = routes.filter(({ auth }) => auth.kind === 'public').map(({ key }) => code(key));
  const who =
    open.length === 0
      ? 'None is open to everyone.'
      : `Open to everyone: ${open.length <= 8 ? and(open) : `${open.slice(0, 8).join(', ')} and ${open.length - 8} more`}.`;
  return `${count(gateways.length, 'gateway')} with ${count(routes.length, 'route')}. ${who}`;
}

function section(architecture: Architecture, paths: CallPaths, gateway: Gateway): string[] {
  const rows = gateway.routes.map((route) => [
    code(route.key),
    route.auth.kind === 'public' ? '**public**' : plain(showAuth(route.auth)),
    route.target.kind === 'respond' ? showTarget(route) : code(showTarget(route)),
    route.throttle === undefined ? "the gateway's" : showThrottle(route.throttle),
    ...waits(architecture, paths, gateway, route),
  ]);
  return [
    `## ${gateway.name}`,
    `${gatewayKind[gateway.kind]}, throttled to ${showThrottle(gateway.throttle)}. Services see it as \`/ingress/${gateway.name}\`, and admit it for these routes only.${addressesInWords(gateway)}`,
    table(
      ['route', 'who may', 'reaches', 'throttle', 'ingress waits', 'API Gateway waits'],
      rows,
      Math.max(4, Math.floor(180 / architecture.gateways.length)),
    ),
  ];
}

function addressesInWords({ allow, deny }: Gateway): string {
  const only = allow === undefined ? '' : ` Clients may ask from ${allow.map(code).join(', ')} only.`;
  return deny.length === 0 ? only : `${only} Nobody may ask from ${deny.map(code).join(', ')}.`;
}

function waits(architecture: Architecture, paths: CallPaths, gateway: Gateway, route: GatewayRoute): string[] {
  const [hop] = routeHop(architecture, gateway.name, route);
  return hop === undefined ? ['–', '–'] : [showDuration(paths.wait(hop)), showDuration(route.timeout)];
}

function usersOf(authorizer: string, gateways: readonly Gateway[]): string {
  const routes = gateways.flatMap(({ routes }) => routes).filter(({ auth }) => auth.kind === 'authorizer' && auth.name === authorizer);
  return routes.length === 0 ? '**nobody**' : count(routes.length, 'route');
}
