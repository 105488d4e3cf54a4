import type { Capability } from '../capability.js';

/** What App Mesh carries of an architecture. */
export const capabilities: readonly Capability[] = [
  {
    feature: 'in-service',
    support: 'absent',
    reason: 'AWS ended App Mesh on 2026-09-30: its definitions can be read and reviewed, and no longer deployed',
  },
  { feature: 'mutual-tls', support: 'full', reason: 'certificates from files, read once at the start; a new certificate needs a new task' },
  { feature: 'access-by-caller', support: 'full', reason: "the callee's listener accepts the identities of its callers and no other" },
  { feature: 'access-by-request', support: 'absent', reason: 'whoever may connect may send any request' },
  {
    feature: 'gateway-identity',
    support: 'partial',
    reason: 'one virtual gateway to an ingress task, so one gateway to a mesh; its client policy is the same for all that it asks',
  },
  { feature: 'weighted-versions', support: 'partial', reason: 'at most 10 versions, in whole percents' },
  { feature: 'match-path', support: 'full', reason: 'parameters become regular expressions of the whole path' },
  { feature: 'match-methods', support: 'full', reason: 'a route for each method' },
  { feature: 'match-headers', support: 'partial', reason: 'at most 10 in a rule' },
  { feature: 'match-path-bytes', support: 'full', reason: "App Mesh's own prefix; without path normalization" },
  { feature: 'match-path-regex', support: 'full', reason: 'of the whole path, at most 255 characters' },
  { feature: 'match-header-range', support: 'full', reason: 'whole numbers' },
  { feature: 'match-header-not', support: 'partial', reason: 'a header that is missing is not taken' },
  { feature: 'match-query', support: 'partial', reason: 'exact values and presence; a rule with another condition is left out' },
  { feature: 'match-caller', support: 'absent', reason: 'a route does not know who asks; the rule is left out' },
  { feature: 'match-rpc', support: 'full', reason: 'as path, method and content type' },
  { feature: 'timeouts', support: 'full', reason: 'on the route, and on the listener, which would cut at 15 s otherwise' },
  { feature: 'retries', support: 'partial', reason: 'events are coarser than declared; there is no retry budget' },
  {
    feature: 'retry-unprocessed',
    support: 'partial',
    reason: "refused streams and connection errors only; a callee's sidecar cannot say that its app never saw the request",
  },
  {
    feature: 'policy-per-caller',
    support: 'absent',
    reason: "timeouts and retries belong to the callee's route, the same for all who ask",
  },
  {
    feature: 'pool',
    support: 'partial',
    reason: 'HTTP/1.1 has connections and pending requests, HTTP/2 has requests; the other limits are off',
  },
  { feature: 'outlier-detection', support: 'full', reason: "on the callee's listener, for all who ask" },
  { feature: 'externals', support: 'partial', reason: 'one policy for all callers; not over TLS from a gateway' },
  { feature: 'declared-egress', support: 'full', reason: 'a sidecar drops what leads to no declared callee, except to AWS itself' },
  { feature: 'local-ports', support: 'absent', reason: "apps ask by name, and the task's traffic is intercepted" },
  {
    feature: 'safe-defaults',
    support: 'absent',
    reason:
      'no path normalization, retry budget, passed-on deadline or limit on session resumption; the ingress does not verify tokens again',
  },
  { feature: 'grpc', support: 'full', reason: 'carried as HTTP/2, because its own gRPC matches no path' },
  { feature: 'grpc-timeout', support: 'absent', reason: "only the route's timeout holds" },
  { feature: 'tcp-services', support: 'partial', reason: 'a connection may be silent as long as declared; its age has no limit' },
  { feature: 'access-deny', support: 'absent', reason: 'whoever may connect may send any request' },
  { feature: 'rate-limit', support: 'absent', reason: 'an instance takes what its pool takes, however often' },
  { feature: 'rate-limit-per-caller', support: 'absent', reason: 'an instance takes what its pool takes, from whomever' },
];
