import { isIP } from 'node:net';

/** A range of IP addresses. */
export interface Cidr {
  readonly address: string;
  /** Bits that all addresses of the range share. */
  readonly length: number;
}

/** @returns the range of `10.0.4.0/24`, or in words what is wrong with it. A range of all addresses is none: who means everyone says so in another word. */
export function parseCidr(text: string): Cidr | string {
  const [, address = '', length = ''] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return 'a range is an address and a length, such as "10.0.4.0/24"; one address alone has /32';
  const [bits, most] = [Number(length), version === 4 ? 32 : 128];
  if (bits > most) return `a length is at most /${most} here`;
  if (bits === 0) return 'that is every address there is';
  const first = networkOf(address, bits);
  return first === bytesOf(address).join('.')
    ? { address, length: bits }
    : `the address has bits beyond /${bits}; the range begins at the lowest one`;
}

/** Whether two ranges are the same addresses, however they are written. */
export const sameRange = (one: Cidr, other: Cidr): boolean =>
  one.length === other.length && bytesOf(one.address).join() === bytesOf(other.address).join();

const networkOf = (address: string, bits: number): string =>
  bytesOf(address)
    .map((byte, index) => byte & (0xff << Math.max(0, Math.min(8, 8 - (bits - index * 8)))) & 0xff)
    .join('.');

function bytesOf(address: string): number[] {
  if (isIP(address) === 4) return address.split('.').map(Number);
  const mapped = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) =>
    [0, 2].map((index) => ((Number(parts[index]) << 8) | Number(parts[index + 1])).toString(16)).join(':'),
  );
  const [head = '', tail = ''] = mapped.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail)];
  const left = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...left, ...after].flatMap((group) => [group >> 8, group & 0xff]);
}
