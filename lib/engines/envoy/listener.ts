import { socket } from './address.js';
import type { JsonObject } from './json.js';
import type { Address } from './placement.js';

/** A listener with one chain of filters; its counters are `listener.<name>.*` wherever it listens. */
export const listener = (
  name: string,
  address: Address,
  filters: readonly JsonObject[],
  options: { chain?: JsonObject; listener?: JsonObject } = {},
): JsonObject => ({
  name,
  stat_prefix: name,
  address: socket(address),
  ...options.listener,
  filter_chains: [{ filters, ...options.chain }],
});
