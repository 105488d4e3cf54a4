import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import bookinfo from '../../../bin/bookinfo/architecture.js';

import type { InstalledAppMesh } from '../../../constructs/engine/app-mesh.js';
import { MeshEngine } from '../../../constructs/index.js';
import { compile, placementOf } from '../../../lib/engines/app-mesh/index.js';
import { parseArchitecture } from '../../../lib/index.js';
import { store } from '../../engines/app-mesh/store.js';
import { containerOf, deployed, environmentOf } from '../deployed.js';

const engine = MeshEngine.appMesh();
const { app, stack } = deployed(bookinfo, { engine });
const template = Template.fromStack(stack);

type Resources = Record<string, { Type: string; Properties: Record<string, unknown>; DependsOn?: string[] }>;
const resources = (): Resources => template.toJSON()['Resources'];
const ofAppMesh = Object.entries(resources()).filter(([, { Type }]) => Type.startsWith('AWS::AppMesh::'));

describe('the mesh of bookinfo', () => {
  test('is deployed as it is compiled, property for property', () => {
    const { architecture, namespace } = app.mesh!;
    const made = (app.mesh!.engine as InstalledAppMesh).resources;
    const compiled = compile(architecture, placementOf(architecture, namespace.namespaceName));
    expect(ofAppMesh).toHaveLength(compiled.length);
    for (const { id, type, properties } of compiled) {
      const deployed = resources()[stack.getLogicalId(made.get(id)!)]!;
      expect({ id, type: deployed.Type, properties: deployed.Properties }).toEqual({ id, type, properties: properties });
    }
    expect(compiled).toHaveLength(26);
  });

  test('states the order that names alone do not', () => {
    const placedAfter = (id: string) =>
      ofAppMesh
        .find(([key]) => key.includes(id))![1]
        .DependsOn!.map((key) => key.replace(/^AppMeshEngine/, '').replace(/[0-9A-F]{8}$/, ''));
    expect(placedAfter('Routereviewsdefault')).toEqual(['VirtualNodereviewsv1', 'VirtualNodereviewsv3', 'VirtualRouterreviews']);
    expect(placedAfter('VirtualServicereviews')).toEqual(['VirtualRouterreviews']);
    expect(placedAfter('GatewayRoutewebgetproductpage')).toEqual(['VirtualGatewayweb', 'VirtualServiceproductpage']);
    expect(placedAfter('VirtualNodeproductpage')).toEqual(['Mesh']);
  });

  test('gives the name of a service with versions an address, because it has no instance of its own', () => {
    template.hasResourceProperties('AWS::ServiceDiscovery::Instance', { InstanceAttributes: { AWS_INSTANCE_IPV4: '192.0.2.1' } });
    template.resourceCountIs('AWS::ServiceDiscovery::Instance', 1);
    template.hasResourceProperties('AWS::ServiceDiscovery::Service', { Name: 'reviews' });
  });
});

describe('a task', () => {
  const sidecar = containerOf(template, 'reviewsv2', 'sidecar');
  const arnOf = (resource: string) => ({
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, ':appmesh:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource}`],
    ],
  });

  test('has the sidecar that App Mesh configures, under its own node', () => {
    expect(sidecar).toMatchObject({ Image: 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.0-prod', User: '1337' });
    expect(environmentOf(sidecar)).toEqual({
      APPMESH_RESOURCE_ARN: { Ref: stack.getLogicalId((app.mesh!.engine as InstalledAppMesh).resources.get('VirtualNode-reviews-v2')!) },
      ENABLE_ENVOY_STATS_TAGS: '1',
      ENVOY_ADMIN_ACCESS_PORT: '9901',
      ENVOY_LOG_LEVEL: 'info',
    });
  });

  test('of another stack has its own by name, so that neither stack waits for the other', () => {
    const other = new Stack();
    const version = app.mesh!.architecture.services.flatMap(({ versions }) => versions).find(({ id }) => id === 'reviews-v2')!;
    const { container } = app.mesh!.engine.sidecar(new Construct(other, 'Sidecar'), version);
    expect(other.resolve(container.environment!['APPMESH_RESOURCE_ARN'])).toEqual(arnOf('mesh/bookinfo-prod/virtualNode/reviews-v2'));
  });

  test('writes its certificate to memory, and the agent starts without the key in its environment', () => {
    expect(sidecar['EntryPoint']).toEqual([
      '/bin/sh',
      '-c',
      [
        'umask 077',
        'printf \'%s\\n\' "$CERTIFICATE" > /certificates/certificate.pem',
        'printf \'%s\\n\' "$PRIVATE_KEY" > /certificates/private-key.pem',
        'printf \'%s\\n\' "$TRUST" > /certificates/trust.pem',
        'unset CERTIFICATE PRIVATE_KEY TRUST',
        'exec /usr/bin/agent',
      ].join(' && '),
    ]);
    expect(sidecar['LinuxParameters']).toMatchObject({ Tmpfs: [{ ContainerPath: '/certificates', Size: 1 }] });
  });

  test('sends its traffic through the sidecar', () => {
    const [task] = Object.values(
      template.findResources('AWS::ECS::TaskDefinition', {
        Properties: { ProxyConfiguration: Match.anyValue(), Family: Match.stringLikeRegexp('reviewsv2') },
      }),
    );
    expect(task!['Properties'].ProxyConfiguration).toEqual({
      ContainerName: 'sidecar',
      Type: 'APPMESH',
      ProxyConfigurationProperties: expect.arrayContaining([
        { Name: 'IgnoredUID', Value: '1337' },
        { Name: 'ProxyIngressPort', Value: '15000' },
        { Name: 'ProxyEgressPort', Value: '15001' },
        { Name: 'AppPorts', Value: '9080' },
        { Name: 'EgressIgnoredIPs', Value: '169.254.170.2,169.254.169.254' },
      ]),
    });
  });

  test('has no drainer: the agent of its image drains once it is stopped itself', () => {
    expect(containerOf(template, 'reviewsv2', 'drainer')).toBeUndefined();
  });

  test('tells its app the names of its callees', () => {
    expect(environmentOf(containerOf(template, 'productpage', 'app'))).toEqual({
      DETAILS_HOSTNAME: 'details.bookinfo.prod.internal',
      DETAILS_SERVICE_PORT: '9080',
      DETAILS_URL: 'http://details.bookinfo.prod.internal:9080',
      REVIEWS_HOSTNAME: 'reviews.bookinfo.prod.internal',
      REVIEWS_SERVICE_PORT: '9080',
      REVIEWS_URL: 'http://reviews.bookinfo.prod.internal:9080',
    });
  });

  test('may stream its own configuration and nothing else', () => {
    const statements = Object.entries(resources())
      .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.includes('TaskRole'))
      .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: { Action: string; Resource: unknown }[] }).Statement);
    expect(statements.every(({ Action }) => Action === 'appmesh:StreamAggregatedResources')).toBe(true);
    expect(
      statements
        .flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]))
        .map((arn) => arn['Fn::Join'][1].at(-1))
        .sort(),
    ).toEqual([
      ':mesh/bookinfo-prod/virtualGateway/web',
      ':mesh/bookinfo-prod/virtualNode/details',
      ':mesh/bookinfo-prod/virtualNode/productpage',
      ':mesh/bookinfo-prod/virtualNode/ratings',
      ':mesh/bookinfo-prod/virtualNode/reviews-v1',
      ':mesh/bookinfo-prod/virtualNode/reviews-v2',
      ':mesh/bookinfo-prod/virtualNode/reviews-v3',
    ]);
  });

  test('of the ingress is not intercepted, and its proxy runs as the user of its image, as App Mesh wants it of a virtual gateway', () => {
    const [task] = Object.entries(template.findResources('AWS::ECS::TaskDefinition')).filter(([id]) => id.includes('Ingress'));
    const { ProxyConfiguration, ContainerDefinitions } = task![1]['Properties'];
    expect(ProxyConfiguration).toBeUndefined();
    expect(ContainerDefinitions.map(({ User }: { User?: string }) => User)).toEqual([undefined]);
  });
});

describe('what App Mesh cannot carry', () => {
  test('is a second gateway into the mesh, told with all else', () => {
    const limited = { image: 'example.com/a:1', listen: { protocol: 'http', port: 8080 }, rateLimit: { rate: 5, burst: 9 } };
    const gateway = { kind: 'http', auth: 'public', routes: { 'GET /a': { to: 'a' } } };
    const twoWays = parseArchitecture({ name: 'two-ways', services: { a: limited }, gateways: { web: gateway, admin: gateway } });
    const { template } = deployed(twoWays, { engine });
    expect(template).toThrow('services.a.rateLimit: ');
    expect(template).toThrow(
      'gateways.web: an ingress task of App Mesh is one virtual gateway, and it is admin; web has no way in; envoy carries it, or accept it',
    );
  });

  const bind = { external: { ordersDb: { host: 'orders.example.internal' } } };

  test('is a warning where it is carried otherwise', () => {
    Annotations.fromStack(stack).hasWarning(
      '/Stack/App/Mesh/Engine',
      Match.stringLikeRegexp(
        'bookinfo: AWS App Mesh ended on 2026-09-30: this can be read and reviewed, not deployed; the engine envoy is the way on',
      ),
    );
  });

  test('fails the synthesis where something declared would not be enforced', () => {
    const { stack } = deployed(store, { engine, bind });
    expect(() => Template.fromStack(stack)).toThrow(
      "services.orders.access: nightly may send orders any request, not GET /orders/{id} alone; envoy carries it, or accept it: MeshEngine.appMesh({ accept: { 'access-by-request': '<reason>' } })",
    );
  });

  test('passes once it is accepted, with a reason', () => {
    const accepting = MeshEngine.appMesh({ accept: { 'access-by-request': 'nightly only reads', 'in-service': 'we review it to leave' } });
    const { stack } = deployed(store, { engine: accepting, bind });
    expect(() => Template.fromStack(stack)).not.toThrow();
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('ended on 2026-09-30'));
  });

  test.each([
    ['in-service', '', 'accept.in-service: got ""; allowed: a reason that a reviewer can judge, of 10 characters or more'],
    ['inservice', 'we review it to leave', 'accept.inservice: "inservice" is not a feature; did you mean "in-service"?'],
    [
      'grpc',
      'nobody asks over it',
      'accept.grpc: App Mesh loses nothing of it here, and it is accepted with "nobody asks over it"; remove it',
    ],
  ])('is not accepted as %s: "%s"', (feature, reason, problem) => {
    const { template } = deployed(bookinfo, { engine: MeshEngine.appMesh({ accept: { [feature]: reason } }) });
    expect(template).toThrow(problem);
  });

  test('a service without a certificate is named', () => {
    expect(() => deployed(bookinfo, { engine, certificates: {} } as never)).toThrow(
      'certificates.services.details: the app-mesh engine needs a secret with the certificate of details',
    );
  });
});
