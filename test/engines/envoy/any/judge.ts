import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bootstrap } from '../../../../lib/engines/envoy/json.js';
import { CertificateAuthority } from '../../../../lib/twin/certificate-authority.js';
import { findEnvoy } from '../../../../lib/twin/envoy-binary.js';
import type { Files } from './configurations.js';
import { oneOfMany } from './one-of-many.js';

/** The real Envoy, asked what it thinks of configurations. */
export class Judge {
  private constructor(
    private readonly folder: string,
    readonly files: Files,
    private readonly binary = findEnvoy(),
  ) {}

  static async appoint(): Promise<Judge> {
    const folder = mkdtempSync(join(tmpdir(), 'judge-'));
    const authority = await CertificateAuthority.create(folder);
    const { certificate, privateKey } = await authority.issueIdentity('spiffe://mesh/svc/any');
    const trust = { filename: authority.roots };
    const credentials = { certificate: { filename: certificate }, privateKey: { filename: privateKey }, trust };
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const jwks = JSON.stringify({ keys: [{ ...key, kid: 'one', alg: 'ES256' }] });
    return new Judge(folder, { credentials: () => credentials, roots: authority.roots, jwks });
  }

  /** Whether all of them are taken without a warning; false may be wrong (`oneOfMany`). */
  takesAll(bootstraps: readonly Bootstrap[]): boolean {
    return bootstraps.length === 0 || this.objection(oneOfMany(bootstraps)) === undefined;
  }

  /** What it says against a configuration; undefined where it takes it without a warning. */
  objection(bootstrap: Bootstrap): string | undefined {
    const file = join(this.folder, 'bootstrap.json');
    writeFileSync(file, JSON.stringify(bootstrap));
    const args = ['--mode', 'validate', '--config-path', file, '--log-level', 'warning', '--log-format', '%l: %v'];
    const { stdout, stderr } = spawnSync(this.binary, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const said = [stderr, stdout].join('\n').trim();
    return said === `configuration '${file}' OK` ? undefined : said.replaceAll(file, 'it');
  }

  dismiss(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
