import { type Bootstrap, type Json, type JsonObject, typed } from './json.js';
import type { Credentials } from './placement.js';

/** A document that a running Envoy takes up again whenever it is replaced. */
export interface Reference {
  /** What the document's one resource is called. */
  readonly name: string;
  /** Envoy's `ConfigSource`: where it is. */
  readonly source: JsonObject;
}

/** What leaves a configuration for a document of its own; undefined is what stays. */
export interface Separation {
  /** @param listener `to/pricing` for a call, `from/web` for a gateway at the ingress, `inbound` for a service's own way in */
  readonly routes?: (listener: string) => Reference | undefined;
  readonly certificate?: (of: Pair) => Reference | undefined;
  /** @param cluster one whose addresses are given; where DNS has them, they change by themselves */
  readonly endpoints?: (cluster: string) => Reference | undefined;
}

export type Pair = Pick<Credentials, 'certificate' | 'privateKey'>;

/**
 * A configuration in two artifacts: what is immutable while an Envoy runs (listeners, clusters, identity, access), and the documents that are not (weights, route
 * policies, keys, addresses of instances). Envoy does not look into documents when it validates a configuration, so what is validated is the whole that this was made of.
 */
export interface Artifacts {
  readonly bootstrap: Bootstrap;
  /** Envoy's `RouteConfiguration`, by its name. */
  readonly routes: ReadonlyMap<string, JsonObject>;
  /** Envoy's `Secret`, by its name: one for each certificate, however many listeners and clusters use it. */
  readonly secrets: ReadonlyMap<string, JsonObject>;
  /** Envoy's `ClusterLoadAssignment`, by its name. */
  readonly endpoints: ReadonlyMap<string, JsonObject>;
}

const managerType = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** Takes the documents out of a configuration. */
export function separate(
  bootstrap: Bootstrap,
  {
    routes: routesAt = () => undefined,
    certificate: certificateAt = () => undefined,
    endpoints: endpointsAt = () => undefined,
  }: Separation,
): Artifacts {
  const routes = new Map<string, JsonObject>();
  const secrets = new Map<string, JsonObject>();
  const endpoints = new Map<string, JsonObject>();

  const withoutRoutes = (manager: JsonObject): JsonObject => {
    const reference = routesAt(String(manager['stat_prefix']));
    if (reference === undefined) return manager;
    const { route_config, ...rest } = manager;
    const { name, source } = reference;
    routes.set(name, typed('envoy.config.route.v3.RouteConfiguration', { ...(route_config as JsonObject), name }));
    return { ...rest, rds: { route_config_name: name, config_source: source } };
  };

  const withoutCertificates = (context: JsonObject): JsonObject => {
    const { tls_certificates, ...rest } = context;
    const pairs = (tls_certificates as readonly JsonObject[]).map(pairOf);
    const references = pairs.map(certificateAt);
    if (references.some((reference) => reference === undefined)) return context;
    for (const [index, reference] of references.entries()) secrets.set(reference!.name, secretOf(reference!.name, pairs[index]!));
    return {
      ...rest,
      tls_certificate_sds_secret_configs: references.map((reference) => ({ name: reference!.name, sds_config: reference!.source })),
    };
  };

  const withoutEndpoints = (cluster: JsonObject): JsonObject => {
    const reference = endpointsAt(String(cluster['name']));
    if (reference === undefined) return cluster;
    const { load_assignment, ...rest } = cluster;
    const { name, source } = reference;
    endpoints.set(
      name,
      typed('envoy.config.endpoint.v3.ClusterLoadAssignment', { ...(load_assignment as JsonObject), cluster_name: name }),
    );
    return { ...rest, type: 'EDS', eds_cluster_config: { eds_config: source, service_name: name } };
  };

  const separated = everyObject(bootstrap, (object) => {
    if (object['@type'] === managerType && object['route_config'] !== undefined) return withoutRoutes(object);
    if (object['type'] === 'STATIC' && object['load_assignment'] !== undefined) return withoutEndpoints(object);
    return object['tls_certificates'] === undefined ? object : withoutCertificates(object);
  });
  return { bootstrap: separated, routes, secrets, endpoints };
}

/** The whole again, as it was before it was separated: the form that Envoy validates. */
export function flattened({ bootstrap, routes, secrets, endpoints }: Artifacts): Bootstrap {
  return everyObject(bootstrap, (object) => {
    if (object['rds'] !== undefined) return withRoutes(object, routes);
    if (object['eds_cluster_config'] !== undefined) return withEndpoints(object, endpoints);
    return object['tls_certificate_sds_secret_configs'] === undefined ? object : withCertificates(object, secrets);
  });
}

function withRoutes({ rds, ...rest }: JsonObject, routes: Artifacts['routes']): JsonObject {
  const { '@type': _type, name: _name, ...route_config } = found(routes, (rds as JsonObject)['route_config_name']);
  return { ...rest, route_config };
}

function withCertificates({ tls_certificate_sds_secret_configs: configs, ...rest }: JsonObject, secrets: Artifacts['secrets']): JsonObject {
  return { ...rest, tls_certificates: (configs as readonly JsonObject[]).map(({ name }) => found(secrets, name)['tls_certificate']!) };
}

function withEndpoints({ eds_cluster_config: config, ...rest }: JsonObject, endpoints: Artifacts['endpoints']): JsonObject {
  const { '@type': _type, ...assignment } = found(endpoints, (config as JsonObject)['service_name']);
  return { ...rest, type: 'STATIC', load_assignment: { ...assignment, cluster_name: rest['name']! } };
}

function found(documents: ReadonlyMap<string, JsonObject>, name: Json | undefined): JsonObject {
  const document = documents.get(String(name));
  if (document === undefined) throw new Error(`there is no document ${JSON.stringify(name)}`);
  return document;
}

/** A certificate and its key as a document: both in one, so that no Envoy ever pairs the new one with the old. */
export const secretOf = (name: string, { certificate, privateKey }: Pair): JsonObject =>
  typed('envoy.extensions.transport_sockets.tls.v3.Secret', {
    name,
    tls_certificate: { certificate_chain: { ...certificate }, private_key: { ...privateKey } },
  });

const pairOf = (certificate: JsonObject): Pair =>
  ({ certificate: certificate['certificate_chain'], privateKey: certificate['private_key'] }) as unknown as Pair;

/** Every object of a tree, the inner ones first. */
function everyObject(value: JsonObject, change: (object: JsonObject) => JsonObject): JsonObject {
  const walk = (each: Json): Json => {
    if (Array.isArray(each)) return each.map(walk);
    return typeof each === 'object' && each !== null ? everyObject(each as JsonObject, change) : each;
  };
  return change(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)])));
}
