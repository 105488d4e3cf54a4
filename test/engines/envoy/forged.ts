import 'reflect-metadata'; // before @peculiar/x509
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { CertificateAuthority } from '../../../lib/twin/certificate-authority.js';

export interface Forged {
  readonly cert: string;
  readonly key: string;
  readonly signs: { readonly issuer: string; readonly key: webcrypto.CryptoKey };
}

interface Wanted {
  /** Milliseconds from now. @default a minute ago */
  readonly from?: number;
  /** @default in an hour */
  readonly until?: number;
  /** @default the authority itself */
  readonly by?: Forged;
  /** Whether it is for servers alone. @default for both ends */
  readonly forServers?: boolean;
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** A certificate that the twin's authority would not issue, with its key: for these names, of these days, by somebody who is no authority. */
export async function forged(
  authority: CertificateAuthority,
  names: x509.JsonGeneralNames,
  { from = -60_000, until = 3_600_000, by, forServers = false }: Wanted = {},
): Promise<Forged> {
  const keys = await webcrypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const subject = 'CN=forged';
  const certificate = await x509.X509CertificateGenerator.create({
    notBefore: new Date(Date.now() + from),
    notAfter: new Date(Date.now() + until),
    serialNumber: '7f01',
    subject,
    issuer: by?.signs.issuer ?? 'CN=cdk-edge-mesh twin ca',
    publicKey: keys.publicKey,
    signingKey: by?.signs.key ?? authority['keys'].privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, ...(forServers ? [] : [x509.ExtendedKeyUsage.clientAuth])]),
      new x509.SubjectAlternativeNameExtension(names),
    ],
  });
  return {
    cert: `${certificate.toString('pem')}\n${by?.cert ?? ''}`,
    key: x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    signs: { issuer: subject, key: keys.privateKey },
  };
}
