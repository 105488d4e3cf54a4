import type { AdmittedRequest } from '../../model/architecture/index.js';
import type { Segment } from '../../model/path.js';
import type { JsonObject } from './json.js';

/**
 * Takes a request that is denied, in every spelling that some app may read as it: other letter case, escaped characters, path parameters (`;v=1`), a slash at
 * the end. Who allows by a list refuses those by leaving them out; who denies by one has to name them.
 */
export function deniedPermission(request: AdmittedRequest): JsonObject {
  const { regex, method } = spellings(request);
  const onPath = { url_path: { path: { safe_regex: { regex } } } };
  return method === undefined ? onPath : { and_rules: { rules: [{ header: { name: ':method', string_match: method } }, onPath] } };
}

/** A request as a regular expression of the path, and what its method has to be. */
export const spellings = ({
  method,
  path: { segments },
}: AdmittedRequest): { readonly regex: string; readonly method: JsonObject | undefined } => ({
  regex: `(?i)${segments.map((segment) => `/${spelled(segment)}(?:;[^/]*)?`).join('')}/?`,
  method: method === undefined ? undefined : methodMatch(method),
});

/** What answers GET answers HEAD. */
const methodMatch = (method: string): JsonObject => (method === 'GET' ? { safe_regex: { regex: 'GET|HEAD' } } : { exact: method });

function spelled(segment: Segment): string {
  if (segment.kind === 'literal') return [...segment.value].map(plainOrEscaped).join('');
  return segment.kind === 'parameter' ? '[^/]+' : '.+';
}

/** Envoy has resolved the escapes of letters, digits and `-._~` by then (`normalize_path`); of the others an app may make what it likes. */
const plainOrEscaped = (char: string): string =>
  /[A-Za-z0-9_~-]/.test(char) ? char : char === '.' ? '\\.' : `(?:\\${char}|%${char.charCodeAt(0).toString(16)})`;
