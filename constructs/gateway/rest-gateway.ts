import { Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CfnAccount,
  type CfnMethod,
  type CfnRestApi,
  type CfnStage,
  EndpointAccessMode,
  EndpointType,
  type Integration,
  LogGroupLogDestination,
  type Method,
  type MethodDeploymentOptions,
  type MethodOptions,
  RestApi,
  SecurityPolicy,
  type Stage,
} from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Gateway, GatewayRoute } from '../../lib/index.js';
import { methodsOf } from '../../lib/model/method.js';
import { parametersOf } from '../../lib/model/path.js';
import { newLogGroup } from '../log-group.js';
import { refuse } from '../refuse.js';
import { accessLogLine } from './access-log.js';
import { JwtAuthorizer, usedBy } from './authorizers.js';
import { findGateway, type GatewayProps } from './gateway-props.js';
import { originOf } from './origin.js';
import { meshIntegration, respondIntegration, urlIntegration, usualContentTypes } from './rest-integration.js';
import { type RestSettings, restProblems } from './settings.js';

export interface RestGatewayProps extends GatewayProps, RestSettings {}

/**
 * A gateway of kind `rest`: a regional REST API with throttles for stage and routes, a log line for each request, and tokens verified by a function.
 *
 * @throws ArchitectureError where a route says nothing of auth, or asks for what a REST API does not have; and for settings that it would refuse
 */
export class RestGateway extends Construct {
  readonly api: RestApi;
  readonly stage: Stage;
  /** Undefined without access logs. */
  readonly logGroup: LogGroup | undefined;
  /** By the authorizer's name. */
  readonly authorizers: ReadonlyMap<string, JwtAuthorizer>;
  /** By the route's key, `GET /orders/{id}`. */
  readonly methods: ReadonlyMap<string, Method>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestGatewayProps,
  ) {
    super(scope, id);
    const { architecture, accessLogs = true, logRetention, authorizerTtl } = props;
    const gateway = findGateway(props, 'rest');
    refuse(restProblems(props));
    this.logGroup = accessLogs ? newLogGroup(this, 'AccessLogs', logRetention) : undefined;
    this.api = this.newApi(gateway);
    this.stage = this.api.deploymentStage;
    if (props.accountLogRole === true) this.stage.node.addDependency(accountOf(Stack.of(this)));
    this.authorizers = new Map(
      usedBy(gateway, architecture.authorizers).map((authorizer) => {
        const settings = { authorizer, gateway, resultsCacheTtl: authorizerTtl, logRetention };
        return [authorizer.name, new JwtAuthorizer(this, `Authorizer-${authorizer.name}`, settings)];
      }),
    );
    this.methods = new Map(gateway.routes.map((route) => [route.key, this.newMethod(gateway, route)]));
    this.redeployWith();
  }

  private newApi({ name, throttle, routes }: Gateway): RestApi {
    const { architecture, stageName, tracing = false, securityPolicy = SecurityPolicy.TLS13_1_2_PQ_2025_09 } = this.props;
    const api = new RestApi(this, 'Api', {
      restApiName: `${architecture.name}-${name}`,
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false, // each API would set the account's anew
      deployOptions: {
        stageName: stageName ?? architecture.environment,
        throttlingRateLimit: throttle.rate,
        throttlingBurstLimit: throttle.burst,
        metricsEnabled: true,
        tracingEnabled: tracing,
        methodOptions: Object.fromEntries(routes.flatMap((route) => routeThrottle(route, routes))),
        ...(this.logGroup === undefined
          ? {}
          : {
              accessLogDestination: new LogGroupLogDestination(this.logGroup),
              accessLogFormat: AccessLogFormat.custom(accessLogLine.rest),
            }),
      },
    });
    nameRoot(api.deploymentStage.node.defaultChild as CfnStage);
    const l1 = api.node.defaultChild as CfnRestApi;
    l1.securityPolicy = securityPolicy;
    // The newer policies ask for it. STRICT also compares SNI with Host, which clients behind a proxy of their own may not survive.
    if (securityPolicy.startsWith('SecurityPolicy_')) l1.endpointAccessMode = EndpointAccessMode.BASIC;
    return api;
  }

  private newMethod(gateway: Gateway, route: GatewayRoute): Method {
    const { method, path, target } = route;
    const resource = this.api.root.resourceForPath(path.text);
    const made = resource.addMethod(method ?? 'ANY', this.integration(gateway, route), { ...this.auth(route), ...takes(route) });
    const origin = target.kind === 'respond' ? undefined : originOf(target, gateway, this.props.architecture, this.props.frontDoor);
    if (origin?.kind === 'mesh') {
      // VPC links of the second version lead nowhere by themselves; CDK has no property for where.
      const { loadBalancerArn } = origin.frontDoor.loadBalancer;
      (made.node.defaultChild as CfnMethod).addPropertyOverride('Integration.IntegrationTarget', loadBalancerArn);
    }
    return made;
  }

  private integration(gateway: Gateway, route: GatewayRoute): Integration {
    const { architecture, frontDoor, contentTypes = usualContentTypes } = this.props;
    const { target } = route;
    if (target.kind === 'respond') return respondIntegration(target, contentTypes);
    const origin = originOf(target, gateway, architecture, frontDoor);
    return origin.kind === 'url' ? urlIntegration(route, target, origin.url) : meshIntegration(this, route, target, origin, contentTypes);
  }

  private auth({ key, auth }: GatewayRoute): MethodOptions {
    if (auth.kind === 'missing') throw new TypeError(`unchecked route ${key}`);
    if (auth.kind === 'public') return { authorizationType: AuthorizationType.NONE };
    return { authorizationType: AuthorizationType.CUSTOM, authorizer: this.authorizers.get(auth.name)!.authorizer };
  }

  /** A deployment is a copy of the API: CDK makes a new one where methods change, but not where an authorizer does. */
  private redeployWith(): void {
    const { authorizerTtl } = this.props;
    this.api.latestDeployment!.addToLogicalId({
      authorizers: [...this.authorizers.values()].map(({ settings }) => settings),
      authorizerTtl: authorizerTtl?.toSeconds(),
    });
  }
}

/**
 * For an ANY route each method by name, but for those with a route of their own: a stage's settings hold for the method of a request, and none is called ANY.
 * So API Gateway counts them apart.
 */
function routeThrottle(route: GatewayRoute, routes: readonly GatewayRoute[]): [string, MethodDeploymentOptions][] {
  const { path, throttle } = route;
  if (throttle === undefined) return [];
  const options = { throttlingRateLimit: throttle.rate, throttlingBurstLimit: throttle.burst, metricsEnabled: true };
  return methodsOf(route, routes).map((each) => [`${path.text}/${each}`, options]);
}

/** CDK encodes the slash of the root like those between segments; CloudFormation wants it as it is. */
function nameRoot(stage: CfnStage): void {
  const settings = stage.methodSettings as CfnStage.MethodSettingProperty[];
  stage.methodSettings = settings.map((each) => (each.resourcePath === '/~1' ? { ...each, resourcePath: '/' } : each));
}

/** What a method must name so that its integration can use it. */
function takes({ path, target }: GatewayRoute): MethodOptions {
  if (target.kind === 'respond') return { methodResponses: [{ statusCode: String(target.status) }] };
  return { requestParameters: Object.fromEntries(parametersOf(path).map((name) => [`method.request.path.${name}`, true])) };
}

/** One to a stack, however many gateways ask. */
function accountOf(stack: Stack): CfnAccount {
  const id = 'ApiGatewayAccount';
  const existing = stack.node.tryFindChild(id);
  if (existing !== undefined) return existing.node.findChild('Account') as CfnAccount;
  const scope = new Construct(stack, id);
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  return new CfnAccount(scope, 'Account', { cloudWatchRoleArn: role.roleArn });
}
