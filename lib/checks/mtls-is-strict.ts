import type { PlaintextClient } from '../model/architecture/index.js';
import type { Check } from './check.js';

/**
 * Whoever asks inside the mesh proves who it is.
 *
 * Plaintext proves nothing: whoever is at a named client's addresses is taken for it, and access rules hold for identities only.
 */
export const mtlsIsStrict: Check = {
  id: 'mtls-is-strict',
  severity: 'error',
  why: 'access rules do not hold for plaintext: who asks is unknown, and what is said on the way can be read and changed',
  *find({ mtls, services }) {
    if (mtls.mode === 'off' && services.length > 0) {
      yield {
        at: 'mesh.mtls',
        is: 'no sidecar proves who it is, and none asks: whoever reaches a service may ask it what any of its callers may',
        fix: { set: 'mesh.mtls', to: `'strict'` },
      };
    }
    if (mtls.mode !== 'permissive') return;
    for (const client of mtls.clients) {
      yield {
        at: `mesh.mtls.permissive.clients.${client.name}`,
        is: inWords(client, mtls.until),
        fix: `move ${client.name} into the mesh; when http.plaintext/${client.name}.downstream_rq_total has stopped growing, take it out here`,
        severity: 'warning',
      };
    }
  },
};

const inWords = ({ name, from, to }: PlaintextClient, until: string): string =>
  `until ${until}, ${to.join(', ')} ${to.length === 1 ? 'takes' : 'take'} any request in plaintext from ${from.join(', ')}, as ${name}`;
