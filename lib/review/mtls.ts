import type { Architecture } from '../model/architecture/index.js';
import { and, code } from './markdown.js';

/** What holds between sidecars, for the page on the mesh. */
export function mtlsInWords({ mtls }: Architecture): string {
  if (mtls.mode !== 'permissive')
    return mtls.mode === 'strict'
      ? "Mutual TLS is strict: sidecars accept no plaintext and verify each other's identity."
      : '**Mutual TLS is off**: sidecars speak plaintext, and none knows who asks.';
  const clients = mtls.clients.map(({ name, from, to }) => `${name} (${from.map(code).join(', ')}) may ask ${and(to)}`);
  return `**Mutual TLS is permissive until ${mtls.until}**: in plaintext, ${clients.join('; ')}. All else is strict.`;
}

/** What lists of callers are worth. */
export const accessInWords = ({ mtls }: Architecture): string =>
  ({
    strict: "Whoever is not listed is refused by the callee's sidecar, which knows its callers by their certificates.",
    permissive: '**This holds for callers with certificates.** Who asks in plaintext proves no identity and may send any request.',
    off: '**This holds for nobody in particular**: without certificates, anyone who connects may send what one of the callers may.',
  })[mtls.mode];

/** Both for the first page, in a sentence. */
export function trustInWords(architecture: Architecture): string {
  if (architecture.mtls.mode !== 'strict') return `${mtlsInWords(architecture)} ${accessOnFirstPage[architecture.mtls.mode]}`;
  return 'Between sidecars everything is mutual TLS, both sides verified by identity; a call that is not declared is refused by the callee.';
}

const accessOnFirstPage = {
  permissive: 'A call that is not declared is refused by the callee, unless it comes in plaintext from those addresses.',
  off: 'Whoever reaches a sidecar may send what any of its declared callers may.',
} as const;
