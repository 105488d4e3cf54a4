import { basename } from 'node:path';
import type { Bootstrap, Json, JsonObject } from '../engines/envoy/json.js';
import type { CertificateFiles } from './certificate-authority.js';
import { Documents } from './documents.js';

/**
 * A configuration whose routes and certificates are documents of their own, which Envoy asks for: weights shift and certificates rotate while requests are
 * under way, and no Envoy is started again.
 */
export interface LiveConfiguration {
  readonly bootstrap: Bootstrap;
  /** By their names, which no two Envoys share. */
  readonly routes: ReadonlyMap<string, JsonObject>;
  /** By their names: one for each certificate, whoever uses it. */
  readonly secrets: ReadonlyMap<string, JsonObject>;
}

const httpConnectionManager = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** @param envoy the name of the one Envoy that is started with it */
export function liveConfiguration(bootstrap: Bootstrap, envoy: string, documents: Pick<Documents, 'cluster'>): LiveConfiguration {
  const routes = new Map<string, JsonObject>();
  const secrets = new Map<string, JsonObject>();

  const object = (value: JsonObject): JsonObject => {
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner)] as const);
    const walked: JsonObject = Object.fromEntries(entries);
    if (walked['@type'] === httpConnectionManager && walked['route_config'] !== undefined) return withoutRoutes(walked);
    return walked['tls_certificates'] === undefined ? walked : withoutCertificates(walked);
  };

  const withoutRoutes = ({ route_config, ...rest }: JsonObject): JsonObject => {
    const name = `${envoy}/${String(rest['stat_prefix'])}`;
    routes.set(name, { '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration', ...(route_config as JsonObject), name });
    return { ...rest, rds: { route_config_name: name, config_source: Documents.source } };
  };

  const withoutCertificates = ({ tls_certificates, ...rest }: JsonObject): JsonObject => {
    const files = (tls_certificates as readonly JsonObject[]).map(filesOf);
    for (const each of files) secrets.set(secretName(each.certificate), secretOf(each.certificate, each));
    const configs = files.map(({ certificate }) => ({ name: secretName(certificate), sds_config: Documents.source }));
    return { ...rest, tls_certificate_sds_secret_configs: configs };
  };

  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    return typeof value === 'object' && value !== null ? object(value as JsonObject) : value;
  };

  const live = object(bootstrap);
  const resources = live['static_resources'] as { readonly clusters?: readonly JsonObject[] };
  // First, so that it is there when the others ask for their certificates.
  const clusters = [documents.cluster, ...(resources.clusters ?? [])];
  return { bootstrap: { ...live, static_resources: { ...resources, clusters } }, routes, secrets };
}

/** What a secret is called: after the file of its first certificate. */
export const secretName = (certificate: string): string => basename(certificate, '.pem');

/** @param first the file of its first certificate, whatever the certificate is by now */
export const secretOf = (first: string, { certificate, privateKey }: CertificateFiles): JsonObject => ({
  '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  name: secretName(first),
  tls_certificate: { certificate_chain: { filename: certificate }, private_key: { filename: privateKey } },
});

const filename = (of: Json | undefined): string => String((of as JsonObject)['filename']);
const filesOf = (certificate: JsonObject): CertificateFiles => ({
  certificate: filename(certificate['certificate_chain']),
  privateKey: filename(certificate['private_key']),
});
