import type { Architecture, External } from '../../model/architecture/index.js';
import { namespaceOf } from '../envoy/aws-placement.js';

/** Where things are: what the compiler is told, because an architecture does not say it. */
export interface Placement {
  /** The private DNS namespace: the instances of a version are `<version id>.<namespace>`. */
  readonly namespace: string;
  /** Where the sidecar finds key, certificate and trust of its own identity. Read once: App Mesh does not reload files. */
  readonly files: { readonly certificate: string; readonly privateKey: string; readonly trust: string };
  /** The roots in the sidecar's image that vouch for hosts outside the mesh. */
  readonly publicRoots: string;
  /** Where an external is; the CDK side may give a token. */
  host(external: External): string;
  /** Where access logs go. */
  readonly accessLog: string;
}

/** To read rather than to run: names as declared, and a host that cannot be where only the CDK side knows it. */
export const placementOf = (architecture: Architecture, namespace: string = namespaceOf(architecture)): Placement => ({
  namespace,
  files: { certificate: '/certificates/certificate.pem', privateKey: '/certificates/private-key.pem', trust: '/certificates/trust.pem' },
  publicRoots: '/etc/pki/tls/certs/ca-bundle.crt', // Amazon Linux, on which the image is built
  host: (external) => external.host ?? `${external.name.toLowerCase()}.bound-at-deploy.invalid`,
  accessLog: '/dev/stdout',
});
