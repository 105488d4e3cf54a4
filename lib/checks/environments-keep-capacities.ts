import type { Check } from './check.js';

/** A scale, as written. */
interface Written {
  readonly requestsPerSecond?: unknown;
}

/**
 * An environment that says how many instances run still says what one of them carries, where the declaration does.
 *
 * It replaces `scale` as a whole, so what it leaves out nobody has said there.
 */
export const environmentsKeepCapacities: Check = {
  id: 'environments-keep-capacities',
  severity: 'warning',
  why: 'there, no check compares what arrives with what the service carries, and the review says that nobody knows',
  *find({ environments }) {
    for (const { path: environment, replaces } of environments) {
      for (const { path, value, instead } of replaces) {
        if (!path.endsWith('.scale')) continue;
        const [before, now] = [(instead as Written | undefined)?.requestsPerSecond, (value as Written).requestsPerSecond];
        if (before === undefined || now !== undefined) continue;
        yield {
          at: path,
          is: `an instance of ${nameIn(path)} carries ${before}/s, and ${environment} replaces its scale as a whole, without \`requestsPerSecond\``,
          fix: { set: `${environment}.${path}.requestsPerSecond`, to: String(before) },
        };
      }
    }
  },
};

/** `services.catalog.versions.v2.scale` → `catalog-v2`. */
const nameIn = (path: string): string =>
  path
    .split('.')
    .filter((_, index) => index === 1 || index === 3)
    .join('-');
