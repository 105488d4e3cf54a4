/** What the service sees instead of what was asked for. At least one of the two. Its `access` and its rate limits count what it sees. */
export interface RewriteSpec {
  /** With the parameters of the match: `/v2/{id}` for a match of `/v1/{id}`. The query stays. */
  path?: string;
  /** @default the service's name */
  host?: string;
}

/** An answer that sends the caller elsewhere; the query goes along. At least one of host and path. */
export interface RedirectSpec {
  /** Over https. @default the host that was asked, by the same scheme */
  host?: string;
  /** With the parameters of the match. @default the path that was asked for */
  path?: string;
  /** 307 and 308 keep the method; 301 and 308 are kept by clients for good. @default 307 */
  status?: 301 | 302 | 303 | 307 | 308;
}

export interface RespondSpec {
  /** 200 to 599. */
  status: number;
  /** At most 4096 bytes; `text/plain` unless `headers` sets another `content-type`. @default none */
  body?: string;
}

export interface HeaderChangesSpec {
  /** Replaces what is there, or adds it. */
  set?: Record<string, string>;
  remove?: string[];
}

/** All of it happens in the sidecar of whoever calls, and for a gateway at the ingress. */
export interface ActionLeaf {
  rewrite?: RewriteSpec;
  /** Instead of `to`: the service is not asked. */
  redirect?: RedirectSpec;
  /** Instead of `to`: the service is not asked. */
  respond?: RespondSpec;
  /** Never those that the mesh speaks by (`x-envoy-*`, `x-edge-*`, `x-mesh-*`, `x-forwarded-client-cert`), `host`, and what belongs to a connection. */
  headers?: { request?: HeaderChangesSpec; response?: HeaderChangesSpec };
}

/** Copies go to this version as well; nobody waits for their answers. */
export interface MirrorSpec<V extends string> {
  to: V;
  /** Of the requests that the rule takes; up to two decimals. @default 100 */
  percent?: number;
}
