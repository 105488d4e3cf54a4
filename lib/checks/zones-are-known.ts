import type { Check } from './check.js';

/**
 * Where callers are to prefer their own availability zone, they know in which zone each instance is.
 *
 * The envoy engine on AWS finds instances by DNS, whose answers say addresses and nothing of zones. In the twin each instance stands for a zone.
 */
export const zonesAreKnown: Check = {
  id: 'zones-are-known',
  severity: 'warning',
  why: 'on AWS requests are balanced over all zones as if nothing were declared: no harm is done, and no traffic between zones is saved',
  *find({ services }) {
    for (const { name, path, zones, admits, ports } of services) {
      if (zones === undefined || [{ admits }, ...ports].every((each) => each.admits.length === 0)) continue;
      yield {
        at: `${path}.zones`,
        is: `callers of ${name} are to prefer their own zone, and find its instances by DNS, which does not say in which zone one is`,
        fix: 'remove it, or accept that it acts in the twin alone until instances are found with their zones',
      };
    }
  },
};
