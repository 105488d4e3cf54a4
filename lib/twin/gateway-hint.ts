import type { JsonObject } from '../engines/envoy/json.js';
import type { GatewayRoute } from '../model/architecture/index.js';

const namespace = 'cdk-edge-mesh.twin';

/** What prints a token that a route takes; undefined where it needs none. */
export type TokenCommand = (route: GatewayRoute) => string | undefined;

/** What a route notes of the tokens that it takes. */
export function tokenHint(route: GatewayRoute, commandOf: TokenCommand | undefined): JsonObject {
  const command = commandOf?.(route);
  return command === undefined ? {} : { metadata: { filter_metadata: { [namespace]: { hint: `a token of this twin: ${command}` } } } };
}

/** Adds the route's note to what Envoy says. */
export const withHint: JsonObject = {
  body_format_override: { text_format_source: { inline_string: `%LOCAL_REPLY_BODY%\n%METADATA(ROUTE:${namespace}:hint)%\n` } },
};

/** To whoever comes without a good token. */
export const unauthorized: JsonObject = {
  filter: { status_code_filter: { comparison: { op: 'EQ', value: { default_value: 401, runtime_key: 'twin.unauthorized' } } } },
  ...withHint,
};
