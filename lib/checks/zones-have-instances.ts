import { count } from '../count.js';
import type { Check } from './check.js';

/** As many as CDK's own VPC spreads over, and as most regions have at least. */
const usualZones = 3;

/**
 * A version whose callers prefer their own availability zone runs an instance in each.
 *
 * Nobody declares how many zones there are: three are assumed, and ECS spreads tasks over them.
 */
export const zonesHaveInstances: Check = {
  id: 'zones-have-instances',
  severity: 'warning',
  why: 'callers in a zone without an instance ask across zones for every request, so what was to be saved is paid there all the same',
  *find({ services }) {
    for (const { versions, zones, admits } of services) {
      if (zones === undefined || admits.length === 0) continue;
      for (const { id, path, scale } of versions) {
        if (scale.min >= usualZones) continue;
        const left = usualZones - scale.min;
        yield {
          at: `${path}.scale`,
          is: `${id} can be down to ${count(scale.min, 'instance')}, and there are ${usualZones} zones unless you have fewer: ${usualZones} − ${scale.min} = ${left} of them have none`,
          fix: `set ${scale.at}.min to ${usualZones}, or accept this where you deploy to fewer zones`,
        };
      }
    }
  },
};
