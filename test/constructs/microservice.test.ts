import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, Secret as EcsSecret } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { drainScript } from '../../constructs/engine/drainer.js';
import { Microservice, ServiceMesh } from '../../constructs/index.js';
import { certificatesFor, containerOf, containersOf, deployedMarket, environmentOf, newStack, quiet } from './deployed.js';

const external = { ledger: { host: 'ledger.example.internal' } };

describe('a service', () => {
  const { app, template: synthesize } = deployedMarket({
    bind: {
      external,
      services: { stalls: { environment: { TABLE: 'stalls-table' }, cpu: 1024, memoryLimitMiB: 3072 } },
    },
  });
  const template = synthesize();

  test('has one role and one log group for all its versions', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 5); // three services, the ingress, the gateway
    const roles = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.includes('prices'));
    expect(roles).toEqual([expect.stringMatching(/^ApppricesTaskRole/)]);
    expect(new Set([roleOf('pricesv1'), roleOf('pricesv2')]).size).toBe(1);
  });

  test('runs each version as a Fargate service without a public address, and rolls back what does not start', () => {
    template.resourceCountIs('AWS::ECS::Service', 5);
    template.allResourcesProperties('AWS::ECS::Service', {
      LaunchType: 'FARGATE',
      PlatformVersion: '1.4.0',
      DeploymentConfiguration: Match.objectLike({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }),
      NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }) },
    });
  });

  test('is scaled where it may grow, and then no deployment sets its size back', () => {
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 3); // prices v1 and v2, the ingress
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 7 });
    expect(serviceOf('pricesv1')).not.toHaveProperty('DesiredCount');
    expect(serviceOf('stalls')).toHaveProperty('DesiredCount', 3);
  });

  test('has a name in Cloud Map for each version, made beside the ECS service', () => {
    const names = Object.values(template.findResources('AWS::ServiceDiscovery::Service')).map(({ Properties }) => Properties.Name);
    expect(names.sort()).toEqual(['prices-v1', 'prices-v2', 'stalls']);
    template.allResourcesProperties('AWS::ServiceDiscovery::Service', {
      DnsConfig: Match.objectLike({ DnsRecords: [{ Type: 'A', TTL: 10 }] }),
      HealthCheckCustomConfig: { FailureThreshold: 1 }, // only an instance whose containers are healthy is in DNS
    });
    expect(app.service('prices').versions['prices-v1']?.discovery?.node.path).toBe('Stack/App/prices/v1/Discovery');
  });

  test('is not looked for when it is a worker', () => {
    expect(app.service('sweeper').versions['sweeper']?.discovery).toBeUndefined();
    expect(serviceOf('sweeper')).not.toHaveProperty('ServiceRegistries');
  });

  test('tells its app where to find what it calls, always on 127.0.0.1', () => {
    expect(environmentOf(containerOf(template, 'stalls', 'app'))).toEqual({
      TABLE: 'stalls-table',
      PRICES_URL: 'http://127.0.0.1:21001',
      PRICES_HOST: '127.0.0.1',
      PRICES_PORT: '21001',
      LEDGER_URL: 'tcp://127.0.0.1:21002',
      LEDGER_HOST: '127.0.0.1',
      LEDGER_PORT: '21002',
      BANK_URL: 'http://127.0.0.1:21003',
      BANK_HOST: '127.0.0.1',
      BANK_PORT: '21003',
    });
  });

  test('runs the image, command and environment of each version', () => {
    expect(containerOf(template, 'pricesv1', 'app')).toMatchObject({
      Image: 'example.com/prices:1',
      Environment: [{ Name: 'CURRENCY', Value: 'EUR' }],
    });
    expect(containerOf(template, 'pricesv2', 'app')).toMatchObject({ Image: 'example.com/prices:2', Command: ['serve', '--fast'] });
  });

  test('starts its app once the sidecar is healthy, and neither lives without the other', () => {
    const app = containerOf(template, 'stalls', 'app');
    expect(app).toMatchObject({ DependsOn: [{ ContainerName: 'sidecar', Condition: 'HEALTHY' }], Essential: true, StopTimeout: 30 });
    expect(containerOf(template, 'stalls', 'sidecar')).toMatchObject({ Essential: true, StopTimeout: 30 });
  });

  test('starts a drainer last, which ECS stops first and waits for; the task lives on without it', () => {
    expect(containersOf(template, 'stalls').map(({ Name }) => Name)).toEqual(['sidecar', 'app', 'drainer']);
    const drainer = containerOf(template, 'stalls', 'drainer');
    expect(drainer).toEqual({
      Name: 'drainer',
      Image: 'docker.io/envoyproxy/envoy:v1.40.0',
      EntryPoint: ['bash', '-c', drainScript(15_022, 27)],
      User: '101',
      Essential: false,
      DependsOn: [{ ContainerName: 'app', Condition: 'START' }],
      StopTimeout: 37,
      Memory: 32,
      ReadonlyRootFilesystem: true,
      LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
      LogConfiguration: expect.anything(),
    });
  });

  test('has none where nobody calls it', () => {
    expect(containersOf(template, 'sweeper').map(({ Name }) => Name)).toEqual(['sidecar', 'app']);
  });

  test('has the size that the deployment gives it, and half a core otherwise', () => {
    expect(taskOf('stalls')).toMatchObject({ Cpu: '1024', Memory: '3072' });
    expect(taskOf('sweeper')).toMatchObject({ Cpu: '512', Memory: '1024' });
  });

  test('writes logs for a month, by version, and never waits for them', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    const logging = { LogConfiguration: { Options: Match.objectLike({ 'awslogs-stream-prefix': 'prices-v2', mode: 'non-blocking' }) } };
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { ContainerDefinitions: Match.arrayWith([Match.objectLike(logging)]) });
  });

  test('starts only when ECS may read what its tasks need', () => {
    const [id] = Object.keys(template.findResources('AWS::IAM::Policy')).filter((name) => name.includes('ExecutionRole'));
    for (const service of Object.values(template.findResources('AWS::ECS::Service'))) expect(service['DependsOn']).toContain(id);
  });

  test('starts only when its subnets lead out, else a new stack fails while its NAT gateways are made', () => {
    const routes = Object.keys(template.findResources('AWS::EC2::Route')).filter((id) => id.includes('Private'));
    expect(routes).toHaveLength(2);
    for (const service of Object.values(template.findResources('AWS::ECS::Service')))
      expect(service['DependsOn']).toEqual(expect.arrayContaining(routes));
  });

  test('may do nothing on AWS that nobody granted', () => {
    const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
    expect(policies).toEqual([expect.stringMatching(/ExecutionRoleDefaultPolicy/)]);
  });

  const ofService = (type: string, name: string) => {
    const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(`App${name}`));
    expect(found).toHaveLength(1);
    return found[0]![1]['Properties'];
  };
  const serviceOf = (name: string) => ofService('AWS::ECS::Service', name);
  const taskOf = (name: string) => ofService('AWS::ECS::TaskDefinition', name);
  const roleOf = (name: string) => JSON.stringify(taskOf(name).TaskRoleArn);
});

describe('what is granted to a service', () => {
  test('its task role may do, and no other', () => {
    const { app, stack, template } = deployedMarket();
    new Bucket(stack, 'Bucket').grantRead(app.service('stalls'));
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^AppstallsTaskRole') }],
      PolicyDocument: { Statement: [Match.objectLike({ Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'] })] },
    });
  });

  test('the mesh connects to', () => {
    const { app, stack, template } = deployedMarket();
    const database = new SecurityGroup(stack, 'Database', { vpc: app.mesh!.vpc });
    app.service('stalls').connections.allowTo({ connections: database.connections }, Port.tcp(5433));
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Database'), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AppMeshTasks'), 'GroupId'] },
      FromPort: 5433,
    });
  });

  test('its app gets as a secret, by reference', () => {
    const stack = newStack();
    const password = Secret.fromSecretNameV2(stack, 'Password', 'ledger-password');
    const secrets = { LEDGER_PASSWORD: EcsSecret.fromSecretsManager(password) };
    const { template } = deployedMarket({ bind: { external, services: { stalls: { secrets } } } }, stack);
    expect(containerOf(template(), 'stalls', 'app')['Secrets']).toEqual([{ Name: 'LEDGER_PASSWORD', ValueFrom: expect.anything() }]);
  });
});

describe('a bound image', () => {
  test('wins over the declared one, and that of a version over that of the service', () => {
    const image = (name: string) => ContainerImage.fromRegistry(`example.com/bound-${name}`);
    const prices = { image: image('all'), versions: { v2: { image: image('v2') } } };
    const { template } = deployedMarket({ bind: { external, services: { prices } } });
    const synthesized = template();
    expect(containerOf(synthesized, 'pricesv1', 'app')['Image']).toBe('example.com/bound-all');
    expect(containerOf(synthesized, 'pricesv2', 'app')['Image']).toBe('example.com/bound-v2');
  });
});

describe('a service in a stack of its own', () => {
  test('depends on the stack of its mesh and not the other way round', () => {
    const base = newStack('Base');
    const mesh = new ServiceMesh(base, 'Mesh', { architecture: quiet, certificates: certificatesFor(base, quiet) });
    const own = new Stack(base.node.root as never, 'Own');
    new Microservice(own, 'Callee', { mesh, service: 'callee' });
    Template.fromStack(own).resourceCountIs('AWS::ECS::Service', 1);
    expect(own.dependencies).toEqual([base]);
    expect(base.dependencies).toEqual([]);
  });
});

test('a service that the mesh does not know is refused, with the nearest name', () => {
  const stack = newStack();
  const mesh = new ServiceMesh(stack, 'Mesh', { architecture: quiet, certificates: certificatesFor(stack, quiet) });
  // @ts-expect-error a name that is not declared
  expect(() => new Microservice(stack, 'Caler', { mesh, service: 'caler' })).toThrow(
    '"caler" is not a service of the architecture; did you mean "caller"?',
  );
});
