import { Duration } from 'aws-cdk-lib';
import {
  ConnectionType,
  HttpIntegration,
  Integration,
  IntegrationType,
  MockIntegration,
  PassthroughBehavior,
  VpcLink,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { edgePrincipalHeader, edgeRouteHeader, edgeSourceHeader, nobody } from '../../lib/engines/envoy/header.js';
import type { GatewayRoute, PathPattern, RouteTarget } from '../../lib/index.js';
import { parametersOf } from '../../lib/model/path.js';
import type { Origin } from './origin.js';

type Respond = Extract<RouteTarget, { kind: 'respond' }>;
type Asks = Exclude<RouteTarget, Respond>;

/** The bodies that a route into the mesh takes, unless others are named. */
export const usualContentTypes: readonly string[] = [
  'application/json', // also where a request names none, as every GET
  'application/x-www-form-urlencoded',
  'application/xml',
  'multipart/form-data',
  'text/plain',
  'text/xml',
];

/** To an external, straight from API Gateway. */
export const urlIntegration = ({ method, timeout }: GatewayRoute, target: Asks, url: string): Integration =>
  new HttpIntegration(`${url}${template(target.path)}`, {
    proxy: true,
    httpMethod: method ?? 'ANY',
    options: { timeout: Duration.millis(timeout), requestParameters: pathParameters(target.path) },
  });

/**
 * Into the mesh, over a VPC link of the second version (for which CDK has no L2: `rest-gateway.ts` adds the load balancer).
 *
 * API Gateway puts the stage before the path it sends to a load balancer, `/prod/orders/7`, unless `$context.requestOverride.path` is set.
 * Parameter mappings set headers, query strings and single parameters, never the whole path; only a mapping template can, and one is chosen by
 * the request's content type. So: the template for each content type that is taken, and 415 for the others, rather than a path that the ingress does
 * not know. The template passes the body on as text. The URI has the same path, should a template not be asked.
 */
export function meshIntegration(
  scope: Construct,
  { key, method, auth, timeout }: GatewayRoute,
  target: Asks,
  { entrance, frontDoor }: Extract<Origin, { kind: 'mesh' }>,
  contentTypes: readonly string[],
): Integration {
  const principal = auth.kind === 'authorizer' ? 'context.authorizer.principalId' : `'${nobody}'`;
  return new Integration({
    type: IntegrationType.HTTP_PROXY,
    integrationHttpMethod: method ?? 'ANY',
    uri: `${entrance.url}${template(target.path)}`,
    options: {
      connectionType: ConnectionType.VPC_LINK,
      vpcLink: VpcLink.fromVpcLinkId(scope, `Link ${key}`, frontDoor.vpcLink.vpcLinkId),
      timeout: Duration.millis(timeout),
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestParameters: {
        ...pathParameters(target.path),
        [`integration.request.header.${edgeRouteHeader}`]: `'${key}'`,
        [`integration.request.header.${edgePrincipalHeader}`]: principal,
        [`integration.request.header.${edgeSourceHeader}`]: 'context.identity.sourceIp',
      },
      requestTemplates: Object.fromEntries(contentTypes.map((type) => [type, pathOverride(target.path)])),
    },
  });
}

/** An answer of the gateway's own, to any method and content. */
export function respondIntegration({ status, json }: Respond, contentTypes: readonly string[]): Integration {
  // `$` and `#` begin what a template computes; JSON can spell both otherwise.
  const body = json === undefined ? '' : JSON.stringify(json).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023');
  return new MockIntegration({
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: Object.fromEntries(contentTypes.map((type) => [type, JSON.stringify({ statusCode: status })])),
    integrationResponses: [{ statusCode: String(status), responseTemplates: { 'application/json': body } }],
  });
}

/** `/orders/{id}`; API Gateway knows `{rest+}` without the plus here. */
const template = ({ segments }: PathPattern): string =>
  `/${segments.map((segment) => (segment.kind === 'literal' ? segment.value : `{${segment.name}}`)).join('/')}`;

const pathParameters = (path: PathPattern): Record<string, string> =>
  Object.fromEntries(parametersOf(path).map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]));

/** Parameters as the client wrote them: what they decode to is the ingress's to judge. */
function pathOverride(path: PathPattern): string {
  const names = parametersOf(path);
  const variables = names.map((name, index) => `#set($p${index} = $input.params().path.get("${name}"))`);
  const filled = path.segments.map((segment) => (segment.kind === 'literal' ? segment.value : `\${p${names.indexOf(segment.name)}}`));
  return [...variables, `#set($context.requestOverride.path = "/${filled.join('/')}")`, '$input.body'].join('\n');
}
