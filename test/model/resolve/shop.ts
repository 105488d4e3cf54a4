import { type Architecture, parseArchitecture, resolve } from 'cdk-edge-mesh';

/** A service that listens, with members of its own replaced. */
export const listening = (members: object = {}): object => ({ image: 'acme/app:1', listen: { protocol: 'http', port: 8080 }, ...members });

/** The architecture of these members. */
export const resolved = (members: object, environment?: string): Architecture =>
  resolve(parseArchitecture({ name: 'shop', ...members }), environment === undefined ? {} : { environment });

/** The call from orders to pricing, with these policies on the call, on pricing's one route, and on the mesh. */
export function policyOf({
  call = {},
  route = {},
  defaults = {},
  policies = {},
}: Partial<Record<'call' | 'route' | 'defaults' | 'policies', object>>) {
  const { calls } = resolved({
    mesh: { defaults },
    policies,
    services: { orders: listening({ calls: { pricing: call } }), pricing: listening({ routes: [route] }) },
  });
  return calls[0]!.rules[0]!.policy;
}
