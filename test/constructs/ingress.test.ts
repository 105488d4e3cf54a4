import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { drainScript } from '../../constructs/engine/drainer.js';
import { Ingress, ServiceMesh } from '../../constructs/index.js';
import { defineArchitecture, parseArchitecture } from '../../lib/index.js';
import { frontPortOf } from '../../lib/model/port.js';
import { certificatesFor, containerOf, containersOf, newStack, quiet } from './deployed.js';

const harbour = defineArchitecture({
  name: 'harbour',
  services: { docks: { image: 'example.com/docks:1', listen: { protocol: 'http', port: 8080 } } },
  external: { weather: { protocol: 'https', host: 'weather.example.com' } },
  gateways: {
    sailors: { kind: 'rest', auth: 'public', routes: { 'GET /docks': { to: 'docks' }, 'GET /weather': { to: 'weather' } } },
    captains: { kind: 'http', auth: 'public', routes: { 'ANY /docks': { to: 'docks' } } },
    tourists: { kind: 'http', auth: 'public', routes: { 'GET /weather': { to: 'weather' } } },
  },
});
const ports = { sailors: frontPortOf('sailors'), captains: frontPortOf('captains') };

const stack = newStack();
const mesh = new ServiceMesh(stack, 'Mesh', { architecture: harbour, certificates: certificatesFor(stack, harbour) });
const ingress = new Ingress(stack, 'Ingress', { mesh });
const template = Template.fromStack(stack);

/** From whom a security group takes requests, by name of the group. */
function admits(group: string): string[] {
  const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties);
  const nameOf = (reference: { 'Fn::GetAtt': [string, string] }): string => reference['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '');
  return rules
    .filter(({ GroupId }) => nameOf(GroupId) === group)
    .map(
      ({ SourceSecurityGroupId, FromPort, ToPort, IpProtocol }) => `${nameOf(SourceSecurityGroupId)} ${IpProtocol} ${FromPort}-${ToPort}`,
    )
    .sort();
}

describe('the way in', () => {
  test('admits at each step the step before, and nobody else', () => {
    const { sailors, captains } = ports;
    expect(admits('IngressLinkGroup')).toEqual([]);
    expect(admits('IngressLoadBalancerGroup')).toEqual([sailors, captains].map((port) => `IngressLinkGroup tcp ${port}-${port}`).sort());
    expect(admits('IngressFleetGroup')).toEqual(
      [15021, sailors, captains].map((port) => `IngressLoadBalancerGroup tcp ${port}-${port}`).sort(),
    );
    expect(admits('MeshTasks')).toEqual(['IngressFleetGroup tcp 15006-15006', 'MeshTasks tcp 15006-15006']);
    for (const { Properties } of Object.values(template.findResources('AWS::EC2::SecurityGroup'))) {
      expect(Properties).not.toHaveProperty('SecurityGroupIngress'); // no rule for an address range
    }
    for (const before of ['Link', 'LoadBalancer'])
      template.hasResourceProperties('AWS::EC2::SecurityGroup', {
        GroupDescription: before === 'Link' ? 'VPC link of API Gateway' : 'Before the ingress',
        SecurityGroupEgress: Match.absent(),
      });
  });

  test('is one VPC link to one internal load balancer, which PrivateLink cannot go around', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::VpcLink', 1);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
      Type: 'network',
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'on',
      SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^IngressLoadBalancerGroup'), 'GroupId'] }],
    });
    // Without a group of its own the link would have the VPC's default one, which the load balancer does not admit.
    template.hasResourceProperties('AWS::ApiGatewayV2::VpcLink', {
      SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^IngressLinkGroup'), 'GroupId'] }],
    });
  });

  test('has a listener for each gateway that leads to a service', () => {
    const listeners = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener')).map(
      ({ Properties }) => Properties.Port,
    );
    expect(listeners.sort()).toEqual(Object.values(ports).sort());
    template.allResourcesProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'ip',
      Protocol: 'TCP',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/ready',
      HealthCheckPort: '15021',
    });
  });

  test('leads each gateway to its own port of the fleet', () => {
    const [fleet] = Object.values(template.findResources('AWS::ECS::Service'));
    const entries = (fleet!['Properties'].LoadBalancers as { ContainerPort: number; TargetGroupArn: { Ref: string } }[]).map(
      ({ ContainerPort, TargetGroupArn }) => [ContainerPort, template.toJSON()['Resources'][TargetGroupArn.Ref].Properties.Port],
    );
    expect(entries.sort()).toEqual(
      Object.values(ports)
        .map((port) => [port, port])
        .sort(),
    );
  });

  test('tells a gateway where it enters', () => {
    const { listener, port, url } = ingress.entrance('sailors');
    expect(port).toBe(ports.sailors);
    expect(stack.resolve(url)).toEqual({
      'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.stringMatching(/^IngressLoadBalancer/), 'DNSName'] }, `:${ports.sailors}`]],
    });
    expect(stack.resolve(listener.listenerArn)).toEqual({ Ref: expect.stringMatching(/Listenersailors/) });
  });

  test('is no way for a gateway whose routes lead elsewhere', () => {
    expect(() => ingress.entrance('tourists')).toThrow('"tourists" is not a gateway that leads into the mesh; allowed: captains, sailors');
  });
});

describe('the fleet', () => {
  const proxy = containerOf(template, 'IngressFleet', 'sidecar');

  test('shows the identity of the gateway whose request it carries', () => {
    expect((proxy['Secrets'] as { Name: string }[]).map(({ Name }) => Name)).toEqual([
      'MESH_CERTIFICATE_CAPTAINS',
      'MESH_PRIVATE_KEY_CAPTAINS',
      'MESH_TRUST_CAPTAINS',
      'MESH_CERTIFICATE_SAILORS',
      'MESH_PRIVATE_KEY_SAILORS',
      'MESH_TRUST_SAILORS',
    ]);
  });

  test('listens for the gateways that lead to a service and for no other', () => {
    const { static_resources } = parse(proxy.Command![1] as string);
    const names = static_resources.listeners.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['from/captains', 'from/sailors', 'ready', 'drain']);
    expect(proxy['PortMappings']).toEqual([ports.captains, ports.sailors].map((port) => ({ ContainerPort: port, Protocol: 'tcp' })));
  });

  test('drains before it stops, for as long as a gateway waits and its connections take to hear of it', () => {
    expect(containersOf(template, 'IngressFleet').map(({ Name }) => Name)).toEqual(['sidecar', 'drainer']);
    expect(containerOf(template, 'IngressFleet', 'drainer')).toMatchObject({
      EntryPoint: ['bash', '-c', drainScript(15_022, 55)], // 25 s + 30 s
      DependsOn: [{ ContainerName: 'sidecar', Condition: 'START' }],
      StopTimeout: 65,
    });
  });

  test('grows from two tasks to ten', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 10,
      ResourceId: { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('IngressFleetService'), 'Name'] }])] },
    });
  });
});

test('in a stack of its own it depends on the stack of its mesh and not the other way round', () => {
  const base = newStack('Base');
  const own = new Stack(base.node.root as never, 'Own');
  const far = new ServiceMesh(base, 'Mesh', { architecture: harbour, certificates: certificatesFor(base, harbour) });
  new Ingress(own, 'Ingress', { mesh: far });
  Template.fromStack(own).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 15006,
    Description: 'The mesh, from the ingress',
  });
  expect([own.dependencies, base.dependencies]).toEqual([[base], []]);
});

test('a mesh that no gateway leads into has none', () => {
  const stack = newStack();
  const mesh = new ServiceMesh(stack, 'Mesh', { architecture: quiet, certificates: certificatesFor(stack, quiet) });
  expect(() => new Ingress(stack, 'Ingress', { mesh })).toThrow('no gateway of quiet leads to a service; leave the Ingress out');
});

test('a fleet of nobody, or with less at most than at least, is refused', () => {
  const stack = newStack();
  const mesh = new ServiceMesh(stack, 'Mesh', { architecture: harbour, certificates: certificatesFor(stack, harbour) });
  expect(() => new Ingress(stack, 'None', { mesh, scale: { min: 0, max: 0 } })).toThrow(
    [
      '2 problems in the architecture',
      '  ingress.scale.max: got 0; allowed: a whole number, 1 or more',
      '  ingress.scale.min: got 0; allowed: a whole number, 1 or more',
    ].join('\n'),
  );
  expect(() => new Ingress(stack, 'Turned', { mesh, scale: { min: 5, max: 2 } })).toThrow(
    'ingress.scale.max: got 2; allowed: a whole number, 5 or more',
  );
  expect(() => new Ingress(stack, 'Part', { mesh, scale: { min: 1.5, max: 2 } })).toThrow('ingress.scale.min: got 1.5; allowed');
});

test('a sixth gateway fails the synthesis: ECS has no room for it', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const gateways = Object.fromEntries(
    names.map((name) => [name, { kind: 'http', auth: 'public', routes: { 'GET /docks': { to: 'docks' } } }]),
  );
  const crowded = parseArchitecture({ ...harbour.spec, gateways });
  const full = newStack();
  new Ingress(full, 'Ingress', {
    mesh: new ServiceMesh(full, 'Mesh', { architecture: crowded, certificates: certificatesFor(full, crowded) }),
  });
  expect(() => Template.fromStack(full)).toThrow(
    '6 gateways lead into the mesh, one fleet takes 5: ECS registers a service with no more target groups',
  );
});
