import type { Architecture } from '../../model/architecture/index.js';
import type { Loss } from '../capability.js';
import { error, warning } from './loss.js';

/** Who may ask for what. */
export function* access({ services }: Architecture): Generator<Loss> {
  for (const { name, path, admits } of services) {
    for (const { caller, requests, denied } of admits) {
      if (denied.length > 0)
        yield error('access-deny', `${path}.access`, `${caller.name} may send ${name} ${denied.map(inWords).join(', ')} too`);
      if (requests === undefined || caller.kind === 'gateway') continue; // a gateway's own routes are all that it sends
      yield error(
        'access-by-request',
        `${path}.access`,
        `${caller.name} may send ${name} any request, not ${requests.map(inWords).join(', ')} alone`,
      );
    }
  }
}

const inWords = ({ method, path }: { method: string | undefined; path: { text: string } }): string => `${method ?? 'ANY'} ${path.text}`;

/** Who proves who they are. */
export function* mtls({ mtls }: Architecture): Generator<Loss> {
  if (mtls.mode === 'off') yield warning('mtls-off', 'mesh.mtls', 'mutual TLS stays on');
  if (mtls.mode !== 'permissive') return;
  for (const { name, to } of mtls.clients) {
    const at = `mesh.mtls.permissive.clients.${name}`;
    yield error('mtls-permissive', at, `${name} is refused by ${to.join(', ')}: App Mesh takes plaintext from everyone or from nobody`);
  }
}

/** From where clients may ask. */
export function* addresses({ gateways }: Architecture): Generator<Loss> {
  for (const { name, path, allow, deny } of gateways) {
    if (allow !== undefined)
      yield error('address-lists', `${path}.allow`, `clients of ${name} may ask from anywhere, not from ${allow.join(', ')} alone`);
    if (deny.length > 0) yield error('address-lists', `${path}.deny`, `clients of ${name} may ask from ${deny.join(', ')} too`);
  }
}

/** Whose token a request carries. */
export function* tokens({ services }: Architecture): Generator<Loss> {
  for (const { name, path, tokens } of services) {
    if (tokens !== undefined)
      yield error('tokens-inside', `${path}.tokens`, `${name} takes requests without a token of ${tokens.authorizer.name}`);
  }
}
