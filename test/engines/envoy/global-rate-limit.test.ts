import { compileSidecar, type Json, rateLimitConfiguration } from '../../../lib/engines/envoy/index.js';
import { everywhere } from './everywhere.js';
import { guarded, open } from './guarded.js';
import { inside, named } from './inside.js';

const compiled = (service: string) =>
  compileSidecar(guarded, guarded.services.find(({ name }) => name === service)!.versions[0]!, everywhere);

test('the rate limit service has every limit under the name by which sidecars ask', () => {
  expect(rateLimitConfiguration(guarded)).toBe(
    `# What all instances together take in guarded, local: for the rate limit service. Made from the declaration, which is the place to change it.
domain: "guarded/local"
descriptors:
  - key: service
    value: "safe"
    descriptors:
      - key: caller
        rate_limit:
          unit: day
          requests_per_unit: 17
  - key: route
    value: "services.safe.routes[0]"
    rate_limit:
      unit: minute
      requests_per_unit: 18
  - key: service
    value: "shop"
    rate_limit:
      unit: second
      requests_per_unit: 15
  - key: route
    value: "services.shop.routes[1]"
    rate_limit:
      unit: hour
      requests_per_unit: 16
`,
  );
  expect(rateLimitConfiguration(open)).toBeUndefined();
});

const entriesOf = (limits: Json | undefined) => JSON.stringify(limits).match(/"descriptor_(?:key|value)":"[^"]*"/g);

test('a route asks for its own limit and for the service at once, where both pass or refuse alike', () => {
  const perRoute = inside(compiled('safe'), 'global-rate-limit/refuse').filter((each) => inside(each, 'rate_limits').length > 0);
  expect(entriesOf(perRoute[0])).toEqual([
    '"descriptor_key":"route"',
    '"descriptor_value":"services.safe.routes[0]"',
    '"descriptor_key":"service"',
    '"descriptor_value":"safe"',
    '"descriptor_key":"caller"',
  ]);
});

test('a client in plaintext, which has no identity, is counted under its declared name', () => {
  const [listener] = Object.values(named(compiled('safe'), 'listeners'));
  const chains = inside(listener, 'filter_chains')[0] as { readonly name: string }[];
  const words = chains.map((chain) => [chain.name, [...new Set(entriesOf(chain as never)!.filter((each) => each.includes('plaintext')))]]);
  expect(words).toEqual([
    ['mutual TLS', []],
    ['plaintext/legacy', ['"descriptor_value":"plaintext/legacy"']],
    ['plaintext/one', ['"descriptor_value":"plaintext/one"']],
  ]);
});

test('who counts is asked over TLS where its protocol says so, and by nobody who limits nothing', () => {
  const cluster = named(compiled('shop'), 'clusters')['rate-limits'];
  expect(inside(cluster, 'sni')).toEqual(['limits.example']);
  expect(inside(cluster, 'alpn_protocols')).toEqual([['h2']]);
  expect(named(compiled('clerk'), 'clusters')).not.toHaveProperty('rate-limits');
});

test('what is refused while nobody counts says so to Envoy, and nothing else does', () => {
  const filters = inside(compiled('shop'), 'http_filters').flat() as { readonly name: string; readonly typed_config: Json }[];
  const limits = filters.filter(({ name }) => name.startsWith('global-rate-limit/'));
  const denies = limits.map(({ name, typed_config }) => [name, inside(typed_config, 'failure_mode_deny').length]);
  expect(new Set(denies.map(String))).toEqual(new Set(['global-rate-limit/admit,0', 'global-rate-limit/refuse,1']));
  expect(new Set(limits.flatMap(({ typed_config }) => inside(typed_config, 'timeout')))).toEqual(new Set(['0.07s']));
});
