import type { Architecture, Gateway, RouteTarget } from '../../lib/index.js';
import { type Entrance, entersMesh, type FrontDoor } from '../front-door.js';

/** Where the requests of a route go. */
export type Origin =
  | { readonly kind: 'mesh'; readonly frontDoor: FrontDoor; readonly entrance: Entrance }
  /** `https://api.example.com`, or with a port where it is not the scheme's own. */
  | { readonly kind: 'url'; readonly url: string };

/** Through the ingress where any route of the gateway leads into the mesh; externals go there as well, and are asked from inside the VPC. */
export function originOf(
  target: Exclude<RouteTarget, { kind: 'respond' }>,
  gateway: Gateway,
  { externals }: Architecture,
  frontDoor: FrontDoor | undefined,
): Origin {
  if (frontDoor !== undefined && entersMesh(gateway)) return { kind: 'mesh', frontDoor, entrance: frontDoor.entrance(gateway.name) };
  const external = externals.find(({ name }) => name === target.name);
  if (external?.host === undefined) throw new Error(`external.${target.name}.host is not bound; say it in the architecture, or bind it`);
  const usual = external.protocol === 'https' ? 443 : 80;
  return { kind: 'url', url: `${external.protocol}://${external.host}${external.port === usual ? '' : `:${external.port}`}` };
}
