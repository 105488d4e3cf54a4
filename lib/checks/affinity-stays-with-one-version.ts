import { count } from '../count.js';
import type { Service } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * Where all requests of a calling service are to meet the same instance, they meet the same version first.
 *
 * What tells many users apart (a header, a cookie, a gateway's clients) decides on the version too. A caller's name does not: whatever the weights say, all that it
 * asks would go to one.
 */
export const affinityStaysWithOneVersion: Check = {
  id: 'affinity-stays-with-one-version',
  severity: 'warning',
  why: 'the version is drawn anew for each request, so a caller meets one instance of each in turn: what the first keeps, the second does not have',
  *find({ services }) {
    for (const service of services) {
      const { name, balance, admits } = service;
      const callers = admits.filter(({ caller }) => caller.kind === 'service').map(({ caller }) => caller.name);
      if (balance.kind !== 'hash' || balance.by.is !== 'caller' || callers.length === 0) continue;
      for (const { at, versions } of splitsOf(service)) {
        yield {
          at,
          is: `${name} keeps the requests of ${callers[0]}${callers.length === 1 ? '' : ` and ${count(callers.length - 1, 'other caller')}`} together, and weights spread them over ${versions.join(', ')}: ${count(versions.length, 'instance')} for one caller`,
          fix: `tell users apart by { hash: { header: … } }; or send all to one version, and some callers to another by { match: { from: … }, to: '${versions.at(-1)}' }`,
        };
      }
    }
  },
};

/** Where requests are split among several versions: each place once. */
function splitsOf({ path, rules, traffic, versions }: Service): { readonly at: string; readonly versions: readonly string[] }[] {
  const nameOf = (id: string) => versions.find((version) => version.id === id)?.name ?? id;
  const shares = (split: Service['traffic']) => split.filter(({ weight }) => weight > 0).map(({ version }) => nameOf(version));
  const declared = rules.some(({ followsTraffic }) => followsTraffic);
  const own = rules.filter(({ followsTraffic }) => !followsTraffic);
  return [
    ...(declared ? [{ at: `${path}.traffic`, versions: shares(traffic) }] : []),
    ...own.map((rule) => ({ at: `${rule.path}.to`, versions: shares(rule.to) })),
  ].filter(({ versions: several }) => several.length > 1);
}
