import type { Architecture, Service } from '../../model/architecture/index.js';
import type { Placement } from './placement.js';
import type { Tls, TlsClient, Validation } from './spec.js';

/** Takes mutual TLS from the admitted callers and nobody else. */
export const serverTls = (service: Service, { trustDomain }: Architecture, placement: Placement): Tls => ({
  Mode: 'STRICT',
  Certificate: certificate(placement),
  Validation: validation(
    placement.files.trust,
    // App Mesh takes an absent list to mean anyone; an identity that nobody is ever issued means no one.
    service.admits.length === 0 ? [`spiffe://${trustDomain}/nobody`] : service.admits.map(({ identity }) => identity),
  ),
});

/** Asks with the own certificate, and only whoever has one of these identities. */
export const clientTls = (identities: readonly string[], placement: Placement): TlsClient => ({
  Enforce: true,
  Certificate: certificate(placement),
  Validation: validation(placement.files.trust, identities),
});

/** TLS towards a host outside the mesh, which the sidecar begins; the app speaks plain HTTP to it. */
export const publicTls = (host: string, { publicRoots }: Placement): TlsClient => ({
  Enforce: true,
  Validation: validation(publicRoots, [host]),
});

const certificate = ({ files }: Placement) => ({ File: { CertificateChain: files.certificate, PrivateKey: files.privateKey } });

const validation = (trust: string, identities: readonly string[]): Validation => ({
  Trust: { File: { CertificateChain: trust } },
  SubjectAlternativeNames: { Match: { Exact: [...new Set(identities)].sort() } },
});
