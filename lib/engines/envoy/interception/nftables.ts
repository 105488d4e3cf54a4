import { isIP } from 'node:net';
import type { Redirection } from './redirection.js';

/**
 * The rules of a task's network namespace as `nft -f` takes them, over those of an earlier run. They do what ECS does for a task whose proxy configuration says
 * the same, and are for whoever runs the engine's files elsewhere. TCP alone, IPv4 and IPv6; a sidecar listens on IPv4, so that IPv6 is refused.
 */
export function nftables({ user, outbound, inbound, bypassPorts, bypassAddresses }: Redirection): string {
  const [v4, v6] = [4, 6].map((version) => bypassAddresses.filter((each) => isIP(each.split('/')[0]!) === version));
  const rules = [
    ['the sidecar itself', `meta skuid ${user} accept`],
    ['the task itself, loopback included', 'fib daddr type local accept'],
    ...(v4!.length === 0 ? [] : [['asked directly', `ip daddr { ${v4!.join(', ')} } accept`]]),
    ...(v6!.length === 0 ? [] : [['asked directly', `ip6 daddr { ${v6!.join(', ')} } accept`]]),
    ...(bypassPorts.length === 0 ? [] : [['asked directly', `tcp dport { ${bypassPorts.join(', ')} } accept`]]),
    ['all else', `meta l4proto tcp redirect to :${outbound}`],
  ];
  const entrances = inbound.map(({ app, sidecar }) => `fib saddr type != local tcp dport ${app} redirect to :${sidecar}`);
  return [
    'table inet edge_mesh',
    'delete table inet edge_mesh',
    'table inet edge_mesh {',
    ...chain(
      'outbound',
      'output',
      rules.map(([why, rule]) => `${rule} # ${why}`),
    ),
    ...(entrances.length === 0 ? [] : chain('inbound', 'prerouting', entrances)),
    '}',
    '',
  ].join('\n');
}

const chain = (name: string, hook: 'output' | 'prerouting', rules: readonly string[]): string[] => [
  `  chain ${name} {`,
  `    type nat hook ${hook} priority -100; policy accept;`,
  ...rules.map((rule) => `    ${rule}`),
  '  }',
];
