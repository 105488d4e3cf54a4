import { inWords } from '../../lib/twin/failed-start.js';
import { Supervisor } from '../../lib/twin/supervisor.js';
import { TwinError } from '../../lib/twin/twin-error.js';

const place = { folder: '/tmp/twin', binary: '/nonexistent/envoy' };

test.each([
  ['ENOSPC: no space left on device, write', 'the twin writes to /tmp/twin: make room there, or set TMPDIR to another folder'],
  [
    'details-1 ended: exit code 1; its last lines:\n  No space left on device',
    'the twin writes to /tmp/twin: make room there, or set TMPDIR to another folder',
  ],
  ['spawn EMFILE', 'a twin has some ten files open for each instance: let this shell have more, as in: ulimit -n 65536'],
])('%s comes with what to do', (message, todo) => {
  expect(inWords(new Error(message), place)).toEqual(new TwinError('NO_ROOM', `${message}\n${todo}`));
});

test('every other error is as it was', () => {
  const error = new Error('ENOENT: no such file or directory');
  expect(inWords(error, place)).toBe(error);
});

test('where no temporary folder can be made, the message says which way on', () => {
  expect(() => new Supervisor('nonexistent/edge-mesh-')).toThrow(
    /^no temporary folder: ENOENT: .*\/nonexistent\/edge-mesh-.*; set TMPDIR to a folder that you may write to$/,
  );
});
