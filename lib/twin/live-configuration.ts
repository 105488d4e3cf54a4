import { basename } from 'node:path';
import { type Artifacts, type DataSource, secretOf as documentOf, separate } from '../engines/envoy/index.js';
import type { Bootstrap, JsonObject } from '../engines/envoy/json.js';
import type { CertificateFiles } from './certificate-authority.js';
import { Documents } from './documents.js';

/**
 * A configuration whose routes and certificates are documents of their own, which Envoy asks for: weights shift and certificates rotate while requests are
 * under way, and no Envoy is started again. No two Envoys share the name of a routes document; a certificate's is shared by all that use it.
 *
 * @param envoy the name of the one Envoy that is started with it
 */
export function liveConfiguration(bootstrap: Bootstrap, envoy: string, documents: Pick<Documents, 'cluster'>): Artifacts {
  const { source } = Documents;
  const live = separate(bootstrap, {
    routes: (listener) => ({ name: `${envoy}/${listener}`, source }),
    certificate: ({ certificate }) => ({ name: secretName(filename(certificate)), source }),
  });
  const resources = live.bootstrap['static_resources'] as { readonly clusters?: readonly JsonObject[] };
  const clusters = [...(resources.clusters ?? []), documents.cluster];
  return { ...live, bootstrap: { ...live.bootstrap, static_resources: { ...resources, clusters } } };
}

/** What a secret is called: after the file of its first certificate. */
export const secretName = (certificate: string): string => basename(certificate, '.pem');

/** @param first the file of its first certificate, whatever the certificate is by now */
export const secretOf = (first: string, { certificate, privateKey }: CertificateFiles): JsonObject =>
  documentOf(secretName(first), { certificate: { filename: certificate }, privateKey: { filename: privateKey } });

/** Here every certificate is a file. */
const filename = (source: DataSource): string => ('filename' in source ? source.filename : '');
