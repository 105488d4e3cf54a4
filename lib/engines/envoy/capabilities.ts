import { capabilitiesOf, full, partial } from '../capability.js';

/** What Envoy carries of an architecture. */
export const capabilities = capabilitiesOf({
  'in-service': full('sidecars of your own; no service of AWS and no control plane behind them'),
  limits: full(
    'no length of a path or value, and no number of headers, routes or callees; what a task definition holds is checked by synthesis',
  ),
  'mutual-tls': full('TLS 1.3, both identities verified byte for byte on every handshake, no resumed sessions'),
  'certificate-rotation': partial(
    'a running Envoy takes up a new key and certificate as one document, and connections that are open keep theirs for an hour at most; so in the twin, on AWS a new task',
  ),
  'access-by-caller': full("the callee's listener accepts the identities of its callers and no other"),
  'access-by-request': full('method and whole path, after dot segments and doubled slashes are resolved'),
  'gateway-identity': full('one for each gateway; what a gateway says of its client is believed from it alone'),
  'weighted-versions': full('a cluster for each version, in any proportion'),
  'routes-swap': partial(
    'a running Envoy takes up new weights and route policies as documents of the callee, over HTTP; so in the twin, on AWS a new task',
  ),
  'match-path': full('parameters become regular expressions of the whole path'),
  'match-methods': full('any number in one rule'),
  'match-headers': full('any number in one rule'),
  'match-path-bytes': full('after dot segments and doubled slashes are resolved'),
  'match-path-regex': full('of the whole path, by RE2, in linear time'),
  'match-header-range': full('whole numbers'),
  'match-header-not': full('a missing header counts as an empty one'),
  'match-query': full('the first parameter of each name, as it is sent'),
  'match-caller': full('the rule is in the sidecars of these callers, and in no other'),
  'match-rpc': full('as path, method and content type'),
  'traffic-mirroring': full('any share to one version; a copy is never tried again'),
  'path-rewrite': full('at the caller, so access and limits at the callee count the path that it sees'),
  'host-rewrite': full('at the caller'),
  redirects: full("by the caller's sidecar, or the ingress; always with a whole URL"),
  'direct-responses': full("by the caller's sidecar, or the ingress; the callee is not asked"),
  'header-changes': full('at the caller, both ways; never of what the mesh speaks by'),
  timeouts: full("at the caller; its remaining time goes along and holds at the callee's sidecar, but an app has to stop by itself"),
  retries: partial('a broken connection and a try that took too long are one event: asking for either is asking for both'),
  'retry-unprocessed': full("the callee's sidecar says so where its app never saw the request"),
  'policy-per-caller': full("each caller's sidecar has its own routes"),
  pool: full('at the callee, in front of the app; over HTTP/2 the requests count, since one connection carries many'),
  'outlier-detection': full('each caller counts and ejects for itself'),
  externals: full('the certificate must be for the declared host; for TCP only connecting has a time limit'),
  'declared-egress': partial(
    'the callee refuses undeclared callers and there is no listener for them, but a process may open a socket past its sidecar',
  ),
  'local-ports': full('one on 127.0.0.1 for each call'),
  interception: partial(
    'TCP over IPv4, for a hop more within the sidecar; an app that can become the user of its sidecar goes past it; on Fargate untried since App Mesh ended',
  ),
  'further-ports': full(
    'each with a listener, callers and counters of its own, where somebody calls it; all versions of a service have them',
  ),
  'safe-defaults': full('in every configuration, whatever is declared'),
  'app-mesh-defaults': partial(
    'its timeout, retries and missing limits; but what may not be repeated is not tried again once an app has seen it, and who is asked is always verified',
  ),
  grpc: full('HTTP/2 with trailers on every hop; refusals and failures come as statuses of gRPC'),
  'grpc-timeout': full(
    "a request's own deadline up to the rule's timeout, which goes along where it names none; the app is told when nobody waits any more",
  ),
  'grpc-status': full('how each call of gRPC ended, counted by status for the callee and the caller, and in the access logs of sidecars'),
  'tcp-services': partial(
    'who may connect is decided in the handshake; a connection is not tried again once a sidecar has taken it, even if its app is dead',
  ),
  'tls-passthrough': partial('only TLS that names the declared host passes; identity, timeouts and retries are the affair of the app'),
  websocket: full('on the routes that say so, as an extended CONNECT between sidecars; one hour at most'),
  'grpc-web': full('the ingress makes gRPC of it, on the routes that say so'),
  'grpc-json': full(
    'the ingress makes gRPC of it and JSON of the answer, on the routes that say so; statuses of gRPC become those of HTTP, and a stream a list that is shorter under 200 where it fails on the way',
  ),
  'tls-origination': full(
    'TLS 1.2 or 1.3 to the declared host, whose name and roots are verified; the app speaks plain HTTP to its sidecar',
  ),
  'access-deny': full(
    'in other letter case, escaped, with path parameters or a slash at the end too; an app that reads paths in yet other ways has to say so by `allow`',
  ),
  'address-lists': full('at the ingress, by the address that the gateway saw; what API Gateway answers by itself never comes there'),
  'tokens-inside': full("verified by the callee's own sidecar, with keys that it fetches itself; a caller's app has to pass the token on"),
  'mtls-permissive': partial(
    'plaintext from the addresses of named clients, each with counters of its own; whoever is at such an address is taken for the client',
  ),
  'mtls-off': partial('nobody proves who it is, so anyone may ask what some caller may'),
  'rate-limit': full(
    'a bucket in each sidecar of the callee, for the service and for a route; what all instances take grows with their number',
  ),
  'rate-limit-per-caller': full('a bucket for each declared caller, known by its certificate'),
  'global-rate-limit': full(
    "counted by Envoy's rate limit service in fixed windows, for the service and for a route; it needs its configuration from `compile`, and limits nothing that does not stand in it",
  ),
  'global-rate-limit-per-caller': full('counted for each caller, known by its certificate'),
  'idle-timeout': full('at the caller, before the answer begins and in the middle of it'),
  streams: full('no timeout but their age of an hour and silence; a stream that ends so ends under the status it began with'),
  'caller-pool': full(
    'one instance of the caller to one version of the callee; while a first connection opens, its requests count as waiting',
  ),
  'retry-budget': full("one for all requests of a caller's instance to a version; three at a time in any case"),
  'retry-back-off': full('random up to the declared waits'),
  'retry-grpc': partial('where the status comes without a message before it; after a message it is too late to try again'),
  'retry-tcp': partial('as long as no connection is made; another try may meet the same address'),
  'active-health': full("over mutual TLS by each caller's sidecar; what is learned within a second is taken together"),
  failover: full(
    'as if the app had made its call to who stands in, identity and policy included; a further try goes there at once, first tries once instances are ejected',
  ),
  balancing: partial(
    'each caller for itself; requests of the same header, cookie or client stay with one version too while weights stay, those of a calling service are split',
  ),
  'zone-aware-balancing': partial(
    'where instances are known with their zones, as in the twin; DNS does not say them, so on AWS requests are balanced over all zones; not over TCP',
  ),
  panic: full('each caller for itself, by the instances that it sees'),
  draining: partial('a sidecar that drains says so with its answers where its callers ask for health; elsewhere they learn it from DNS'),
  'fault-injection': partial("in front of the caller's timeout and retries, so that an abort is the final answer and a delay comes on top"),
  traces: full(
    'OpenTelemetry over HTTP from every Envoy, begun by the mesh and not by its clients; one goes on past an app that passes on `traceparent`',
  ),
  'traces-x-ray': full(
    'segments by UDP from every Envoy to a daemon that its task needs; begun by the mesh, so what API Gateway traces itself is another trace; one goes on past an app that passes on `x-amzn-trace-id`',
  ),
  'traces-datadog': partial(
    "by Datadog's own protocol from every Envoy; the agent gets what is not sampled too, marked so, and keeps of the rest what it likes; environment and version come with the task, so not in the twin",
  ),
  metrics: full('statistics for Prometheus on a port of their own, which has nothing else of the administration'),
  'access-log': full('a line of JSON for each request at each sidecar, without its query, with its trace'),
});
