import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { MeshEngine } from '../../../constructs/index.js';
import { defineArchitecture } from '../../../lib/index.js';
import { containerOf, deployed, environmentOf } from '../deployed.js';

const image = 'example.com/any:1';
const shops = defineArchitecture({
  name: 'shops',
  services: {
    shop: {
      image,
      listen: { protocol: 'http', port: 8081 },
      ports: { metrics: { protocol: 'http', port: 9102 } },
      interception: { bypassPorts: [2049, 25], bypassAddresses: ['10.0.9.0/24'] },
      calls: { prices: {}, stock: {} },
    },
    sweeper: { image, interception: true, calls: { 'shop:metrics': {} } },
    prices: { listen: { protocol: 'http', port: 8082 }, versions: { v1: { image }, v2: { image } }, traffic: { v1: 50, v2: 50 } },
    stock: { image, listen: { protocol: 'http', port: 8083 } },
    apart: { listen: { protocol: 'http', port: 8084 }, versions: { v1: { image }, v2: { image } }, traffic: { v1: 50, v2: 50 } },
  },
});
const { stack, template: synthesized } = deployed(shops, {});
const template = synthesized();

const proxyOf = (from: Template, task: string): unknown =>
  Object.entries(from.findResources('AWS::ECS::TaskDefinition')).find(([id]) => id.includes(task))![1]['Properties'].ProxyConfiguration;

test('a task that is intercepted asks ECS for the rules of its network, with what may bypass them', () => {
  expect(proxyOf(template, 'shop')).toEqual({
    ContainerName: 'sidecar',
    Type: 'APPMESH',
    ProxyConfigurationProperties: expect.arrayContaining([
      { Name: 'IgnoredUID', Value: '1337' },
      { Name: 'ProxyIngressPort', Value: '15006' },
      { Name: 'ProxyEgressPort', Value: '15001' },
      { Name: 'AppPorts', Value: '8081' },
      { Name: 'EgressIgnoredIPs', Value: '169.254.170.2,169.254.169.254,10.0.9.0/24' },
      { Name: 'EgressIgnoredPorts', Value: '25,2049' },
    ]),
  });
  expect(JSON.stringify(proxyOf(template, 'sweeper'))).toContain('{"Name":"AppPorts","Value":"1"}');
  expect(proxyOf(template, 'stock')).toBeUndefined();
});

test('its sidecar takes what is redirected, under the names that Cloud Map has, as a user that no app of an image is', () => {
  const sidecar = containerOf(template, 'shop', 'sidecar');
  expect([sidecar['User'], containerOf(template, 'stock', 'sidecar')['User']]).toEqual(['1337', '101']);
  const text = JSON.stringify(parse(sidecar.Command![1] as string));
  expect(text).toContain('"domains":["prices","prices.shops.prod.internal"]');
  expect(text).toContain('{"socket_address":{"address":"127.0.0.1","port_value":15001}}');
});

test('what tells its app where callees are stays as it is: both ways lead there', () => {
  expect(environmentOf(containerOf(template, 'shop', 'app'))['STOCK_HOST']).toBe('127.0.0.1');
});

test('a callee whose instances have other names gets one that resolves, and nobody else does', () => {
  template.hasResourceProperties('AWS::ServiceDiscovery::Instance', { InstanceAttributes: { AWS_INSTANCE_IPV4: '192.0.2.1' } });
  template.resourceCountIs('AWS::ServiceDiscovery::Instance', 1);
  template.hasResourceProperties('AWS::ServiceDiscovery::Service', { Name: 'prices' });
});

test('that nobody has tried it since App Mesh ended is a warning, once', () => {
  const said = Annotations.fromStack(stack).findWarning(
    '*',
    Match.stringLikeRegexp('shop, sweeper: Fargate intercepts by a proxy configuration'),
  );
  expect(said).toHaveLength(1);
});

test('a sidecar whose user is no number cannot be told from its app', () => {
  const engine = (user: string) => () => deployed(shops, { engine: MeshEngine.envoy({ user }) });
  expect(engine('envoy')).toThrow(
    'interception tells the sidecar\'s connections by its user\'s number; got "envoy", allowed: such as "1337"',
  );
  expect(JSON.stringify(proxyOf(engine('65532:65532')().template(), 'shop'))).toContain('{"Name":"IgnoredUID","Value":"65532"}');
});
