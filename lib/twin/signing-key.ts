import type { JsonWebKey } from 'node:crypto';

/** An RSA key that stands in for an identity provider; RS256, because API Gateway's JWT authorizers take RSA only. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: JsonWebKey;
  readonly publicKey: JsonWebKey;
}

export const algorithm = 'RS256';

export async function createSigningKey(): Promise<SigningKey> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const publicKey = await exportJWK(pair.publicKey);
  return { id: await calculateJwkThumbprint(publicKey), privateKey: await exportJWK(pair.privateKey), publicKey };
}

/** The key set that an issuer would serve. */
export function keySetOf({ id, publicKey }: SigningKey): string {
  return JSON.stringify({ keys: [{ ...publicKey, kid: id, alg: algorithm, use: 'sig' }] });
}
