import { join } from 'node:path';
import type { Address, Bootstrap, Credentials, Placement } from '../../lib/engines/envoy/index.js';
import { CertificateAuthority } from '../../lib/twin/certificate-authority.js';
import { findEnvoy } from '../../lib/twin/envoy-binary.js';
import { EnvoyProcess } from '../../lib/twin/envoy-process.js';
import { Ports } from '../../lib/twin/ports.js';
import type { Supervisor } from '../../lib/twin/supervisor.js';

export const at = (port: number): Address => ({ address: '127.0.0.1', port });
const none = at(0);

/** What Envoys under measurement stand on: ports of 127.0.0.1, certificates of a CA of their own, a folder. All of it ends with the supervisor. */
export class Ground {
  private readonly issued = new Map<string, Credentials>();
  private constructor(
    private readonly supervisor: Supervisor,
    private readonly authority: CertificateAuthority,
    private readonly ports: number[],
    private readonly binary: string,
  ) {}

  /**
   * @param ports that will be asked for
   * @param binary what runs as Envoy
   */
  static async of(supervisor: Supervisor, ports: number, binary = findEnvoy()): Promise<Ground> {
    const reserved = await Ports.reserve(ports);
    const taken = Array.from({ length: ports }, () => reserved.take());
    await reserved.release();
    return new Ground(supervisor, await CertificateAuthority.create(supervisor.folder), taken, binary);
  }

  port(): number {
    const port = this.ports.pop();
    if (port === undefined) throw new Error('more ports asked for than reserved');
    return port;
  }

  async issue(...identities: readonly string[]): Promise<void> {
    for (const identity of identities) {
      if (this.issued.has(identity)) continue;
      const { certificate, privateKey } = await this.authority.issueIdentity(identity);
      const trust = { filename: this.authority.roots };
      this.issued.set(identity, { certificate: { filename: certificate }, privateKey: { filename: privateKey }, trust });
    }
  }

  credentials(identity: string): Credentials {
    const found = this.issued.get(identity);
    if (found === undefined) throw new Error(`no certificate was issued for ${identity}`);
    return found;
  }

  socketOf(name: string): string {
    return join(this.supervisor.folder, `${name}.sock`);
  }

  /** What one Envoy has of its own; the rest is nowhere. It logs to a file. */
  placement(name: string, own: Partial<Placement>): Placement {
    return {
      inbound: none,
      app: none,
      ready: at(this.port()),
      metrics: at(0),
      further: () => ({ inbound: none, app: none }),
      local: () => none,
      front: () => none,
      admin: { socket: this.socketOf(name) },
      endpoints: () => ({ addresses: [none] }),
      external: ({ name: sni }) => ({ addresses: [none], sni, roots: { filename: this.authority.roots } }),
      credentials: (identity) => this.credentials(identity),
      keys: () => ({ jwks: '{"keys":[]}' }),
      concurrency: 1,
      accessLog: join(this.supervisor.folder, `${name}.access.log`),
      ...own,
    };
  }

  /** Starts an Envoy with one worker, without waiting for it. */
  launch(name: string, bootstrap: Bootstrap): EnvoyProcess {
    const onLine = (): void => {};
    return EnvoyProcess.start(this.supervisor, { name, bootstrap, socket: this.socketOf(name), binary: this.binary, onLine });
  }
}
