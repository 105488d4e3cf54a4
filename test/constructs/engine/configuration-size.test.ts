import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { reportSize } from '../../../constructs/engine/configuration-size.js';
import { parseArchitecture } from '../../../lib/index.js';
import { deployed, newStack } from '../deployed.js';

const size = (bytes: number, id = 'caller') => {
  const stack = newStack();
  const scope = new Construct(stack, 'Sidecar');
  reportSize(scope, id, 'x'.repeat(bytes), { by: 'calls and callers', amount: 60 });
  return { errors: scope.node.validate(), stack };
};

test('a configuration that fits with room is not spoken of', () => {
  const { errors, stack } = size(39_321);
  expect(errors).toEqual([]);
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('one that soon will not fit is a warning, which says how much more fits', () => {
  const { errors, stack } = size(39_322);
  expect(errors).toEqual([]);
  Annotations.fromStack(stack).hasWarning(
    '/Stack/Sidecar',
    'the configuration of caller takes 39,322 of the 49,152 bytes (80 %) that a task definition has room for: 60 calls and callers, 656 each on average; about 14 more fit [ack: cdk-edge-mesh:configuration-size]',
  );
});

test('one that does not fit is an error, which says how much would', () => {
  expect(size(49_152).errors).toEqual([]);
  expect(size(60_000).errors).toEqual([
    [
      'the configuration of caller takes 60,000 of the 49,152 bytes (122 %) that a task definition has room for: 60 calls and callers, 1,000 each on average',
      '  Fix: about 49 calls and callers fit: split the service, or put one service before several of its callees',
    ].join('\n'),
  ]);
  expect(size(60_000, 'ingress').errors[0]).toContain('merge routes by {path+}');
});

test('it fails the synthesis of a service that calls too many', () => {
  const image = 'example.com/any:1';
  const names = Array.from({ length: 80 }, (_, index) => `callee${index}`);
  const services = Object.fromEntries(names.map((name) => [name, { image, listen: { protocol: 'http', port: 8080 } }]));
  const calls = Object.fromEntries(names.map((name, index) => [name, { localPort: 21_000 + index }]));
  const wide = parseArchitecture({ name: 'wide', services: { ...services, caller: { image, calls } } });
  expect(deployed(wide, {}).template).toThrow(/the configuration of caller takes [\d,]+ of the 49,152 bytes .*: 80 calls and callers, /);
});
