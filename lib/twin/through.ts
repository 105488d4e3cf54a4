import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { externalName } from '../engines/envoy/external.js';
import { rateLimitsCluster } from '../engines/envoy/global-rate-limit.js';
import { tracesCluster } from '../engines/envoy/tracer.js';
import type { Architecture, External } from '../model/architecture/index.js';
import { notAmong } from '../model/problem.js';
import { TwinError } from './twin-error.js';

/** An external with the host that it really is at. */
export type Reached = External & {
  readonly host: string;
  /** By which Envoys ask it: for apps, and on their own behalf. */
  readonly clusters: readonly string[];
};

/**
 * The externals that are let through to their real hosts: nothing else of a twin leaves this machine.
 *
 * @throws TwinError `UNKNOWN_NAME` where there is none of that name, `NO_HOST` where nobody said where it is
 */
export function reachedBy(architecture: Architecture, through: readonly string[]): ReadonlyMap<string, Reached> {
  const { externals } = architecture;
  const names = externals.map(({ name }) => name);
  return new Map(
    through.map((name) => [
      name,
      reached(
        externals.find((each) => each.name === name),
        name,
        names,
        architecture,
      ),
    ]),
  );
}

function reached(external: External | undefined, name: string, names: readonly string[], architecture: Architecture): Reached {
  if (external === undefined) throw new TwinError('UNKNOWN_NAME', notAmong(name, 'an external', names));
  if (external.host !== undefined) return { ...external, host: external.host, clusters: clustersOf(external, architecture) };
  throw new TwinError(
    'NO_HOST',
    `${name} has no host to be let through to; declare external.${name}.host, or environments.${architecture.environment}.external.${name}.host`,
  );
}

const clustersOf = (external: External, { observability, rateLimitService }: Architecture): string[] => [
  externalName(external),
  ...(observability.traces?.to === external.name ? [tracesCluster] : []),
  ...(rateLimitService?.to === external.name ? [rateLimitsCluster] : []),
];

/** Where systems keep the roots of the public web: Debian, Fedora, SUSE, Alpine and macOS. */
const places = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
] as const;

/** The roots that vouch for real hosts: what SSL_CERT_FILE names, as for OpenSSL, else this system's, else those that Node brings. */
export function systemRoots(folder: string, environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const found = [environment['SSL_CERT_FILE'], ...places].find((file) => file !== undefined && file !== '' && existsSync(file));
  if (found !== undefined) return found;
  const file = join(folder, 'public-roots.pem');
  writeFileSync(file, rootCertificates.join('\n'), { mode: 0o600 });
  return file;
}
