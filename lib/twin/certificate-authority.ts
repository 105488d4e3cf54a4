import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

/** Where a key and its certificate lie, both of mode 0600. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly privateKey: string;
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
const signing = { name: 'ECDSA', hash: 'SHA-256' };
const lifetime = 24 * 3_600_000;
/** Certificates are valid from a minute ago, so that a clock that was set back a little does not refuse them. */
const headStart = 60_000;

/**
 * A CA for one run of the twin. Its key is never written; certificates live 24 hours.
 * Importing this file costs 0.15 CPU s: load it only when a twin starts.
 */
export class CertificateAuthority {
  /** The root certificate's file: what trusts this authority. */
  readonly roots: string;
  private issued = 0;

  private constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly keys: webcrypto.CryptoKeyPair,
    root: x509.X509Certificate,
  ) {
    this.roots = this.write(`${name}.pem`, root.toString('pem'));
  }

  /**
   * @param folder where it writes files; mode 0700 is the caller's business
   * @param name of its root, and what its files start with
   */
  static async create(folder: string, name = 'ca'): Promise<CertificateAuthority> {
    const keys = await webcrypto.subtle.generateKey(p256, false, ['sign', 'verify']);
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      ...validity(),
      serialNumber: '01',
      name: `CN=cdk-edge-mesh twin ${name}`,
      keys,
      signingAlgorithm: signing,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new CertificateAuthority(folder, name, keys, root);
  }

  /** A certificate whose only name is a SPIFFE identity, for both ends of mutual TLS. */
  issueIdentity(identity: string): Promise<CertificateFiles> {
    return this.issue({ type: 'url', value: identity });
  }

  /** A server certificate for a host outside the mesh. */
  issueHost(host: string): Promise<CertificateFiles> {
    return this.issue({ type: 'dns', value: host });
  }

  private async issue(name: x509.JsonGeneralName): Promise<CertificateFiles> {
    const keys = await webcrypto.subtle.generateKey(p256, true, ['sign', 'verify']);
    this.issued += 1;
    const label = `${this.name}-${this.issued}-${name.value.replace(/^.*\//, '').replace(/[^A-Za-z0-9._-]/g, '_')}`;
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity(),
      serialNumber: (this.issued + 1).toString(16).padStart(4, '0'),
      issuer: `CN=cdk-edge-mesh twin ${this.name}`,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: signing,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        // Envoy refuses a client whose certificate says server only, and the other way round: a sidecar is both.
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
        // Critical because the subject is empty (RFC 5280, 4.2.1.6).
        new x509.SubjectAlternativeNameExtension([name], true),
        await x509.AuthorityKeyIdentifierExtension.create(this.keys.publicKey),
      ],
    });
    return {
      certificate: this.write(`${label}.pem`, certificate.toString('pem')),
      privateKey: this.write(`${label}.key`, pem(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))),
    };
  }

  private write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - headStart), notAfter: new Date(now + lifetime) };
}

const pem = (key: ArrayBuffer): string => x509.PemConverter.encode(key, 'PRIVATE KEY');
