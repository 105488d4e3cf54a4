import { pathRewrite } from '../../../lib/engines/envoy/rewrite.js';
import { type PathPattern, parsePath } from '../../../lib/model/path.js';

const rewrite = (from: string, to: string) => {
  const { regex_rewrite } = pathRewrite(parsePath(from) as PathPattern, parsePath(to) as PathPattern) as {
    regex_rewrite: { pattern: { regex: string }; substitution: string };
  };
  return [regex_rewrite.pattern.regex, regex_rewrite.substitution];
};

test.each([
  ['/a/{id}', '/b/{id}', '^/a/([^/]+)$', '/b/\\1'],
  ['/{x}/{y}/{z+}', '/{z}/{x}', '^/([^/]+)/[^/]+/(.+)$', '/\\2/\\1'],
  ['/a.b/{id}', '/{id}', '^/a\\.b/([^/]+)$', '/\\1'],
  ['/a/{id}', '/b', '^/.*$', '/b'],
  ['/a', '/', '^/.*$', '/'],
])('%s as %s', (from, to, regex, substitution) => expect(rewrite(from, to)).toEqual([regex, substitution]));

test('what matches otherwise than by a pattern is replaced as a whole', () =>
  expect(pathRewrite({ bytes: '/a' }, parsePath('/b') as PathPattern)).toEqual({
    regex_rewrite: { pattern: { regex: '^/.*$' }, substitution: '/b' },
  }));
