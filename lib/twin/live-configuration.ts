import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Bootstrap, Json, JsonObject } from '../engines/envoy/json.js';
import type { CertificateFiles } from './certificate-authority.js';

/**
 * A configuration whose routes and certificates are in files of their own, which Envoy reads again when they are replaced: weights shift and certificates
 * rotate while requests are under way, and no Envoy is started again.
 */
export interface LiveConfiguration {
  readonly bootstrap: Bootstrap;
  /** Texts of the routes documents, by their files. */
  readonly routes: ReadonlyMap<string, string>;
  /** Texts of the secrets, by their files: one for each certificate, whoever uses it. */
  readonly secrets: ReadonlyMap<string, string>;
}

const httpConnectionManager = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** @param folder for the routes of this Envoy alone: it is looked at for each file that is renamed there */
export function liveConfiguration(bootstrap: Bootstrap, folder: string): LiveConfiguration {
  const routes = new Map<string, string>();
  const secrets = new Map<string, string>();

  const object = (value: JsonObject): JsonObject => {
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner)] as const);
    const walked: JsonObject = Object.fromEntries(entries);
    if (walked['@type'] === httpConnectionManager && walked['route_config'] !== undefined) return withoutRoutes(walked);
    return walked['tls_certificates'] === undefined ? walked : withoutCertificates(walked);
  };

  const withoutRoutes = ({ route_config, ...rest }: JsonObject): JsonObject => {
    const name = String(rest['stat_prefix']);
    const file = join(folder, `${name.replaceAll('/', '-')}.json`);
    const document = { '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration', ...(route_config as JsonObject), name };
    routes.set(file, JSON.stringify({ resources: [document] }, null, 2));
    return { ...rest, rds: { route_config_name: name, config_source: source(file) } };
  };

  const withoutCertificates = ({ tls_certificates, ...rest }: JsonObject): JsonObject => {
    const files = (tls_certificates as readonly JsonObject[]).map(secretOf);
    for (const secret of files) secrets.set(secretFile(secret.certificate), secretText(secret.certificate, secret));
    return {
      ...rest,
      tls_certificate_sds_secret_configs: files.map(({ certificate }) => ({
        name: secretName(certificate),
        sds_config: source(secretFile(certificate)),
      })),
    };
  };

  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    return typeof value === 'object' && value !== null ? object(value as JsonObject) : value;
  };

  return { bootstrap: object(bootstrap), routes, secrets };
}

const secretName = (certificate: string): string => basename(certificate, '.pem');

/** Where the secret lies whose first certificate was this file. A folder of its own: Envoy looks at it for each file that is renamed there. */
export const secretFile = (certificate: string): string => join(dirname(certificate), 'secrets', `${secretName(certificate)}.json`);

/** @param first the file of its first certificate, whatever the certificate is by now */
export const secretText = (first: string, { certificate, privateKey }: CertificateFiles): string =>
  JSON.stringify({
    resources: [
      {
        '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
        name: secretName(first),
        tls_certificate: { certificate_chain: { filename: certificate }, private_key: { filename: privateKey } },
      },
    ],
  });

const filename = (of: Json | undefined): string => String((of as JsonObject)['filename']);
const secretOf = (certificate: JsonObject): CertificateFiles => ({
  certificate: filename(certificate['certificate_chain']),
  privateKey: filename(certificate['private_key']),
});

const source = (path: string): JsonObject => ({ resource_api_version: 'V3', path_config_source: { path } });

/** Replaces a file as a whole, so that nobody reads half of it. */
export function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
