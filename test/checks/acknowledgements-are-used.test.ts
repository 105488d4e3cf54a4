import { covers } from '../../lib/checks/acknowledgements-are-used.js';
import { check } from '../../lib/checks/index.js';
import { architecture, service } from './build.js';

const reached = (acknowledge: object, rest: object = {}) =>
  check(architecture({ a: service({ acknowledge }), ab: service() }, rest)).findings.map(({ check, at, is, acknowledged }) => ({
    check,
    at,
    is,
    acknowledged,
  }));

test('a finding that is acknowledged stays, with the reason; its neighbour with a longer name is not covered', () => {
  expect(reached({ 'services-are-reached': 'opens in May' })).toEqual([
    { check: 'services-are-reached', at: 'services.ab', is: expect.any(String), acknowledged: undefined },
    { check: 'services-are-reached', at: 'services.a', is: expect.any(String), acknowledged: 'opens in May' },
  ]);
});

test('an acknowledgement that accepts nothing is found', () => {
  expect(reached({ 'calls-are-acyclic': 'ends at the third' })).toContainEqual({
    check: 'acknowledgements-are-used',
    at: 'services.a.acknowledge',
    is: 'calls-are-acyclic finds nothing here, and is acknowledged with "ends at the third"',
    acknowledged: undefined,
  });
});

test('one that names no check is found, with the nearest name', () => {
  expect(reached({ 'calls-are-acylic': 'ends at the third' }).map(({ is }) => is)).toContain(
    '"calls-are-acylic" is not a check that can be acknowledged; did you mean "calls-are-acyclic"?',
  );
});

test('one for the whole architecture covers every place', () => {
  const findings = reached({}, { acknowledge: { 'services-are-reached': 'a library of services' } });
  expect(findings.map(({ acknowledged }) => acknowledged)).toEqual(['a library of services', 'a library of services']);
});

test.each([
  ['services.a', 'services.a', true],
  ['services.a', 'services.a.calls.b', true],
  ['services.a', 'services.a["x y"]', true],
  ['', 'services.a', true],
  ['services.a', 'services.ab', false],
  ['services.a.calls', 'services.a', false],
])('%p covers %p: %p', (path, at, expected) => expect(covers(path, at)).toBe(expected));
