import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { defineArchitecture } from '../../lib/index.js';
import { deployed } from './deployed.js';

const image = 'example.com/any:1';
const listen = { protocol: 'http', port: 8080 } as const;

describe('what the checks find', () => {
  const hasty = defineArchitecture({
    name: 'hasty',
    services: {
      one: { image, listen, calls: { two: { timeout: '400ms', retries: { max: 1, perTry: '100ms', on: ['unprocessed'] } } } },
      two: { image, listen },
    },
    gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /one': { to: 'one' } } } },
  });

  test('fails the synthesis when it is an error, with what is wrong, why and the fix', () => {
    const { template } = deployed(hasty, {});
    expect(template).toThrow(/error per-try-needs-timeout-event +services\.one\.calls\.two\.retries[\s\S]*\n {2}Why: [\s\S]*\n {2}Fix: /);
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
    const { app } = deployed(hasty, {});
    const errors = app.node.findAll().flatMap(({ node }) => node.validate());
    expect(errors).toEqual([expect.stringContaining('error per-try-needs-timeout-event')]);
  });
});

test('an architecture without a service is checked as well', () => {
  const slow = defineArchitecture({
    name: 'slow',
    external: { saas: { protocol: 'https', host: 'saas.example.com' } },
    gateways: { web: { kind: 'rest', auth: 'public', routes: { 'GET /': { to: 'saas', timeout: '60s' } } } },
  });
  expect(deployed(slow, {}).template).toThrow('error gateway-timeout-fits');
});
