import fc from 'fast-check';
import { capabilities, compile, lost, validate } from '../../../lib/engines/app-mesh/index.js';
import { resolve } from '../../../lib/index.js';
import { valid } from '../envoy/any/property.js';

/** What a user can ask that the service refuses: what is too long, tries that do not fit into their timeout, one host for two. */
const askable =
  /^(the length of the value of |the length of its path |\d+ retries of |VirtualService \S+ is the name of |\S+ is its backend twice)/;
const inFull = new Set(capabilities.filter(({ support }) => support === 'full').map(({ feature }) => feature));

test('whatever is declared: each resource comes once and after those that it names, breaks no rule by itself, and twice is the same', () => {
  fc.assert(
    fc.property(valid, (each) => {
      fc.pre(each !== undefined);
      const architecture = resolve(each!.declaration, { environment: each!.environment });
      const resources = compile(architecture);
      const seen = new Set<string>();
      for (const { id, after } of resources) {
        expect(after.filter((other) => !seen.has(other))).toEqual([]);
        seen.add(id);
      }
      expect(seen.size).toBe(resources.length);
      expect(validate(resources).filter(({ is }) => !askable.test(is))).toEqual([]);
      expect(lost(architecture).filter(({ feature }) => inFull.has(feature))).toEqual([]);
      expect(JSON.stringify(compile(architecture))).toBe(JSON.stringify(resources));
    }),
    { numRuns: 40, seed: 7 },
  );
});
