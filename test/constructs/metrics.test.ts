import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Peer, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { MeshEngine, ServiceMesh } from '../../constructs/index.js';
import { defineArchitecture } from '../../lib/index.js';
import { certificatesFor, deployed, quiet } from './deployed.js';

const image = 'example.com/any:1';
const watched = defineArchitecture({
  name: 'watched',
  services: { one: { image, listen: { protocol: 'http', port: 8080 } } },
  gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /one': { to: 'one' } } } },
  observability: { metrics: 'network' },
});

/** Every rule that lets somebody in at the port of statistics, by who is let in and where. */
function admittedIn(template: Template): unknown[] {
  const alone = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties);
  const inline = Object.entries(template.findResources('AWS::EC2::SecurityGroup')).flatMap(([GroupId, { Properties }]) =>
    (Properties.SecurityGroupIngress ?? []).map((rule: object) => ({ GroupId, ...rule })),
  );
  return [...alone, ...inline].filter(({ FromPort }) => FromPort === 15_090);
}

test('nobody is admitted to statistics until somebody is, and the synthesis says so', () => {
  const { stack, template } = deployed(watched, {});
  expect(admittedIn(template())).toEqual([]);
  for (const path of ['/Stack/App/Mesh', '/Stack/App/Ingress'])
    Annotations.fromStack(stack).hasInfo(
      path,
      Match.stringLikeRegexp(
        "observability.metrics is 'network', and no security group .* admit a scraper with allowMetricsFrom\\(scraper\\)",
      ),
    );
});

test('a scraper reaches every proxy at that port alone, by its own group or by its addresses', () => {
  const { stack, app, template } = deployed(watched, {});
  app.allowMetricsFrom(new SecurityGroup(stack, 'Scraper', { vpc: app.mesh!.vpc, allowAllOutbound: false }));
  app.mesh!.allowMetricsFrom(Peer.ipv4('10.0.9.0/28'));
  const rule = { FromPort: 15_090, ToPort: 15_090, IpProtocol: 'tcp', Description: 'Statistics of proxies' };
  const group = (id: RegExp) => ({ 'Fn::GetAtt': [expect.stringMatching(id), 'GroupId'] });
  expect(admittedIn(template())).toEqual([
    { ...rule, GroupId: group(/^AppMeshTasks/), SourceSecurityGroupId: group(/^Scraper/) },
    { ...rule, GroupId: group(/^AppIngressFleetGroup/), SourceSecurityGroupId: group(/^Scraper/) },
    { ...rule, GroupId: expect.stringMatching(/^AppMeshTasks/), CidrIp: '10.0.9.0/28' },
  ]);
  template().resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', { FromPort: 15_090 }, 2);
  Annotations.fromStack(stack).hasNoInfo('*', Match.stringLikeRegexp('admit a scraper'));
});

test('a scraper in a stack of its own takes the rules with it, and the mesh waits for nobody', () => {
  const app = new App({ builtinCloudFormationValidation: false });
  const [here, there] = [new Stack(app, 'Here'), new Stack(app, 'There')];
  const mesh = new ServiceMesh(here, 'Mesh', { architecture: watched, certificates: certificatesFor(here, watched) });
  mesh.allowMetricsFrom(new SecurityGroup(there, 'Scraper', { vpc: mesh.vpc }));
  expect(admittedIn(Template.fromStack(there))).toHaveLength(1);
  expect(admittedIn(Template.fromStack(here))).toEqual([]);
  expect(here.dependencies).toEqual([]);
});

test('where proxies show none on the network there is nobody to admit', () => {
  const none =
    "proxies show no statistics on the network; declare observability: { metrics: 'network' }, with an engine that has them (MeshEngine.envoy())";
  const { stack, app, template } = deployed(quiet, {});
  expect(() => app.allowMetricsFrom(Peer.anyIpv4())).toThrow(none);
  template();
  Annotations.fromStack(stack).hasNoInfo('*', Match.stringLikeRegexp('admit a scraper'));
  const leaving = deployed(watched, { engine: MeshEngine.appMesh({ accept: { metrics: 'read in the task' } }) });
  expect(() => leaving.app.allowMetricsFrom(Peer.anyIpv4())).toThrow(none);
  const outside = defineArchitecture({
    name: 'outside',
    external: { saas: { protocol: 'https', host: 'saas.example.com' } },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /': { to: 'saas' } } } },
  });
  expect(() => deployed(outside, {}).app.allowMetricsFrom(Peer.anyIpv4())).toThrow('the architecture has no service');
});
