/** FNV-1a over the name's UTF-16 units: stable, spread, nothing to configure. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (const char of name) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}

/** Where a caller's sidecar listens for a callee: 20000–29999, below the ephemeral ports of Linux (32768 and up). Adding a call moves no other. */
export const localPortOf = (callee: string): number => 20_000 + (hash(callee) % 10_000);

/** Where the ingress listens for a gateway: 16000–19999, above the sidecar's own 15000s. Adding a gateway moves no other. */
export const frontPortOf = (gateway: string): number => 16_000 + (hash(gateway) % 4_000);

/** Where a sidecar takes calls to a further port of its app: 15100–15899, among its own 15000s. Ports of one name have the same in every service, so few are opened. */
export const meshPortOf = (port: string): number => 15_100 + (hash(port) % 800);
