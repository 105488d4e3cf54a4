import { count } from '../count.js';
import type { Scale } from '../model/architecture/index.js';
import type { Check } from './check.js';
import { hopsOf } from './hop.js';
import { triesOf } from './tries.js';

/**
 * A version whose requests are retried runs at least two instances.
 *
 * A retry stays with the version that the first try was sent to and avoids its instance: with one instance there is nowhere to go.
 */
export const retriesHaveAnotherInstance: Check = {
  id: 'retries-have-another-instance',
  severity: 'warning',
  why: 'the retry meets the instance that has just failed, so a deployment or a crash reaches the clients',
  *find(architecture) {
    const hops = hopsOf(architecture);
    for (const { versions } of architecture.services) {
      for (const { id, service, path, scale } of versions) {
        if (scale.min >= 2) continue;
        const retrying = hops.filter(
          (hop) =>
            hop.to === service &&
            hop.rules.some((rule) => triesOf(rule) > 1 && rule.to.some(({ version, weight }) => version === id && weight > 0)),
        );
        const [first] = retrying;
        if (first === undefined) continue;
        const others = retrying.length === 1 ? '' : ` and ${count(retrying.length - 1, 'other caller')}`;
        yield {
          at: `${path}.scale`,
          is: `${first.by}${others} ${retrying.length === 1 ? 'retries' : 'retry'} requests to ${id}, which can be down to ${scale.min === 0 ? 'no instance' : 'one instance'}`,
          fix: { set: scale.at, to: twoOf(scale) },
        };
      }
    }
  },
};

const twoOf = ({ max, requestsPerSecond }: Scale): string =>
  `{ min: 2, max: ${Math.max(2, max)}${requestsPerSecond === undefined ? '' : `, requestsPerSecond: ${requestsPerSecond}`} }`;
