import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { RestGateway, type RestGatewayProps } from '../../../constructs/gateway/rest-gateway.js';
import { defineArchitecture, parseArchitecture, resolve } from '../../../lib/index.js';
import { newStack } from '../deployed.js';
import { facade, front } from './front.js';
import { newFrontDoor } from './front-door.js';

function made(rest: Partial<RestGatewayProps> = {}) {
  const stack = newStack();
  const gateway = new RestGateway(stack, 'Web', { architecture: front('rest'), gateway: 'web', frontDoor: newFrontDoor(stack), ...rest });
  return { stack, gateway, template: Template.fromStack(stack) };
}

const { template, stack, gateway } = made();

type Properties = Record<string, unknown> & { Integration: Record<string, unknown> };
const methodOf = (key: string, { template, stack, gateway } = made()): Properties => {
  const id = stack.getLogicalId(gateway.methods.get(key)!.node.defaultChild as never);
  return template.toJSON()['Resources'][id].Properties;
};
const orders = methodOf('GET /orders/{id}');

describe('the API', () => {
  test('is regional, takes TLS 1.2 and later, and leaves the log role of the account alone', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Name: 'front-web',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09',
      EndpointAccessMode: 'BASIC',
    });
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
    const legacy = made({ securityPolicy: SecurityPolicy.TLS_1_2 }).template;
    legacy.hasResourceProperties('AWS::ApiGateway::RestApi', { SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent() });
  });

  test('has a throttle for all, and one for the route that declares its own', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: false,
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 50,
          ThrottlingBurstLimit: 70,
          MetricsEnabled: true,
          DataTraceEnabled: false,
        },
        {
          HttpMethod: 'POST',
          ResourcePath: '/~1orders',
          ThrottlingRateLimit: 5,
          ThrottlingBurstLimit: 7,
          MetricsEnabled: true,
          DataTraceEnabled: false,
        },
      ],
    });
  });

  test('throttles an ANY route by each method that has no route of its own, because no request has the method ANY', () => {
    const routes = {
      'ANY /x/{id}': { to: 'saas', auth: 'public', throttle: { rate: 3, burst: 4 } },
      'GET /x/{id}': { to: 'saas', auth: 'public' },
    };
    const external = { saas: { protocol: 'https', host: 'saas.example.com' } };
    const architecture = resolve(parseArchitecture({ name: 'x', external, gateways: { web: { kind: 'rest', routes } } }));
    const [stage] = Object.values(made({ architecture, frontDoor: undefined }).template.findResources('AWS::ApiGateway::Stage'));
    const settings = stage!['Properties'].MethodSettings as { HttpMethod: string; ResourcePath: string; ThrottlingRateLimit: number }[];
    const throttled = settings.filter(({ HttpMethod }) => HttpMethod !== '*');
    expect(throttled.map(({ HttpMethod }) => HttpMethod).sort()).toEqual(['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
    for (const each of throttled)
      expect(each).toMatchObject({ ResourcePath: '/~1x~1{id}', ThrottlingRateLimit: 3, ThrottlingBurstLimit: 4 });
  });

  test('throttles the root, which has a path of its own in CloudFormation', () => {
    const routes = { 'GET /': { to: 'saas', auth: 'public', throttle: { rate: 3, burst: 4 } } };
    const external = { saas: { protocol: 'https', host: 'saas.example.com' } };
    const architecture = resolve(parseArchitecture({ name: 'x', external, gateways: { web: { kind: 'rest', routes } } }));
    made({ architecture, frontDoor: undefined }).template.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [Match.anyValue(), Match.objectLike({ HttpMethod: 'GET', ResourcePath: '/', ThrottlingRateLimit: 3 })],
    });
  });

  test('writes a line of JSON for each request, without headers', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
    const { Format } = stage!['Properties'].AccessLogSetting;
    expect(JSON.parse(Format)).toEqual({
      requestId: '$context.requestId',
      time: '$context.requestTime',
      method: '$context.httpMethod',
      path: '$context.path',
      protocol: '$context.protocol',
      status: '$context.status',
      sourceIp: '$context.identity.sourceIp',
      userAgent: '$context.identity.userAgent',
      responseLength: '$context.responseLength',
      responseLatency: '$context.responseLatency',
      integrationLatency: '$context.integrationLatency',
      integrationStatus: '$context.integrationStatus',
      error: '$context.error.message',
      route: '$context.resourcePath',
      principal: '$context.authorizer.principalId',
      authorizerStatus: '$context.authorizer.status',
      integrationError: '$context.integration.error',
      trace: '$context.xrayTraceId',
    });
    expect(made({ accessLogs: false }).gateway.logGroup).toBeUndefined();
  });

  test('sets the log role of the account once a stack, when told to', () => {
    const stack = newStack();
    const frontDoor = newFrontDoor(stack);
    for (const id of ['One', 'Two'])
      new RestGateway(stack, id, { architecture: front('rest'), gateway: 'web', frontDoor, accountLogRole: true });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
    template.allResources('AWS::ApiGateway::Stage', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('ApiGatewayAccount')]) });
  });
});

describe('a route into the mesh', () => {
  test('goes over the VPC link to the load balancer, and waits as long as it says', () => {
    expect(orders.Integration).toMatchObject({
      Type: 'HTTP_PROXY',
      IntegrationHttpMethod: 'GET',
      ConnectionType: 'VPC_LINK',
      ConnectionId: { Ref: expect.stringMatching(/^Link/) },
      IntegrationTarget: { Ref: expect.stringMatching(/^Balancer/) },
      Uri: { 'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.stringMatching(/^Balancer/), 'DNSName'] }, ':17001/orders/{id}']] },
      TimeoutInMillis: 29_000,
    });
    expect(methodOf('GET /products/{id}').Integration).toMatchObject({ TimeoutInMillis: 3_000 });
  });

  test('overwrites what the mesh believes: route, principal, source', () => {
    expect(orders.Integration['RequestParameters']).toEqual({
      'integration.request.path.id': 'method.request.path.id',
      'integration.request.header.x-edge-route': "'GET /orders/{id}'",
      'integration.request.header.x-edge-principal': 'context.authorizer.principalId',
      'integration.request.header.x-edge-source-ip': 'context.identity.sourceIp',
    });
    expect(methodOf('GET /products/{id}').Integration['RequestParameters']).toMatchObject({
      'integration.request.header.x-edge-principal': "'-'",
    });
  });

  test('sends the path that the service sees, without the stage before it, for each content type that it takes', () => {
    const { Integration } = methodOf('GET /products/{id}');
    const templates = Integration['RequestTemplates'] as Record<string, string>;
    expect(Object.keys(templates)).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
      'application/xml',
      'multipart/form-data',
      'text/plain',
      'text/xml',
    ]);
    expect(templates['application/json']).toBe(
      `#set($p0 = $input.params().path.get("id"))\n#set($context.requestOverride.path = "/catalog/items/\${p0}")\n$input.body`,
    );
    expect(Integration['PassthroughBehavior']).toBe('NEVER');
    expect(Object.keys(methodOf('POST /orders', made({ contentTypes: ['application/cbor'] })).Integration['RequestTemplates']!)).toEqual([
      'application/cbor',
    ]);
  });

  test('that takes anything below a path passes all of it on', () => {
    const legacy = methodOf('ANY /legacy/{path+}');
    expect(legacy).toMatchObject({ HttpMethod: 'ANY', RequestParameters: { 'method.request.path.path': true } });
    expect((legacy.Integration['RequestTemplates'] as Record<string, string>)['text/plain']).toContain(`"/old/\${p0}"`);
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: '{path+}' });
  });
});

describe('auth', () => {
  test('is none where a route says public, and the authorizer elsewhere', () => {
    expect(methodOf('GET /products/{id}')).toMatchObject({ AuthorizationType: 'NONE' });
    expect(orders).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: expect.stringContaining('Authorizercustomers') } });
  });

  test('is asked of one function with one permission, and kept a minute for a token at a method of a route', () => {
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST',
      Name: 'customers',
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
    });
  });

  test('knows issuer, audience, keys, and the scopes of routes that have any', () => {
    const [lambda] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(lambda!['Properties']).toMatchObject({ Runtime: 'nodejs24.x', Handler: 'index.handler' });
    expect(JSON.parse(lambda!['Properties'].Environment.Variables.AUTHORIZER)).toEqual({
      issuer: 'https://login.example.com/',
      audience: ['shop', 'shop-admin'],
      jwks: 'https://login.example.com/.well-known/jwks.json',
      scopes: { 'POST /orders': ['orders:write'] },
    });
  });

  test('runs with the right to write its own log, and no other', () => {
    const { authorizers } = gateway;
    const logs = stack.getLogicalId(authorizers.get('customers')!.logGroup.node.defaultChild as never);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [logs, 'Arn'] } }],
      },
    });
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('lists a route without scopes where an ANY route beside it has some', () => {
    const shadowed = resolve(
      defineArchitecture({
        name: 'shadow',
        external: { one: { host: 'one.example.com', protocol: 'https' } },
        authorizers: { staff: { kind: 'jwt', issuer: 'https://id.example.com', audience: ['a'] } },
        gateways: {
          web: {
            kind: 'rest',
            auth: 'staff',
            routes: { 'ANY /a': { to: 'one', auth: { use: 'staff', scopes: ['all'] } }, 'GET /a': { to: 'one' }, 'GET /b': { to: 'one' } },
          },
        },
      }),
    );
    const { gateway } = made({ architecture: shadowed, frontDoor: undefined });
    expect(gateway.authorizers.get('staff')!.settings.scopes).toEqual({ 'ANY /a': ['all'], 'GET /a': [] });
  });

  test('refuses scopes that do not fit into the environment of a function', () => {
    const routes = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [
        `GET /a-rather-long-path/${index}`,
        { to: 'one', auth: { use: 'staff', scopes: [`scope-of-route:${index}`] } },
      ]),
    );
    const wide = resolve(
      defineArchitecture({
        name: 'wide',
        external: { one: { host: 'one.example.com', protocol: 'https' } },
        authorizers: { staff: { kind: 'jwt', issuer: 'https://id.example.com', audience: ['a'] } },
        gateways: { web: { kind: 'rest', routes: routes as never } },
      }),
    );
    expect(() => made({ architecture: wide, frontDoor: undefined })).toThrow(
      /^the scopes of gateways\.web take \d{4} bytes, and the environment of its authorizer has room for 4000; split the gateway$/,
    );
  });
});

test('a response of the gateway itself is a mock, and nothing in it is computed', () => {
  const status = methodOf('GET /status');
  expect(status.Integration).toMatchObject({
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode":203}' },
    IntegrationResponses: [{ StatusCode: '203', ResponseTemplates: { 'application/json': '{"ok":true,"price":"\\u00245 \\u00231"}' } }],
  });
  expect(status['MethodResponses']).toEqual([{ StatusCode: '203' }]);
});

describe('a deployment is made anew', () => {
  const deploymentOf = (rest: Partial<RestGatewayProps>) =>
    Object.keys(made(rest).template.findResources('AWS::ApiGateway::Deployment'))[0];
  const base = front('rest');
  const [customers] = base.authorizers;

  test('where the authorizer changes', () => {
    expect(deploymentOf({})).toBe(deploymentOf({}));
    expect(deploymentOf({ architecture: { ...base, authorizers: [{ ...customers!, audience: ['other'] }] } })).not.toBe(deploymentOf({}));
    expect(deploymentOf({ authorizerTtl: Duration.seconds(30) })).not.toBe(deploymentOf({}));
  });

  test('where the mesh has another load balancer', () => {
    const behind = (id: string) => {
      const stack = newStack();
      new RestGateway(stack, 'Gateway', { architecture: base, gateway: 'web', frontDoor: newFrontDoor(stack, id) });
      return Object.keys(Template.fromStack(stack).findResources('AWS::ApiGateway::Deployment'))[0];
    };
    expect(behind('Other')).not.toBe(behind('Balancer'));
    expect(behind('Other')).toBe(behind('Other'));
  });

  test('where an integration changes, and not where the mesh shifts weights behind it', () => {
    expect(deploymentOf({ contentTypes: ['text/plain'] })).not.toBe(deploymentOf({}));
    const [web] = base.gateways;
    const routes = web!.routes.map((route) =>
      route.target.kind === 'respond' ? route : { ...route, target: { ...route.target, rules: [] } },
    );
    expect(deploymentOf({ architecture: { ...base, gateways: [{ ...web!, routes }] } })).toBe(deploymentOf({}));
  });
});

describe('without a mesh', () => {
  const { template, stack, gateway } = made({ architecture: facade('rest'), frontDoor: undefined });

  test('API Gateway asks externals by their addresses, and tells them nothing of the mesh', () => {
    expect(methodOf('GET /partner/{id}', { template, stack, gateway }).Integration).toEqual({
      Type: 'HTTP_PROXY',
      IntegrationHttpMethod: 'GET',
      Uri: 'https://api.partner.example/v2/{id}',
      RequestParameters: { 'integration.request.path.id': 'method.request.path.id' },
      TimeoutInMillis: 29_000,
    });
    expect(methodOf('ANY /legacy/{path+}', { template, stack, gateway }).Integration).toMatchObject({
      Uri: 'http://legacy.example.com:8084/{path}',
    });
  });

  test('a gateway that leads to a service says what it lacks', () => {
    expect(() => made({ frontDoor: undefined })).toThrow(
      'gateways.web.routes["GET /orders/{id}"] leads to a service of the mesh; give the gateway a `frontDoor`, such as an Ingress of the mesh',
    );
  });

  test('an external without a host is named', () => {
    const architecture = facade('rest');
    const unbound = { ...architecture, externals: architecture.externals.map((external) => ({ ...external, host: undefined })) };
    expect(() => made({ architecture: unbound, frontDoor: undefined })).toThrow(
      'external.legacy.host is not bound; say it in the architecture, or bind it',
    );
  });
});

describe('refuses', () => {
  const one = (routes: Record<string, unknown>, auth?: string) =>
    resolve(
      defineArchitecture({
        name: 'refused',
        external: { one: { host: 'one.example.com', protocol: 'https' } },
        gateways: { web: { kind: 'rest', ...(auth === undefined ? {} : { auth }), routes } as never },
      }),
    );

  test('a route that says nothing of auth', () => {
    expect(() => made({ architecture: one({ 'GET /a': { to: 'one' } }), frontDoor: undefined })).toThrow(
      '  gateways.web.routes["GET /a"].auth: nobody said who may use it; allowed: an authorizer, { use, scopes }, or "public" for everyone',
    );
  });

  test('what a REST API does not have, all at once', () => {
    expect(() =>
      made({
        architecture: one({ 'GET /a/{b}': { to: 'one' }, 'GET /a/{c}/d': { to: 'one' }, 'GET /a~b': { to: 'one' } }, 'public'),
        frontDoor: undefined,
      }),
    ).toThrow(
      [
        '2 problems in the architecture',
        '  gateways.web.routes["GET /a/{c}/d"]: GET /a/{c}/d and GET /a/{b} name one place differently: a REST API has one name for the parameter at a place, whatever the method',
        '  gateways.web.routes["GET /a~b"]: GET /a~b has other characters: a REST API takes letters, digits and ._-: in a segment',
      ].join('\n'),
    );
  });

  test('a timeout that API Gateway cannot keep, by the route', () => {
    const base = front('rest');
    const [web] = base.gateways;
    const [first, ...others] = web!.routes;
    const architecture = { ...base, gateways: [{ ...web!, routes: [{ ...first!, timeout: 20 }, ...others] }] };
    expect(() => made({ architecture })).toThrow(`${first!.at}.timeout: got 20ms; API Gateway waits 50ms at least`);
  });

  test('a stage that cannot be named so, and no content type at all', () => {
    expect(() => made({ stageName: 'a b', contentTypes: [] })).toThrow(
      [
        '2 problems in the architecture',
        '  gateways.web.contentTypes: is empty, so that every request gets 415; allowed: one at least',
        '  gateways.web.stageName: got "a b"; allowed: letters, digits, hyphens and underscores, 1 to 128',
      ].join('\n'),
    );
  });

  test('an answer that is kept for too long', () => {
    expect(() => made({ authorizerTtl: Duration.minutes(6) })).toThrow(
      "an authorizer's answer is kept for 5 minutes at most; got 6 minutes, for which a token would be good after its end",
    );
    expect(() => made({ authorizerTtl: Duration.minutes(5) })).not.toThrow();
  });

  test('a gateway that there is not', () => {
    expect(() => made({ gateway: 'wbe' })).toThrow('"wbe" is not a gateway of kind rest in the architecture; did you mean "web"?');
    expect(() => made({ architecture: front('http') })).toThrow(
      '"web" is not a gateway of kind rest in the architecture; none is declared',
    );
  });
});
