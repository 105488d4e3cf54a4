import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { lacks } from '../../lib/gateway/capabilities.js';
import type { Architecture, Gateway, Problem } from '../../lib/index.js';
import { showDuration } from '../../lib/model/duration.js';
import { notAmong } from '../../lib/model/problem.js';
import { entersMesh, type FrontDoor } from '../front-door.js';
import { refuse } from '../refuse.js';

/** Of both kinds, in milliseconds. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const shortest = 50;

/** What a REST and an HTTP gateway are told alike. */
export interface GatewayProps {
  /** Resolved, the hosts of its externals bound. */
  readonly architecture: Architecture;
  /** The gateway's name in the architecture. */
  readonly gateway: string;
  /** How requests reach the mesh: an `Ingress`. @default none; then every route leads to an external, or answers by itself */
  readonly frontDoor?: FrontDoor | undefined;
  /** Whether each request is logged, as JSON. @default true */
  readonly accessLogs?: boolean | undefined;
  /** How long logs are kept. @default one month */
  readonly logRetention?: RetentionDays | undefined;
}

/**
 * The gateway of that name and kind.
 *
 * @throws Error where there is none, or where it enters a mesh and has no front door
 * @throws ArchitectureError where routes say nothing of auth, or ask for what this kind does not have: all of them at once
 */
export function findGateway({ architecture, gateway: name, frontDoor }: GatewayProps, kind: Gateway['kind']): Gateway {
  const gateways = architecture.gateways.filter((gateway) => gateway.kind === kind);
  const gateway = gateways.find((one) => one.name === name);
  const names = gateways.map((one) => one.name);
  if (gateway === undefined) throw new Error(notAmong(name, `a gateway of kind ${kind} in the architecture`, names));
  refuseProblems(gateway, architecture);
  if (entersMesh(gateway) && frontDoor === undefined) {
    const service = gateway.routes.find(({ target }) => target.kind === 'service')!;
    throw new Error(`${service.at} leads to a service of the mesh; give the gateway a \`frontDoor\`, such as an Ingress of the mesh`);
  }
  return gateway;
}

function refuseProblems(gateway: Gateway, { authorizers }: Architecture): void {
  const unsaid = gateway.routes.flatMap(({ at, auth }): Problem[] =>
    auth.kind === 'missing'
      ? [{ path: `${at}.auth`, message: 'nobody said who may use it; allowed: an authorizer, { use, scopes }, or "public" for everyone' }]
      : [],
  );
  const lacking = lacks(gateway, authorizers).map(({ at, is, reason }): Problem => ({ path: at, message: `${is}: ${reason}` }));
  const short = gateway.routes.flatMap(({ at, timeout }): Problem[] =>
    timeout < shortest
      ? [{ path: `${at}.timeout`, message: `got ${showDuration(timeout)}; API Gateway waits ${showDuration(shortest)} at least` }]
      : [],
  );
  refuse([...unsaid, ...lacking, ...short]);
}
