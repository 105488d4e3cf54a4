import type { Check } from './check.js';

/** One answer of DNS names so many instances, chosen at random where there are more (Route 53, multivalue). */
const named = 8;

/**
 * A version that is called runs no more instances than one answer of DNS names.
 *
 * The envoy engine on AWS finds instances by DNS. With more, a caller knows eight of them at a time, and other ones after each answer.
 */
export const instancesFitDiscovery: Check = {
  id: 'instances-fit-discovery',
  severity: 'warning',
  why: 'on AWS each caller uses eight of them until the next answer names others: its connections start anew, it forgets whom it had ejected, and load is uneven',
  *find({ services }) {
    for (const { versions, admits } of services) {
      if (admits.length === 0) continue;
      for (const { id, path, scale } of versions) {
        if (scale.max <= named) continue;
        yield {
          at: `${path}.scale`,
          is: `${id} may have ${scale.max} instances, and an answer of DNS names ${named}: ${scale.max} − ${named} = ${scale.max - named} are unknown to a caller at a time`,
          fix: `give it larger tasks and set ${scale.at}.max to ${named}, or accept this where load need not be even`,
        };
      }
    }
  },
};
