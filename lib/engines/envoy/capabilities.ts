import type { Capability } from '../capability.js';

/** What Envoy carries of an architecture. */
export const capabilities: readonly Capability[] = [
  { feature: 'in-service', support: 'full', reason: 'sidecars of your own; no service of AWS and no control plane behind them' },
  {
    feature: 'limits',
    support: 'full',
    reason:
      'no length of a path or value, and no number of headers, routes or callees; what a task definition holds is checked by synthesis',
  },
  {
    feature: 'mutual-tls',
    support: 'full',
    reason: 'TLS 1.3, both identities verified byte for byte on every handshake, no resumed sessions',
  },
  {
    feature: 'certificate-rotation',
    support: 'partial',
    reason:
      'a running Envoy takes up a new key and certificate as one document, and connections that are open keep theirs for an hour at most; so in the twin, on AWS a new task',
  },
  { feature: 'access-by-caller', support: 'full', reason: "the callee's listener accepts the identities of its callers and no other" },
  { feature: 'access-by-request', support: 'full', reason: 'method and whole path, after dot segments and doubled slashes are resolved' },
  {
    feature: 'gateway-identity',
    support: 'full',
    reason: 'one for each gateway; what a gateway says of its client is believed from it alone',
  },
  { feature: 'weighted-versions', support: 'full', reason: 'a cluster for each version, in any proportion' },
  {
    feature: 'routes-swap',
    support: 'partial',
    reason:
      'a running Envoy takes up new weights and route policies as documents of the callee, over HTTP; so in the twin, on AWS a new task',
  },
  { feature: 'match-path', support: 'full', reason: 'parameters become regular expressions of the whole path' },
  { feature: 'match-methods', support: 'full', reason: 'any number in one rule' },
  { feature: 'match-headers', support: 'full', reason: 'any number in one rule' },
  { feature: 'match-path-bytes', support: 'full', reason: 'after dot segments and doubled slashes are resolved' },
  { feature: 'match-path-regex', support: 'full', reason: 'of the whole path, by RE2, in linear time' },
  { feature: 'match-header-range', support: 'full', reason: 'whole numbers' },
  { feature: 'match-header-not', support: 'full', reason: 'a missing header counts as an empty one' },
  { feature: 'match-query', support: 'full', reason: 'the first parameter of each name, as it is sent' },
  { feature: 'match-caller', support: 'full', reason: 'the rule is in the sidecars of these callers, and in no other' },
  { feature: 'match-rpc', support: 'full', reason: 'as path, method and content type' },
  { feature: 'traffic-mirroring', support: 'full', reason: 'any share to one version; a copy is never tried again' },
  { feature: 'path-rewrite', support: 'full', reason: 'at the caller, so access and limits at the callee count the path that it sees' },
  { feature: 'host-rewrite', support: 'full', reason: 'at the caller' },
  { feature: 'redirects', support: 'full', reason: "by the caller's sidecar, or the ingress; always with a whole URL" },
  { feature: 'direct-responses', support: 'full', reason: "by the caller's sidecar, or the ingress; the callee is not asked" },
  { feature: 'header-changes', support: 'full', reason: 'at the caller, both ways; never of what the mesh speaks by' },
  {
    feature: 'timeouts',
    support: 'full',
    reason: "at the caller; its remaining time goes along and holds at the callee's sidecar, but an app has to stop by itself",
  },
  {
    feature: 'retries',
    support: 'partial',
    reason: 'a broken connection and a try that took too long are one event: asking for either is asking for both',
  },
  { feature: 'retry-unprocessed', support: 'full', reason: "the callee's sidecar says so where its app never saw the request" },
  { feature: 'policy-per-caller', support: 'full', reason: "each caller's sidecar has its own routes" },
  {
    feature: 'pool',
    support: 'full',
    reason: 'at the callee, in front of the app; over HTTP/2 the requests count, since one connection carries many',
  },
  { feature: 'outlier-detection', support: 'full', reason: 'each caller counts and ejects for itself' },
  {
    feature: 'externals',
    support: 'full',
    reason: 'the certificate must be for the declared host; for TCP only connecting has a time limit',
  },
  {
    feature: 'declared-egress',
    support: 'partial',
    reason: 'the callee refuses undeclared callers and there is no listener for them, but a process may open a socket past its sidecar',
  },
  { feature: 'local-ports', support: 'full', reason: 'one on 127.0.0.1 for each call' },
  {
    feature: 'interception',
    support: 'partial',
    reason:
      'TCP over IPv4, for a hop more within the sidecar; an app that can become the user of its sidecar goes past it; on Fargate untried since App Mesh ended',
  },
  {
    feature: 'further-ports',
    support: 'full',
    reason: 'each with a listener, callers and counters of its own, where somebody calls it; all versions of a service have them',
  },
  { feature: 'safe-defaults', support: 'full', reason: 'in every configuration, whatever is declared' },
  {
    feature: 'app-mesh-defaults',
    support: 'partial',
    reason:
      'its timeout, retries and missing limits; but what may not be repeated is not tried again once an app has seen it, and who is asked is always verified',
  },
  { feature: 'grpc', support: 'full', reason: 'HTTP/2 with trailers on every hop; refusals and failures come as statuses of gRPC' },
  {
    feature: 'grpc-timeout',
    support: 'full',
    reason:
      "a request's own deadline up to the rule's timeout, which goes along where it names none; the app is told when nobody waits any more",
  },
  {
    feature: 'grpc-status',
    support: 'full',
    reason: 'how each call of gRPC ended, counted by status for the callee and the caller, and in the access logs of sidecars',
  },
  {
    feature: 'tcp-services',
    support: 'partial',
    reason:
      'who may connect is decided in the handshake; a connection is not tried again once a sidecar has taken it, even if its app is dead',
  },
  {
    feature: 'tls-passthrough',
    support: 'partial',
    reason: 'only TLS that names the declared host passes; identity, timeouts and retries are the affair of the app',
  },
  { feature: 'websocket', support: 'full', reason: 'on the routes that say so, as an extended CONNECT between sidecars; one hour at most' },
  { feature: 'grpc-web', support: 'full', reason: 'the ingress makes gRPC of it, on the routes that say so' },
  {
    feature: 'grpc-json',
    support: 'full',
    reason:
      'the ingress makes gRPC of it and JSON of the answer, on the routes that say so; statuses of gRPC become those of HTTP, and a stream a list that is shorter under 200 where it fails on the way',
  },
  {
    feature: 'tls-origination',
    support: 'full',
    reason: 'TLS 1.2 or 1.3 to the declared host, whose name and roots are verified; the app speaks plain HTTP to its sidecar',
  },
  {
    feature: 'access-deny',
    support: 'full',
    reason:
      'in other letter case, escaped, with path parameters or a slash at the end too; an app that reads paths in yet other ways has to say so by `allow`',
  },
  {
    feature: 'address-lists',
    support: 'full',
    reason: 'at the ingress, by the address that the gateway saw; what API Gateway answers by itself never comes there',
  },
  {
    feature: 'tokens-inside',
    support: 'full',
    reason: "verified by the callee's own sidecar, with keys that it fetches itself; a caller's app has to pass the token on",
  },
  {
    feature: 'mtls-permissive',
    support: 'partial',
    reason:
      'plaintext from the addresses of named clients, each with counters of its own; whoever is at such an address is taken for the client',
  },
  { feature: 'mtls-off', support: 'partial', reason: 'nobody proves who it is, so anyone may ask what some caller may' },
  {
    feature: 'rate-limit',
    support: 'full',
    reason: 'a bucket in each sidecar of the callee, for the service and for a route; what all instances take grows with their number',
  },
  { feature: 'rate-limit-per-caller', support: 'full', reason: 'a bucket for each declared caller, known by its certificate' },
  {
    feature: 'global-rate-limit',
    support: 'full',
    reason:
      "counted by Envoy's rate limit service in fixed windows, for the service and for a route; it needs its configuration from `compile`, and limits nothing that does not stand in it",
  },
  { feature: 'global-rate-limit-per-caller', support: 'full', reason: 'counted for each caller, known by its certificate' },
  { feature: 'idle-timeout', support: 'full', reason: 'at the caller, before the answer begins and in the middle of it' },
  {
    feature: 'streams',
    support: 'full',
    reason: 'no timeout but their age of an hour and silence; a stream that ends so ends under the status it began with',
  },
  {
    feature: 'caller-pool',
    support: 'full',
    reason: 'one instance of the caller to one version of the callee; while a first connection opens, its requests count as waiting',
  },
  {
    feature: 'retry-budget',
    support: 'full',
    reason: "one for all requests of a caller's instance to a version; three at a time in any case",
  },
  { feature: 'retry-back-off', support: 'full', reason: 'random up to the declared waits' },
  {
    feature: 'retry-grpc',
    support: 'partial',
    reason: 'where the status comes without a message before it; after a message it is too late to try again',
  },
  { feature: 'retry-tcp', support: 'partial', reason: 'as long as no connection is made; another try may meet the same address' },
  {
    feature: 'active-health',
    support: 'full',
    reason: "over mutual TLS by each caller's sidecar; what is learned within a second is taken together",
  },
  {
    feature: 'failover',
    support: 'full',
    reason:
      'as if the app had made its call to who stands in, identity and policy included; a further try goes there at once, first tries once instances are ejected',
  },
  {
    feature: 'balancing',
    support: 'partial',
    reason:
      'each caller for itself; requests of the same header, cookie or client stay with one version too while weights stay, those of a calling service are split',
  },
  {
    feature: 'zone-aware-balancing',
    support: 'partial',
    reason:
      'where instances are known with their zones, as in the twin; DNS does not say them, so on AWS requests are balanced over all zones; not over TCP',
  },
  { feature: 'panic', support: 'full', reason: 'each caller for itself, by the instances that it sees' },
  {
    feature: 'draining',
    support: 'partial',
    reason: 'a sidecar that drains says so with its answers where its callers ask for health; elsewhere they learn it from DNS',
  },
  {
    feature: 'fault-injection',
    support: 'partial',
    reason: "in front of the caller's timeout and retries, so that an abort is the final answer and a delay comes on top",
  },
  {
    feature: 'traces',
    support: 'full',
    reason:
      'OpenTelemetry over HTTP from every Envoy, begun by the mesh and not by its clients; one goes on past an app that passes on `traceparent`',
  },
  {
    feature: 'traces-x-ray',
    support: 'full',
    reason:
      'segments by UDP from every Envoy to a daemon that its task needs; begun by the mesh, so what API Gateway traces itself is another trace; one goes on past an app that passes on `x-amzn-trace-id`',
  },
  {
    feature: 'traces-datadog',
    support: 'partial',
    reason:
      "by Datadog's own protocol from every Envoy; the agent gets what is not sampled too, marked so, and keeps of the rest what it likes; environment and version come with the task, so not in the twin",
  },
  {
    feature: 'metrics',
    support: 'full',
    reason: 'statistics for Prometheus on a port of their own, which has nothing else of the administration',
  },
  { feature: 'access-log', support: 'full', reason: 'a line of JSON for each request at each sidecar, without its query, with its trace' },
];
