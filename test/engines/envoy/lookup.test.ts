import { externalOf, serviceOf, versionsIn } from '../../../lib/engines/envoy/lookup.js';
import { mesh, service } from './mesh.js';

test('a name that the architecture does not have is an error that says what it has', () => {
  expect(() => serviceOf(mesh, 'coffee')).toThrow('the architecture has no service "coffee"; it has alone, brew, shop, worker');
  expect(() => externalOf(mesh, 'tax')).toThrow('the architecture has no external "tax"; it has bank, ledger, till');
  expect(() => externalOf({ ...mesh, externals: [] }, 'tax')).toThrow('the architecture has no external "tax"; it has none');
});

test('the versions of some rules are those that they send requests to, each once', () => {
  const [call] = mesh.calls.filter(({ to }) => to === 'brew');
  expect(versionsIn([...call!.rules, ...call!.rules], service('brew')).map(({ id }) => id)).toEqual(['brew-v1', 'brew-v2']);
});
