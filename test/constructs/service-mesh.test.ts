import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Ingress, MeshEngine, Microservice, ServiceMesh } from '../../constructs/index.js';
import { defineArchitecture } from '../../lib/index.js';
import { certificatesFor, containerOf, deployedMarket, market, newStack, quiet } from './deployed.js';

test('one security group admits the mesh to itself at the proxy, and nothing else', () => {
  const { template } = deployedMarket();
  const rules = Object.values(template().findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties);
  const ofTasks = rules.filter(({ GroupId }) => GroupId['Fn::GetAtt'][0].startsWith('AppMeshTasks'));
  expect(ofTasks.map(({ FromPort, ToPort, SourceSecurityGroupId }) => [FromPort, ToPort, SourceSecurityGroupId['Fn::GetAtt'][0]])).toEqual([
    [15006, 15006, expect.stringMatching(/^AppMeshTasks/)],
    [15006, 15006, expect.stringMatching(/^AppIngressFleetGroup/)],
  ]);
  template().resourceCountIs('AWS::EC2::SecurityGroup', 4);
});

test('tasks, load balancer and VPC link are in the subnets that are given', () => {
  const stack = newStack();
  const subnetConfiguration = [
    { name: 'outer', subnetType: SubnetType.PUBLIC },
    { name: 'usual', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    { name: 'inner', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
  ];
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1, subnetConfiguration });
  const bind = { external: { ledger: { host: 'ledger.example.internal' } } };
  const certificates = certificatesFor(stack, market);
  const mesh = new ServiceMesh(stack, 'Mesh', { architecture: market, bind, certificates, vpc, vpcSubnets: { subnetGroupName: 'inner' } });
  new Microservice(stack, 'Stalls', { mesh, service: 'stalls' });
  new Ingress(stack, 'Ingress', { mesh });
  const template = Template.fromStack(stack);
  const inner = [1, 2].map((index) => ({ Ref: Match.stringLikeRegexp(`^VpcinnerSubnet${index}Subnet`) }));
  template.allResourcesProperties('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: inner } } });
  template.allResourcesProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: inner });
  template.allResourcesProperties('AWS::ApiGatewayV2::VpcLink', { SubnetIds: inner });
});

test('clients that may ask in plaintext reach the proxy from their ranges, each once, and from nowhere with an engine that takes none', () => {
  const clients = {
    legacy: { from: ['10.0.4.0/24', '2001:db8::/64'], to: ['callee' as const] },
    reports: { from: ['10.0.4.0/24'], to: ['caller' as const] },
  };
  const opened = defineArchitecture({
    name: 'opened',
    mesh: { mtls: { permissive: { until: '2027-03-31', clients } } },
    services: {
      caller: { image: 'example.com/caller:1', listen: { protocol: 'http', port: 8080 } },
      callee: { image: 'example.com/callee:1', listen: { protocol: 'http', port: 8081 } },
    },
    acknowledge: { 'mtls-is-strict': 'both move in March', 'services-are-reached': 'by those two alone' },
  });
  const rangesWith = (engine: MeshEngine) => {
    const stack = newStack();
    new ServiceMesh(stack, 'Mesh', { architecture: opened, certificates: certificatesFor(stack, opened), engine });
    const groups = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'));
    return groups.flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []);
  };
  const admitted = { FromPort: 15006, ToPort: 15006, IpProtocol: 'tcp', Description: 'Clients that may ask in plaintext' };
  expect(rangesWith(MeshEngine.envoy())).toEqual([
    { ...admitted, CidrIp: '10.0.4.0/24' },
    { ...admitted, CidrIpv6: '2001:db8::/64' },
  ]);
  expect(rangesWith(MeshEngine.appMesh({ accept: { 'mtls-permissive': 'they move before the mesh does' } }))).toEqual([]);
});

test('what the rate limit service counts is there to be put where it reads it, with the engine that asks it', () => {
  const limited = defineArchitecture({
    name: 'limited',
    mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } },
    services: {
      callee: { image: 'example.com/callee:1', listen: { protocol: 'http', port: 8081 }, globalRateLimit: { requests: 5, unit: 'minute' } },
    },
    external: { limits: { protocol: 'https' } },
    acknowledge: { 'services-are-reached': 'by nobody yet' },
  });
  const configurationWith = (engine: MeshEngine) => {
    const stack = newStack();
    const bind = { external: { limits: { host: stack.partition } } }; // a host that only the deployment knows
    const own = { architecture: limited, certificates: certificatesFor(stack, limited), engine, bind };
    return new ServiceMesh(stack, 'Mesh', own).rateLimitConfiguration;
  };
  expect(configurationWith(MeshEngine.envoy())).toContain('domain: "limited/prod"\n');
  expect(configurationWith(MeshEngine.appMesh({ accept: { 'global-rate-limit': 'it ends in May' } }))).toBeUndefined();
});

test('everything that a mesh needs is made when nothing is given', () => {
  const stack = newStack();
  const mesh = new ServiceMesh(stack, 'Mesh', { architecture: quiet, certificates: certificatesFor(stack, quiet), environment: 'staging' });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EC2::VPC', 1);
  template.resourceCountIs('AWS::ECS::Cluster', 1);
  template.hasResourceProperties('AWS::ServiceDiscovery::PrivateDnsNamespace', { Name: 'quiet.staging.internal' });
  expect(mesh.architecture).toMatchObject({ environment: 'staging', trustDomain: 'quiet.staging.mesh.internal' });
});

test('the environment is prod unless another is named', () => {
  expect(deployedMarket().app.mesh?.architecture.environment).toBe('prod');
});

describe('an existing place', () => {
  const existing = new Stack(newStack().node.root as never, 'Existing');
  const vpc = new Vpc(existing, 'Vpc');
  const cluster = new Cluster(existing, 'Cluster', { vpc });
  const stack = new Stack(existing.node.root as never, 'Mesh');
  const namespace = PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
    namespaceName: 'apps.corp.internal',
    namespaceId: 'ns-1',
    namespaceArn: 'arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1',
  });
  const mesh = new ServiceMesh(stack, 'Mesh', {
    architecture: quiet,
    certificates: certificatesFor(stack, quiet),
    cluster,
    namespace,
    cpuArchitecture: CpuArchitecture.ARM64,
  });
  for (const service of ['caller', 'callee'] as const) new Microservice(stack, service, { mesh, service });
  const template = Template.fromStack(stack);

  test('is used: cluster, its VPC, namespace', () => {
    for (const type of ['AWS::EC2::VPC', 'AWS::ECS::Cluster', 'AWS::ServiceDiscovery::PrivateDnsNamespace'])
      template.resourceCountIs(type, 0);
    template.hasResourceProperties('AWS::ServiceDiscovery::Service', { Name: 'callee', NamespaceId: 'ns-1' });
    expect(mesh.vpc).toBe(vpc);
  });

  test('is where sidecars look for each other', () => {
    expect(containerOf(template, 'caller', 'sidecar').Command![1]).toContain('address: callee.apps.corp.internal,');
  });

  test('may have another processor', () => {
    template.allResourcesProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    });
  });
});

describe('what starts tasks', () => {
  const template = deployedMarket().template();
  const roles = Object.values(template.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties);

  test('is one role for all, which reads the named secrets and writes the logs', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties);
    expect(policies).toHaveLength(1);
    const actions = policies[0]!.PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    expect([...new Set(actions)].sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
    ]);
  });

  test('has no statement for every resource or every action', () => {
    template.resourcePropertiesCountIs(
      'AWS::IAM::Policy',
      { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: '*' })]) } },
      0,
    );
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toMatch(/"[a-z0-9]+:\*"/);
  });

  test('and every other role can be taken on by ECS of this account only', () => {
    expect(roles).toHaveLength(5);
    for (const { AssumeRolePolicyDocument, ManagedPolicyArns } of roles) {
      expect(ManagedPolicyArns).toBeUndefined();
      expect(AssumeRolePolicyDocument.Statement).toEqual([
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ]);
    }
  });
});
