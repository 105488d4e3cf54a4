import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { defineArchitecture } from '../../lib/index.js';
import { deployed, newStack } from './deployed.js';

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
      Match.stringLikeRegexp('^\\nservices-are-reached +services\\.alone\n +no service calls alone, and no gateway routes to it'),
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

describe('what holds until a day', () => {
  const clients = { legacy: { from: ['10.0.4.0/24'], to: ['two' as const] } };
  const leaving = (until: string) =>
    defineArchitecture({
      name: 'leaving',
      mesh: { mtls: { permissive: { until, clients } } },
      services: { one: { image, listen, calls: { two: {} } }, two: { image, listen } },
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /one': { to: 'one' } } } },
    });
  const on = (today: unknown) => deployed(leaving('2027-03-31'), {}, newStack('Stack', today)).template;

  test('fails the synthesis from the next day on', () => {
    expect(on('2027-04-01')).toThrow(/error plaintext-has-not-expired[\s\S]*was to end with 2027-03-31; today is 2027-04-01/);
    expect(() => on('2027-03-31')()).not.toThrow();
  });
  test('changes nothing in the template', () => {
    expect(on('2026-01-01')().toJSON()).toEqual(on('2027-03-31')().toJSON());
  });
  test('goes by the clock where the context says no day', () => {
    const unsaid = new Stack(new App({ builtinCloudFormationValidation: false }));
    expect(deployed(leaving('2020-02-29'), {}, unsaid).template).toThrow(/was to end with 2020-02-29; today is \d{4}-\d{2}-\d{2}\n/);
  });
  test('is refused for a day that is none', () => {
    expect(() => on('tomorrow')).toThrow('context cdk-edge-mesh:today: got "tomorrow"; allowed: a day, such as 2027-03-31');
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
