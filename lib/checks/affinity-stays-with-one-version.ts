import type { Balance, Service } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * Where requests that agree in a value are to meet the same instance, they meet the same version first.
 *
 * A version is drawn by its weight for each request anew, and only then the instance within it by the value.
 */
export const affinityStaysWithOneVersion: Check = {
  id: 'affinity-stays-with-one-version',
  severity: 'warning',
  why: 'the version is drawn anew for each request, so the same user meets one instance of each in turn: what the first keeps, the second does not have',
  *find({ services }) {
    for (const service of services) {
      const { name, balance } = service;
      if (balance.kind !== 'hash') continue;
      for (const { at, versions } of splitsOf(service)) {
        yield {
          at,
          is: `${name} keeps requests together by ${inWords(balance)}, and their weights spread them over ${versions.join(', ')}: ${versions.length} instances for one value`,
          fix: `send all of them to one version, and a part to another by a match, such as { match: { headers: … }, to: '${versions.at(-1)}' }; or accept it while the weights shift`,
        };
      }
    }
  },
};

/** Where requests are split among several versions: each place once. */
function splitsOf({ path, rules, traffic, versions }: Service): { readonly at: string; readonly versions: readonly string[] }[] {
  const nameOf = (id: string) => versions.find((version) => version.id === id)?.name ?? id;
  const shares = (split: Service['traffic']) => split.filter(({ weight }) => weight > 0).map(({ version }) => nameOf(version));
  const declared = rules.length === 0 || rules.some(({ followsTraffic }) => followsTraffic);
  const own = rules.filter(({ followsTraffic }) => !followsTraffic);
  return [
    ...(declared ? [{ at: `${path}.traffic`, versions: shares(traffic) }] : []),
    ...own.map((rule) => ({ at: `${rule.path}.to`, versions: shares(rule.to) })),
  ].filter(({ versions: several }) => several.length > 1);
}

const inWords = ({ by }: Extract<Balance, { kind: 'hash' }>): string => (by.is === 'caller' ? 'caller' : `${by.is} ${by.name}`);
