import { features } from '../../../lib/engines/capability.js';
import { capabilities } from '../../../lib/engines/envoy/capabilities.js';

test('every feature has its line, in the order of the features', () => {
  expect(capabilities.map(({ feature }) => feature)).toEqual(features);
});
