import type { JsonObject } from '../engines/envoy/json.js';
import type { Credentials } from '../engines/envoy/placement.js';
import type { CertificateAuthority } from './certificate-authority.js';
import type { Documents } from './documents.js';
import { secretName, secretOf } from './live-configuration.js';

/** The certificates of a twin's identities, and how often they were exchanged. */
export class Rotation {
  /** 1 at the start. */
  generation = 1;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly authority: CertificateAuthority,
    /** By identity: the first certificates, by whose files the secrets are known. */
    private readonly credentials: ReadonlyMap<string, Credentials>,
    private readonly documents: Documents,
  ) {}

  /**
   * Gives every identity a new key and certificate, and waits until every Envoy uses them for new connections. Open connections keep the certificates that
   * they began with, which stay valid.
   *
   * @throws TwinError `NOT_READY`
   */
  rotate(): Promise<void> {
    const next = this.last.then(() => this.exchange());
    this.last = next.catch(() => {});
    return next;
  }

  private async exchange(): Promise<void> {
    const issued = await Promise.all([...this.credentials].map(([identity, first]) => this.issue(identity, first)));
    await Promise.all(issued.map(({ name, secret }) => this.documents.put(name, secret)));
    this.generation += 1;
  }

  private async issue(identity: string, { certificate }: Credentials): Promise<{ name: string; secret: JsonObject }> {
    const first = (certificate as { filename: string }).filename;
    return { name: secretName(first), secret: secretOf(first, await this.authority.issueIdentity(identity)) };
  }
}
