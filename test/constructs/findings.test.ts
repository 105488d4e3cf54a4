import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { defineArchitecture } from '../../lib/index.js';
import { deployed } from './deployed.js';

const image = 'example.com/any:1';
const listen = { protocol: 'http', port: 8080 } as const;

describe('what the checks find', () => {
  const unauthorized = defineArchitecture({
    name: 'unauthorized',
    services: { one: { image, listen } },
    gateways: { web: { kind: 'http', routes: { 'GET /one': { to: 'one' } } } },
  });

  test('fails the synthesis when it is an error, with the fix', () => {
    const { template } = deployed(unauthorized, {});
    expect(template).toThrow('neither GET /one nor its gateway web says who may use it');
  });

  const unreached = { name: 'unreached', services: { alone: { image, listen } } } as const;

  test('is a warning of CDK when it is one here', () => {
    const { template, stack } = deployed(defineArchitecture(unreached), {});
    template();
    Annotations.fromStack(stack).hasWarning(
      '/Stack/App/Mesh',
      Match.stringLikeRegexp('no service calls alone, and no gateway routes to it'),
    );
  });

  test('is nothing when the architecture acknowledges it', () => {
    const accepted = defineArchitecture({
      ...unreached,
      services: { alone: { image, listen, acknowledge: { 'services-are-reached': 'called by the batch system of another account' } } },
    });
    const { template, stack } = deployed(accepted, {});
    template();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('is told once, though the app and its mesh both know the architecture', () => {
    const { app } = deployed(unauthorized, {});
    const errors = app.node.findAll().flatMap(({ node }) => node.validate());
    expect(errors).toEqual([expect.stringContaining('error routes-have-auth')]);
  });
});

test('an architecture without a service is checked as well', () => {
  const answering = defineArchitecture({
    name: 'answering',
    gateways: { web: { kind: 'http', routes: { 'GET /': { respond: { status: 204 } } } } },
  });
  expect(deployed(answering, {}).template).toThrow('routes-have-auth');
});
