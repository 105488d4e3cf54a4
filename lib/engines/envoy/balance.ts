import type { Balance, Service } from '../../model/architecture/index.js';
import { type JsonObject, optional, typed } from './json.js';
import { zonePreference } from './zone.js';

const policies = { 'least-request': 'LEAST_REQUEST', random: 'RANDOM', ring: 'RING_HASH', maglev: 'MAGLEV' } as const;

/** Envoy's own panic threshold, and its own way to choose (round robin), are not stated again. */
const usualPanic = 50;

/** How a cluster chooses among its instances, and when it takes the sick ones too. */
export function choice({ balance, panic }: Pick<Service, 'balance' | 'panic'>, zoned = false): JsonObject {
  const word = balance.kind === 'hash' ? balance.table : balance.kind;
  const common = { ...(panic === usualPanic ? {} : { healthy_panic_threshold: { value: panic } }), ...(zoned ? zonePreference : {}) };
  return {
    ...optional('lb_policy', word === 'round-robin' ? undefined : policies[word]),
    ...(Object.keys(common).length === 0 ? {} : { common_lb_config: common }),
  };
}

/** Who asks, as `caller` means it. */
export type Asker = { readonly is: 'service'; readonly name: string } | { readonly is: 'gateway'; readonly addressHeader: string };

const callerKey = 'mesh.caller';

/** By what a route's requests are told apart, where the callee says that equal ones should meet the same instance. */
export function hashPolicy(balance: Balance, asker: Asker): JsonObject[] | undefined {
  if (balance.kind !== 'hash') return undefined;
  const { by } = balance;
  if (by.is === 'header') return [{ header: { header_name: by.name } }];
  if (by.is === 'cookie') return [{ cookie: { name: by.name } }];
  return [asker.is === 'service' ? { filter_state: { key: callerKey } } : { header: { header_name: asker.addressHeader } }];
}

/**
 * Whether a version may be drawn by the same value as the instance within it: for many users, each then stays with one version, in the proportion of the
 * weights. The callers inside the mesh are few, and a caller's name would send all of its requests to one version, whatever the weights say.
 */
export const tellsUsersApart = (hash: readonly JsonObject[] | undefined): boolean =>
  hash?.every((each) => !('filter_state' in each)) === true;

/** Keeps the caller's name for `hashPolicy`: the address of its app is always 127.0.0.1. */
export function callerFilter(balance: Balance, asker: Asker): JsonObject[] {
  if (balance.kind !== 'hash' || balance.by.is !== 'caller' || asker.is !== 'service') return [];
  const type = 'envoy.extensions.filters.http.set_filter_state.v3.Config';
  return [
    {
      name: 'caller',
      typed_config: typed(type, {
        on_request_headers: [
          {
            object_key: callerKey,
            factory_key: 'envoy.hashable_string',
            format_string: { text_format_source: { inline_string: asker.name } },
          },
        ],
      }),
    },
  ];
}
