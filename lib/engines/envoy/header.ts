import type { Observability } from '../../model/architecture/index.js';
import { extension, type Json, type JsonObject, typed } from './json.js';

/** On an answer of a sidecar whose app never saw the request: safe to try again, whatever the method. */
export const unprocessedHeader = 'x-mesh-unprocessed';

/**
 * On an answer of a sidecar whose app took longer than the caller waits for one try. The callee's clock and the caller's run out at the same moment,
 * and where the callee's is first, this is how the caller knows the 504 for its own.
 */
export const overdueHeader = 'x-mesh-overdue';

/** What only a sidecar may say of a request: not its app, and not to clients. */
export const sidecarAnswers: readonly string[] = [unprocessedHeader, overdueHeader];

/** What a gateway tells the mesh (route, principal, source IP); believed from an ingress only. */
export const edgePrefix = 'x-edge-';

/** The key of the route that the gateway matched. */
export const edgeRouteHeader = 'x-edge-route';

/** The client's address, as the gateway saw it. */
export const edgeSourceHeader = 'x-edge-source-ip';

/** Who the client proved to be; `-` where it is nobody. */
export const edgePrincipalHeader = 'x-edge-principal';

/** The principal of who is nobody: API Gateway's mappings cannot leave a header out. */
export const nobody = '-';

/** Everything that a gateway says: its route, who the client proved to be, and from where it called. */
export const edgeHeaders: readonly string[] = [edgeRouteHeader, edgePrincipalHeader, edgeSourceHeader];

/** How long the caller's sidecar still waits, in milliseconds: Envoy's header, which the app receives. */
export const deadlineHeader = 'x-envoy-expected-rq-timeout-ms';

/** Carries the deadline past Envoy's own removal of `x-envoy-*`; never leaves the sidecar. */
const carriedDeadline = 'x-mesh-deadline-ms';

/** Removes the headers by which a request could override retries, timeouts and statistics: those are the declaration's. */
export const withoutOverrides: JsonObject = early([removeAll('x-envoy-')]);

/** Carries a gateway's own headers past the removal of all others with their prefix; never leaves the ingress. */
const carriedEdge = 'x-mesh-edge-';

/**
 * Leaves what the gateway writes itself of all `x-edge-*` headers, at the ingress: whatever else has that prefix comes from the client, since API Gateway
 * passes on headers that it does not know, and from here on it would come with a gateway's identity.
 */
const edgeHeadersAlone: readonly Json[] = [
  removeAll(carriedEdge),
  ...edgeHeaders.map((name) => copied(name, carried(name))),
  removeAll(edgePrefix),
  ...edgeHeaders.map((name) => copied(carried(name), name)),
  removeAll(carriedEdge),
];

/** Like `withoutOverrides`, where requests enter the mesh. */
export const withoutClientHeaders: JsonObject = early([...edgeHeadersAlone, removeAll('x-envoy-')]);

const w3c: readonly Json[] = [{ remove: 'traceparent' }, { remove: 'tracestate' }];
const clientTraces: Readonly<Record<NonNullable<Observability['traces']>['as'], readonly Json[]>> = {
  otlp: w3c,
  'x-ray': [{ remove: 'x-amzn-trace-id' }],
  datadog: [...w3c, { remove_on_match: { key_matcher: { prefix: 'x-datadog-' } } }],
};

/** Like `withoutClientHeaders`, where traces begin: a client does not decide what is traced, and so paid for. Headers of other tracers are the affair of apps. */
export const withoutClientTraces = (as: NonNullable<Observability['traces']>['as']): JsonObject =>
  early([...edgeHeadersAlone, removeAll('x-envoy-'), { remove: 'x-request-id' }, ...clientTraces[as]]);

/** Like `withoutOverrides`, for requests that leave the mesh: who the client is stays inside. */
export const withoutMeshHeaders: JsonObject = early([removeAll('x-envoy-'), removeAll(edgePrefix)]);

/**
 * Keeps the deadline alone of all `x-envoy-*` headers.
 *
 * Envoy removes them all from a peer that it does not take for internal, and heeds them all from one it does. So the deadline is set aside before
 * and put back after (`believableHeaders`), which holds whatever `x-forwarded-for` says.
 */
export const keptDeadline: JsonObject = early([
  { remove: carriedDeadline },
  copied(deadlineHeader, carriedDeadline),
  removeAll('x-envoy-'),
]);

/** Puts the deadline back that `keptDeadline` set aside, for the router to heed and the app to read. */
const restored: readonly Json[] = [copied(carriedDeadline, deadlineHeader), { remove: carriedDeadline }];

/** Removes what the mesh says to itself, from a request that leaves it: who the client is, how long the caller waits. */
export const meshHeadersKeptInside: readonly JsonObject[] = [
  mutation([removeAll('x-envoy-'), removeAll(edgePrefix)]),
  extension('envoy.filters.http.upstream_codec', 'envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec'),
];

/**
 * The headers as the app may believe them: its caller's deadline, and what only a gateway may say from these ingress identities alone. One filter where
 * there are none: each costs a request about as much as the access rules do.
 */
export const believableHeaders = (ingresses: readonly string[]): JsonObject[] =>
  ingresses.length === 0 ? [mutation([removeAll(edgePrefix), ...restored])] : [edgeHeadersOnlyFrom(ingresses), mutation(restored)];

/** Removes what only a gateway may say, unless the peer proved to be one of these ingress identities. */
function edgeHeadersOnlyFrom(ingresses: readonly string[]): JsonObject {
  const skip = { action: extension('skip', 'envoy.extensions.filters.common.matcher.action.v3.SkipFilter') };
  return extension('edge-headers', 'envoy.extensions.common.matching.v3.ExtensionWithMatcher', {
    extension_config: mutation([removeAll(edgePrefix)]),
    xds_matcher: {
      matcher_tree: {
        input: extension('peer', 'envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput'),
        exact_match_map: { map: Object.fromEntries(ingresses.map((identity) => [identity, skip])) },
      },
    },
  });
}

function removeAll(prefix: string): JsonObject {
  return { remove_on_match: { key_matcher: { prefix } } };
}

/** Nothing where there is nothing to copy. */
function copied(from: string, to: string): JsonObject {
  return { append: { header: { key: to, value: `%REQ(${from})%` }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } };
}

function carried(name: string): string {
  return carriedEdge + name.slice(edgePrefix.length);
}

function mutation(request: readonly Json[]): JsonObject {
  return extension('envoy.filters.http.header_mutation', 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation', {
    mutations: { request_mutations: request },
  });
}

function early(mutations: readonly Json[]): JsonObject {
  const type = 'envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation';
  return {
    early_header_mutation_extensions: [
      { name: 'envoy.http.early_header_mutation.header_mutation', typed_config: typed(type, { mutations }) },
    ],
  };
}
