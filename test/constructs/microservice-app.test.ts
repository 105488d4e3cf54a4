import { type CfnElement, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import bookinfo from '../../bin/bookinfo/architecture.js';
import { HttpGateway, MicroserviceApp, RestGateway } from '../../constructs/index.js';
import { defineArchitecture } from '../../lib/index.js';
import { deployed, deployedMarket, market, newStack, quiet } from './deployed.js';

/** How many resources of each type there are whose type starts so. */
const count = (template: Template, prefix: string): number =>
  Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>).filter(({ Type }) => Type.startsWith(prefix)).length;

describe('what the architecture does not need is not made', () => {
  test('a mesh without a gateway has no ingress: no load balancer, no VPC link, no fleet', () => {
    const { app, template } = deployed(quiet, {});
    const synthesized = template();
    for (const prefix of ['AWS::ElasticLoadBalancing', 'AWS::ApiGateway'])
      expect([prefix, count(synthesized, prefix)]).toEqual([prefix, 0]);
    synthesized.resourceCountIs('AWS::ECS::Service', 2);
    expect(app.ingress).toBeUndefined();
  });

  test('a gateway without a mesh has no cluster, no VPC and no ingress', () => {
    const edge = defineArchitecture({
      name: 'edge',
      external: { saas: { protocol: 'https', host: 'saas.example.com' } },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /saas': { to: 'saas' } } } },
    });
    const { app, template } = deployed(edge, {});
    const synthesized = template();
    for (const prefix of ['AWS::EC2', 'AWS::ECS', 'AWS::ServiceDiscovery', 'AWS::ElasticLoadBalancing', 'AWS::ApiGatewayV2::VpcLink']) {
      expect([prefix, count(synthesized, prefix)]).toEqual([prefix, 0]);
    }
    synthesized.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    expect(app.mesh).toBeUndefined();
  });
});

describe('an app', () => {
  test('gives its services by name, which the compiler checks', () => {
    const { app } = deployedMarket();
    expect(app.service('stalls').node.path).toBe('Stack/App/stalls');
    // @ts-expect-error a name that is not declared
    expect(() => app.service('stals')).toThrow('"stals" is not a service of the architecture; did you mean "stalls"?');
  });

  test('leads gateways of both kinds through one VPC link, each to a listener of its own', () => {
    const routes = { 'GET /docks': { to: 'docks' } } as const;
    const harbour = defineArchitecture({
      name: 'harbour',
      services: { docks: { image: 'example.com/docks:1', listen: { protocol: 'http', port: 8080 } } },
      gateways: { captains: { kind: 'http', auth: 'public', routes }, sailors: { kind: 'rest', auth: 'public', routes } },
    });
    const { app, template, stack } = deployed(harbour, {});
    const synthesized = template();
    const link = { Ref: stack.getLogicalId(app.ingress!.vpcLink.node.defaultChild as CfnElement) };
    synthesized.resourceCountIs('AWS::ApiGatewayV2::VpcLink', 1);
    synthesized.hasResourceProperties('AWS::ApiGatewayV2::Integration', { ConnectionType: 'VPC_LINK', ConnectionId: link });
    synthesized.hasResourceProperties('AWS::ApiGateway::Method', {
      Integration: Match.objectLike({
        ConnectionType: 'VPC_LINK',
        ConnectionId: link,
        IntegrationTarget: { Ref: stack.getLogicalId(app.ingress!.loadBalancer.node.defaultChild as CfnElement) },
      }),
    });
    expect([...app.gateways].map(([name, gateway]) => [name, gateway.constructor])).toEqual([
      ['captains', HttpGateway],
      ['sailors', RestGateway],
    ]);
  });

  const pier = defineArchitecture({
    name: 'pier',
    external: { saas: { protocol: 'https', host: 'saas.example.com' } },
    gateways: {
      captains: { kind: 'http', auth: 'public', routes: { 'GET /saas': { to: 'saas' } } },
      sailors: { kind: 'rest', auth: 'public', routes: { 'GET /saas': { to: 'saas' } } },
    },
  });

  test('passes settings on to a gateway', () => {
    const { app, template } = deployed(pier, {
      gateways: { sailors: { accountLogRole: true, stageName: 'v1' }, captains: { accessLogs: false } },
    });
    const synthesized = template();
    synthesized.resourceCountIs('AWS::ApiGateway::Account', 1);
    synthesized.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'v1' });
    expect([app.gateways.get('captains')!.logGroup, app.gateways.get('sailors')!.logGroup === undefined]).toEqual([undefined, false]);
  });

  test('refuses settings of a gateway that there is not, and those that a kind does not have', () => {
    expect(() => deployed(pier, { gateways: { sailor: {}, captains: { tracing: true, accountLogRole: true } } })).toThrow(
      [
        '3 problems in the architecture',
        '  gateways.captains.accountLogRole: an HTTP API has no such setting; allowed: accessLogs, logRetention',
        '  gateways.captains.tracing: an HTTP API has no such setting; allowed: accessLogs, logRetention',
        '  gateways.sailor: "sailor" is not a gateway; did you mean "sailors"?',
      ].join('\n'),
    );
  });

  test('takes an existing VPC', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Existing');
    const { template } = deployed(quiet, { vpc }, stack);
    template().resourceCountIs('AWS::EC2::VPC', 1);
  });

  test('can stand beside another in one VPC', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Vpc');
    deployed(quiet, { vpc, environment: 'blue' }, stack);
    const more = new Stack(stack.node.root as never, 'More');
    expect(() => deployed(quiet, { vpc, environment: 'green' }, more).template()).not.toThrow();
  });

  test.each([undefined, {}, { services: {}, gateways: undefined }])(
    'says at once what is missing, of bind and of certificates: %j',
    (certificates) => {
      const use = () => new MicroserviceApp(newStack(), 'App', { architecture: market, certificates } as never);
      expect(use).toThrow(
        [
          '5 problems in the architecture',
          '  bind.external.ledger: nobody says where this tcp external is; bind it, such as { host: database.clusterEndpoint.hostname }',
          '  certificates.gateways.front: the envoy engine needs a secret with the certificate of front',
          '  certificates.services.prices: the envoy engine needs a secret with the certificate of prices',
          '  certificates.services.stalls: the envoy engine needs a secret with the certificate of stalls',
          '  certificates.services.sweeper: the envoy engine needs a secret with the certificate of sweeper',
        ].join('\n'),
      );
    },
  );

  test('needs no bind where nothing is left to bind', () => {
    const use = () => new MicroserviceApp(newStack(), 'App', { architecture: bookinfo });
    expect(use).toThrow('certificates.services.details');
  });
});

describe('the template', () => {
  test('is the same to the byte for the same input', () => {
    const bytes = () => JSON.stringify(deployedMarket().template().toJSON());
    expect(bytes()).toBe(bytes());
  });

  test('is the same whatever the order of the declaration', () => {
    const { services, ...rest } = market.spec;
    const turned = defineArchitecture({ ...rest, services: Object.fromEntries(Object.entries(services!).reverse()) } as never);
    const bind = { external: { ledger: { host: 'ledger.example.internal' } } };
    const resources = (template: Template) => template.toJSON()['Resources'];
    expect(resources(deployed(turned, { bind } as never).template())).toEqual(resources(deployedMarket().template()));
  });

  test('holds no key material', () => {
    expect(JSON.stringify(deployedMarket().template().toJSON())).not.toMatch(/BEGIN [A-Z ]*(PRIVATE KEY|CERTIFICATE)/);
  });

  test('grows by five resources a service: two of its own, three for each version, two more where the version is scaled', () => {
    const image = 'example.com/any:1';
    const listen = { protocol: 'http', port: 8080 } as const;
    const one = { image, listen, scale: { min: 2, max: 2 } };
    const size = (services: object) =>
      count(deployed(defineArchitecture({ name: 'sized', services } as never), {} as never).template(), '');
    const two = { listen, versions: { a: { image }, b: { image } }, traffic: { a: 50, b: 50 }, scale: { min: 2, max: 4 } };
    const base = size({ one });
    expect([size({ one, other: one }) - base, size({ one, two }) - base]).toEqual([2 + 3, 2 + 2 * (3 + 2)]);
  });
});
