import type { Gateway } from '../../model/architecture/index.js';
import { edgeSourceHeader } from './header.js';
import { extension, type JsonObject } from './json.js';
import { prefixRange } from './permissive.js';
import { rbacType } from './rbac.js';

type Lists = Pick<Gateway, 'allow' | 'deny'>;

const any = ({ allow, deny }: Lists): boolean => allow !== undefined || deny.length > 0;

/** Takes the client's address from what the gateway says of it, and from nowhere else: a request of which it says nothing is a 403. */
export const clientAddress = (lists: Lists): JsonObject =>
  any(lists)
    ? {
        original_ip_detection_extensions: [
          extension(
            'envoy.http.original_ip_detection.custom_header',
            'envoy.extensions.http.original_ip_detection.custom_header.v3.CustomHeaderConfig',
            { header_name: edgeSourceHeader, reject_with_status: { code: 'Forbidden' } },
          ),
        ],
      }
    : {};

/** Before all else: a 403 for an address that is not allowed, or denied; it counts in `http.from/<gateway>.rbac.addresses.denied`. */
export const addressFilter = (lists: Lists): JsonObject[] =>
  any(lists)
    ? [
        extension('addresses', rbacType, {
          rules: { action: 'ALLOW', policies: { addresses: policy(lists) } },
          rules_stat_prefix: 'addresses.',
        }),
      ]
    : [];

const policy = ({ allow, deny }: Lists): JsonObject => ({
  permissions: [{ any: true }],
  principals: [
    { and_ids: { ids: [allow === undefined ? { any: true } : oneOf(allow), ...(deny.length === 0 ? [] : [{ not_id: oneOf(deny) }])] } },
  ],
});

const oneOf = (ranges: readonly string[]): JsonObject => ({ or_ids: { ids: ranges.map((range) => ({ remote_ip: prefixRange(range) })) } });
