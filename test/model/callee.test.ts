import { parseCallee, showCallee } from '../../lib/model/callee';

test.each([
  ['pricing', { name: 'pricing', port: undefined }],
  ['pricing:metrics', { name: 'pricing', port: 'metrics' }],
])('%s is read and written', (written, callee) => {
  expect(parseCallee(written)).toEqual(callee);
  expect(showCallee(callee)).toBe(written);
});
