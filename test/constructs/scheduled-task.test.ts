import { Match } from 'aws-cdk-lib/assertions';
import { defineArchitecture } from '../../lib/index.js';
import { containerOf, deployed, environmentOf } from './deployed.js';

const declaration = defineArchitecture({
  name: 'books',
  services: {
    ledger: { image: 'example.com/ledger:1', listen: { protocol: 'http', port: 8080 } },
    closing: {
      image: 'example.com/closing:2',
      schedule: 'cron(30 2 L * ? *)',
      command: ['close'],
      calls: { ledger: { localPort: 21_005 } },
    },
  },
});
const { app, template: synthesize } = deployed(declaration, {});
const template = synthesize();

test('a worker with a schedule is started by EventBridge Scheduler, as one task without a public address', () => {
  template.resourceCountIs('AWS::Scheduler::Schedule', 1);
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(30 2 L * ? *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    State: 'ENABLED',
    Description: 'Runs closing of the mesh books',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: Match.objectLike({
      EcsParameters: Match.objectLike({
        LaunchType: 'FARGATE',
        PlatformVersion: '1.4.0',
        NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED', SecurityGroups: [Match.anyValue()] }) },
      }),
    }),
  });
});

test('it is started only when ECS may read what it needs, and its subnets lead out', () => {
  const [schedule] = Object.values(template.findResources('AWS::Scheduler::Schedule'));
  const idsOf = (type: string, part: string) => Object.keys(template.findResources(type)).filter((id) => id.includes(part));
  const awaited = [...idsOf('AWS::IAM::Policy', 'ExecutionRole'), ...idsOf('AWS::EC2::Route', 'Private')];
  expect(awaited).toHaveLength(3);
  expect(schedule!['DependsOn']).toEqual(expect.arrayContaining(awaited));
});

test('it is no ECS service, and nobody looks for it', () => {
  expect(app.service('closing').versions['closing']).toMatchObject({
    service: undefined,
    discovery: undefined,
    schedule: expect.anything(),
  });
  expect(app.service('ledger').versions['ledger']).toMatchObject({ schedule: undefined, service: expect.anything() });
  template.resourceCountIs('AWS::ECS::Service', 1);
  template.resourceCountIs('AWS::ServiceDiscovery::Service', 1);
});

test('its task has the sidecar of any other, and the app ends it', () => {
  const container = containerOf(template, 'closing', 'app');
  expect(container).toMatchObject({
    Image: 'example.com/closing:2',
    Command: ['close'],
    Essential: true,
    DependsOn: [{ ContainerName: 'sidecar', Condition: 'HEALTHY' }],
  });
  expect(environmentOf(container)).toEqual({ LEDGER_URL: 'http://127.0.0.1:21005', LEDGER_HOST: '127.0.0.1', LEDGER_PORT: '21005' });
  expect(containerOf(template, 'closing', 'sidecar')).toMatchObject({ Essential: true });
  expect(containerOf(template, 'closing', 'drainer')).toBeUndefined(); // nobody calls it
});

test('the scheduler may start this task, hand it its two roles, and nothing else', () => {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('SchedulerRole'));
  expect(policies).toHaveLength(1);
  const statements: readonly { Action: string | string[]; Resource: unknown }[] = policies[0]![1]['Properties'].PolicyDocument.Statement;
  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual(['ecs:RunTask', 'ecs:TagResource', 'iam:PassRole']);
  expect(JSON.stringify(statements.filter(({ Action }) => Action !== 'ecs:TagResource'))).not.toMatch(/"Resource":"\*"/);
});
