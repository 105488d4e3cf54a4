import { basename } from 'node:path';
import { type Artifacts, type DataSource, secretOf as documentOf, peersCluster, separate } from '../engines/envoy/index.js';
import type { Bootstrap, JsonObject } from '../engines/envoy/json.js';
import type { CertificateFiles } from './certificate-authority.js';
import { Documents } from './documents.js';

/** Documents, and whose addresses are among them. */
export interface Live {
  readonly documents: Documents;
  /** The versions' ids. */
  readonly versions: ReadonlySet<string>;
}

/**
 * A configuration whose routes, certificates and addresses of instances are documents of their own, which Envoy asks for: weights shift, certificates rotate,
 * instances come and go while requests are under way, and no Envoy is started again. A certificate's document is shared by all that use it; no two Envoys, nor two
 * clusters of one, share another.
 *
 * @param envoy the name of the one Envoy that is started with it
 */
export function liveConfiguration(bootstrap: Bootstrap, envoy: string, { documents, versions }: Live): Artifacts {
  const { source } = Documents;
  const live = separate(bootstrap, {
    routes: (listener) => ({ name: `${envoy}/${listener}`, source }),
    certificate: ({ certificate }) => ({ name: secretName(filename(certificate)), source }),
    endpoints: (cluster) =>
      cluster === peersCluster || versions.has(versionIn(cluster)) ? { name: `${envoy}/where/${cluster}`, source } : undefined,
  });
  const resources = live.bootstrap['static_resources'] as { readonly clusters?: readonly JsonObject[] };
  const clusters = [...(resources.clusters ?? []), documents.cluster];
  return { ...live, bootstrap: { ...live.bootstrap, static_resources: { ...resources, clusters } } };
}

/** `pricing-v1` of `pricing-v1`, of `pricing-v1/metrics`, and of `gateway/web/pricing-v1`. */
const versionIn = (cluster: string): string => cluster.replace(/^gateway\/[^/]+\/(?=.)/, '').replace(/\/.*$/, '');

/** What a secret is called: after the file of its first certificate. */
export const secretName = (certificate: string): string => basename(certificate, '.pem');

/** @param first the file of its first certificate, whatever the certificate is by now */
export const secretOf = (first: string, { certificate, privateKey }: CertificateFiles): JsonObject =>
  documentOf(secretName(first), { certificate: { filename: certificate }, privateKey: { filename: privateKey } });

/** Here every certificate is a file. */
const filename = (source: DataSource): string => ('filename' in source ? source.filename : '');
