import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnIntegration,
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  type HttpRouteIntegration,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  MappingValue,
  ParameterMapping,
} from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpNlbIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { edgePrincipalHeader, edgeRouteHeader, edgeSourceHeader, nobody } from '../../lib/engines/envoy/header.js';
import type { Gateway, GatewayRoute, PathPattern } from '../../lib/index.js';
import { newLogGroup } from '../log-group.js';
import { accessLogLine } from './access-log.js';
import { httpAuthorizer, usedBy } from './authorizers.js';
import { findGateway, type GatewayProps } from './gateway-props.js';
import { originOf } from './origin.js';

export type HttpGatewayProps = GatewayProps;

/**
 * A gateway of kind `http`: an HTTP API that verifies tokens itself, with a throttle, and a log line for each request.
 *
 * @throws ArchitectureError where a route says nothing of auth, or asks for what an HTTP API does not have
 */
export class HttpGateway extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** Undefined without access logs. */
  readonly logGroup: LogGroup | undefined;
  /** By the authorizer's name. */
  readonly authorizers: ReadonlyMap<string, HttpJwtAuthorizer>;
  /** By the route's key, `GET /orders/{id}`. */
  readonly routes: ReadonlyMap<string, HttpRoute>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HttpGatewayProps,
  ) {
    super(scope, id);
    const { architecture, accessLogs = true, logRetention } = props;
    const gateway = findGateway(props, 'http');
    this.api = new HttpApi(this, 'Api', { apiName: `${architecture.name}-${gateway.name}`, createDefaultStage: false });
    this.authorizers = new Map(
      usedBy(gateway, architecture.authorizers).map((authorizer) => [authorizer.name, httpAuthorizer(authorizer)]),
    );
    this.routes = new Map(gateway.routes.map((route) => [route.key, this.newRoute(gateway, route)]));
    this.logGroup = accessLogs ? newLogGroup(this, 'AccessLogs', logRetention) : undefined;
    this.stage = this.newStage(gateway);
  }

  private newRoute(gateway: Gateway, route: GatewayRoute): HttpRoute {
    const { key, auth, method, path, timeout } = route;
    const made = new HttpRoute(this, key, {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path.text, HttpMethod[method === undefined ? 'ANY' : (method as keyof typeof HttpMethod)]),
      integration: this.integration(gateway, route),
      authorizer: this.authorizer(route),
      ...(auth.kind === 'authorizer' && auth.scopes.length > 0 ? { authorizationScopes: [...auth.scopes] } : {}),
    });
    // CDK's own property stops at 29 s, as for a REST API; an HTTP API waits for 30 s.
    integrationIn(made).addPropertyOverride('TimeoutInMillis', timeout);
    return made;
  }

  private authorizer({ key, auth }: GatewayRoute): IHttpRouteAuthorizer {
    if (auth.kind === 'missing') throw new TypeError(`unchecked route ${key}`);
    return auth.kind === 'public' ? new HttpNoneAuthorizer() : this.authorizers.get(auth.name)!;
  }

  private integration(gateway: Gateway, { key, auth, target }: GatewayRoute): HttpRouteIntegration {
    if (target.kind === 'respond') throw new TypeError(`unchecked route ${key}`);
    const origin = originOf(target, gateway, this.props.architecture, this.props.frontDoor);
    const path = new ParameterMapping().overwritePath(MappingValue.custom(pathTemplate(target.path)));
    const common = { method: HttpMethod.ANY };
    if (origin.kind === 'url') return new HttpUrlIntegration(key, origin.url, { ...common, parameterMapping: path });
    const principal = auth.kind === 'authorizer' ? '$context.authorizer.claims.sub' : nobody;
    const parameterMapping = path
      .overwriteHeader(edgeRouteHeader, MappingValue.custom(key))
      .overwriteHeader(edgePrincipalHeader, MappingValue.custom(principal))
      .overwriteHeader(edgeSourceHeader, MappingValue.custom('$context.identity.sourceIp'));
    return new HttpNlbIntegration(key, origin.entrance.listener, { ...common, vpcLink: origin.frontDoor.vpcLink, parameterMapping });
  }

  /** Deploys by itself, at the root of the address: no stage in the path. */
  private newStage({ throttle, routes }: Gateway): HttpStage {
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      detailedMetricsEnabled: true,
      ...(this.logGroup === undefined
        ? {}
        : {
            accessLogSettings: {
              destination: new LogGroupLogDestination(this.logGroup),
              format: AccessLogFormat.custom(accessLogLine.http),
            },
          }),
    });
    const throttled = routes.flatMap(({ key, throttle }) => (throttle === undefined ? [] : [{ key, throttle }]));
    if (throttled.length === 0) return stage;
    // The L2 has no throttle for a route; and a stage may only name routes that there are.
    const settings = throttled.map(({ key, throttle }) => [
      key,
      { ThrottlingRateLimit: throttle.rate, ThrottlingBurstLimit: throttle.burst, DetailedMetricsEnabled: true },
    ]);
    (stage.node.defaultChild as CfnStage).addPropertyOverride('RouteSettings', Object.fromEntries(settings));
    for (const { key } of throttled) stage.node.addDependency(this.routes.get(key)!);
    return stage;
  }
}

const integrationIn = (route: HttpRoute): CfnIntegration => route.node.findAll().find((child) => child instanceof CfnIntegration)!;

/** `/orders/{id}` → `/orders/${request.path.id}`, which API Gateway fills in; `{rest+}` is known to it without the plus. */
const pathTemplate = ({ segments }: PathPattern): string =>
  `/${segments.map((segment) => (segment.kind === 'literal' ? segment.value : `\${request.path.${segment.name}}`)).join('/')}`;
