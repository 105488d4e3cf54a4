import { CfnResource, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Microservice, ServiceMesh } from '../../constructs/index.js';
import { parseArchitecture } from '../../lib/index.js';
import { certificatesFor, deployed, newStack } from './deployed.js';

const image = 'example.com/any:1';
const listen = { protocol: 'http', port: 8080 };
const names = ['one', 'two', 'three'];
const services = Object.fromEntries(names.map((name) => [name, { image, listen, calls: name === 'one' ? { two: {}, three: {} } : {} }]));
const gateways = { web: { kind: 'http', auth: 'public', routes: { 'GET /one': { to: 'one' } } } };
const trio = parseArchitecture({ name: 'trio', services, gateways });

/** Takes so many bytes besides the mesh. */
const fill = (stack: Stack, bytes: number) =>
  new CfnResource(stack, 'Filling', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: 'x'.repeat(bytes) } });

test('a stack with room is not spoken of', () => {
  const { stack, template } = deployed(trio, {});
  template();
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('bytes of template'));
});

test('a stack that is near what CloudFormation takes is a warning, with the arithmetic and what makes room', () => {
  const { stack, template } = deployed(trio, {});
  fill(stack, 800_000);
  const bytes = JSON.stringify(template().toJSON(), undefined, 1).length;
  const warnings = Annotations.fromStack(stack).findWarning('/Stack', Match.stringLikeRegexp('bytes of template'));
  const text = String(warnings[0]!.entry.data);
  const [, said] = /takes ([\d,]+) of 1,000,000/.exec(text)!;
  // CDK adds the parameter and the rule of its bootstrap afterwards.
  expect(Math.abs(bytes - Number(said!.replaceAll(',', '')))).toBeLessThan(1_000);
  const [, taken, average] = /([\d,]+) bytes are of .*, ([\d,]+) each on average/
    .exec(text)!
    .map((number) => Number(number.replaceAll(',', '')));
  expect(Math.round(taken! / 4)).toBe(average);
  expect(text.replaceAll(/[\d,]+(?= (of 1,000,000|of 500|bytes|each))|(?<=most, )[\d,]+|\(\d+ %\)/g, '…')).toBe(
    [
      'stack Stack takes … of 1,000,000 … bytes of template and … of 500 … resources',
      '  … bytes are of 3 services and the ingress, … each on average; the ingress has most, …',
      "  Fix: suppressTemplateIndentation: true for the stack takes … bytes off. Or make a stack for each domain: ServiceMesh and Ingress in one, in place of MicroserviceApp, and each Microservice in its domain's [ack: cdk-edge-mesh:stack-size]",
    ].join('\n'),
  );
});

test('one above it fails the synthesis before anything is deployed', () => {
  const { stack, template } = deployed(trio, {});
  fill(stack, 1_000_000);
  expect(template).toThrow(/stack Stack takes 1,0\d\d,\d{3} of 1,000,000 \(10\d %\) bytes of template/);
});

test('so does one with more resources than a stack may have, where dropping indentation helps nothing', () => {
  const { stack, template } = deployed(trio, {});
  for (let index = 0; index < 470; index += 1) new CfnResource(stack, `Topic${index}`, { type: 'AWS::SNS::Topic' });
  expect(template).toThrow(/and 5\d\d of 500 \(1\d\d %\) resources\n.*\n {2}Fix: make a stack for each domain:/);
});

test('a service in a stack of its own counts there', () => {
  const base = newStack('Base');
  const mesh = new ServiceMesh(base, 'Mesh', { architecture: trio, certificates: certificatesFor(base, trio) });
  const own = new Stack(base.node.root as never, 'Own');
  new Microservice(own, 'Two', { mesh, service: 'two' as never });
  fill(own, 900_000);
  Template.fromStack(own);
  Annotations.fromStack(own).hasWarning('/Own', Match.stringLikeRegexp('bytes are of 1 service, '));
  Annotations.fromStack(base).hasNoWarning('*', Match.stringLikeRegexp('bytes of template'));
});
