import { Match, Template } from 'aws-cdk-lib/assertions';
import { HttpGateway, type HttpGatewayProps } from '../../../constructs/gateway/http-gateway.js';
import { defineArchitecture, resolve } from '../../../lib/index.js';
import { quotesDescriptors } from '../../engines/envoy/descriptors/index.js';
import { newStack } from '../deployed.js';
import { facade, front } from './front.js';
import { newFrontDoor } from './front-door.js';

function made(rest: Partial<HttpGatewayProps> = {}) {
  const stack = newStack();
  const gateway = new HttpGateway(stack, 'Web', { architecture: front('http'), gateway: 'web', frontDoor: newFrontDoor(stack), ...rest });
  return { stack, gateway, template: Template.fromStack(stack) };
}

const { template } = made();
const routeOf = (key: string, { template } = made()) =>
  Object.values(template.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: key } }))[0]!['Properties'];
const integrationOf = (key: string, { template } = made()) => {
  const target: string = routeOf(key, { template } as never).Target['Fn::Join'][1][1].Ref;
  return template.toJSON()['Resources'][target].Properties;
};

test('verifies tokens by itself', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    AuthorizerType: 'JWT',
    Name: 'customers',
    JwtConfiguration: { Issuer: 'https://login.example.com/', Audience: ['shop', 'shop-admin'] },
    IdentitySource: ['$request.header.Authorization'],
  });
  template.resourceCountIs('AWS::Lambda::Function', 0);
  expect(routeOf('GET /orders/{id}')).toMatchObject({
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: expect.stringContaining('customers') },
  });
});

test('asks for scopes where a route does, and for nothing where it is public', () => {
  expect(routeOf('POST /orders')).toMatchObject({ AuthorizationScopes: ['orders:write'] });
  expect(routeOf('GET /orders/{id}').AuthorizationScopes ?? []).toEqual([]);
  expect(routeOf('GET /products/{id}')).toMatchObject({ AuthorizationType: 'NONE' });
});

test('has a throttle for all, and one for the route that declares its own, once that route exists', () => {
  template.hasResource('AWS::ApiGatewayV2::Stage', {
    Properties: {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 70, DetailedMetricsEnabled: true },
      RouteSettings: { 'POST /orders': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7, DetailedMetricsEnabled: true } },
    },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('POSTorders')]),
  });
});

test('writes a line of JSON for each request', () => {
  const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
  expect(JSON.parse(stage!['Properties'].AccessLogSettings.Format)).toMatchObject({
    route: '$context.routeKey',
    principal: '$context.authorizer.claims.sub',
    authorizerError: '$context.authorizer.error',
    integrationError: '$context.integrationErrorMessage',
  });
  expect(made({ accessLogs: false }).gateway.logGroup).toBeUndefined();
});

test('reaches the mesh over the VPC link, and overwrites what the mesh believes', () => {
  expect(integrationOf('GET /products/{id}')).toMatchObject({
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: { Ref: expect.stringMatching(/^Link/) },
    IntegrationUri: { Ref: expect.stringMatching(/^BalancerListener/) },
    TimeoutInMillis: 3_000,
    RequestParameters: {
      'overwrite:path': `/catalog/items/\${request.path.id}`,
      'overwrite:header.x-edge-route': 'GET /products/{id}',
      'overwrite:header.x-edge-principal': '-',
      'overwrite:header.x-edge-source-ip': '$context.identity.sourceIp',
    },
  });
  expect(integrationOf('GET /orders/{id}').RequestParameters).toMatchObject({
    'overwrite:header.x-edge-principal': '$context.authorizer.claims.sub',
  });
  expect(integrationOf('ANY /legacy/{path+}').RequestParameters).toMatchObject({ 'overwrite:path': `/old/\${request.path.path}` });
});

test('a route whose clients speak JSON asks the ingress as they do, which makes gRPC of it', () => {
  const quotes = { image: 'quotes', listen: { protocol: 'grpc', port: 9090 }, descriptors: quotesDescriptors } as const;
  const routes = { 'GET /quotes/{sku}': { to: 'quotes', rpc: 'acme.Quotes/Get' } } as const;
  const architecture = resolve(
    defineArchitecture({ name: 'json', services: { quotes }, gateways: { web: { kind: 'http', auth: 'public', routes } } }),
  );
  expect(integrationOf('GET /quotes/{sku}', made({ architecture })).RequestParameters).toMatchObject({
    'overwrite:path': `/quotes/\${request.path.sku}`,
    'overwrite:header.x-edge-route': 'GET /quotes/{sku}',
  });
});

test('without a mesh it asks externals by their addresses, and tells them nothing of the mesh', () => {
  const alone = made({ architecture: facade('http'), frontDoor: undefined });
  expect(integrationOf('GET /partner/{id}', alone)).toMatchObject({
    IntegrationUri: 'https://api.partner.example',
    RequestParameters: { 'overwrite:path': `/v2/\${request.path.id}` },
    TimeoutInMillis: 30_000,
  });
  expect(integrationOf('ANY /legacy/{path+}', alone)).toMatchObject({
    IntegrationUri: 'http://legacy.example.com:8084',
    RequestParameters: { 'overwrite:path': `/\${request.path.path}` },
  });
});

test('an answer of its own is refused, because an HTTP API has none', () => {
  const architecture = resolve(
    defineArchitecture({
      name: 'mute',
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /status': { respond: { status: 200, json: { ok: true } } } } } },
    }),
  );
  expect(() => made({ architecture, frontDoor: undefined })).toThrow(
    '  gateways.web.routes["GET /status"]: GET /status answers 200 by itself: an HTTP API has no answer of its own; a REST API has',
  );
});

test('keys that an HTTP API would not find are refused', () => {
  const base = facade('http');
  const architecture = resolve(
    defineArchitecture({
      name: 'keys',
      external: { one: { host: 'one.example.com', protocol: 'https' } },
      authorizers: { staff: { kind: 'jwt', issuer: 'https://id.example.com', audience: ['a'], jwks: 'https://keys.example.com/jwks' } },
      gateways: { web: { kind: 'http', auth: 'staff', routes: { 'GET /a': { to: 'one' } } } },
    }),
  );
  expect(base.authorizers).toEqual([]);
  expect(() => made({ architecture, frontDoor: undefined })).toThrow(
    '  authorizers.staff.jwks: the keys of staff are at https://keys.example.com/jwks: an HTTP API finds the keys by OpenID discovery at the issuer',
  );
});

test('a gateway that leads to a service says what it lacks', () => {
  expect(() => made({ frontDoor: undefined })).toThrow(
    'gateways.web.routes["GET /orders/{id}"] leads to a service of the mesh; give the gateway a `frontDoor`, such as an Ingress of the mesh',
  );
});
