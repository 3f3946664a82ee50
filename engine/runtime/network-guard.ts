import { lookup } from 'node:dns/promises';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { hasCredentials } from '../contract/addresses.ts';

/** `own`: this machine and private networks. `forbidden`: what no part of the program has a reason to call. */
export type Network = 'public' | 'own' | 'forbidden';

const own = new BlockList();
for (const [net, bits] of [
  ...([
    ['127.0.0.0', 8],
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ] as const),
  ...([
    ['100.64.0.0', 10],
    ['198.18.0.0', 15],
  ] as const),
] as const)
  own.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fec0::', 10],
] as const)
  own.addSubnet(net, bits, 'ipv6');

/** Link-local addresses, where clouds keep the credentials of a machine, their like elsewhere, and what is no host. */
const forbidden = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
  ...([
    ['100.100.100.200', 32],
    ['168.63.129.16', 32],
    ['192.0.0.0', 24],
  ] as const),
] as const)
  forbidden.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
] as const)
  forbidden.addSubnet(net, bits, 'ipv6');

/** Which network an IP address belongs to; one that carries an IPv4 address inside counts as that. */
export function networkOf(address: string): Network {
  const plain = address.replace(/%.*$/, '');
  if (!isIPv4(plain) && !isIPv6(plain)) return 'forbidden';
  const inner = isIPv6(plain) ? innerIPv4(plain) : plain;
  const [text, family] = inner === undefined ? ([plain, 'ipv6'] as const) : ([inner, 'ipv4'] as const);
  if (forbidden.check(text, family)) return 'forbidden';
  return own.check(text, family) ? 'own' : 'public';
}

/** The IPv4 address inside of a mapped, compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056) address. */
function innerIPv4(address: string): string | undefined {
  // The URL writes every form with groups in hexadecimal digits.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16));
  const start = groups.slice(0, 6).join(':');
  const [, second = 0, third = 0, , , , seventh = 0, eighth = 0] = groups;
  const dotted = (high: number, low: number): string =>
    [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const isPlain = start === '0:0:0:0:0:0' && (seventh !== 0 || eighth > 1);
  if (isPlain || start === '0:0:0:0:0:65535' || start === `${0x64}:${0xff9b}:0:0:0:0`)
    return dotted(seventh, eighth);
  return groups[0] === 0x2002 ? dotted(second, third) : undefined;
}

/** The IP address that a host's name in a URL is, without brackets; undefined for a name. */
function literalOf(host: string): string | undefined {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host;
  return isIPv4(bare) || isIPv6(bare) ? bare : undefined;
}

/** Whether one can see from an address that it stays on this machine or its own network, without asking anybody. */
export function looksOwn(address: URL): boolean {
  const literal = literalOf(address.hostname);
  if (literal !== undefined) return networkOf(literal) === 'own';
  const name = address.hostname.replace(/\.$/, '');
  return !name.includes('.') || /\.(localhost|local|lan|internal|home\.arpa)$/.test(name);
}

/** The IP addresses of a name; fails where there are none. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

/** What the system says. */
export const resolveName: ResolveName = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/** A name that is this machine's by definition, whatever a name server says (RFC 6761). */
export const isLocalhost = (name: string): boolean => /(^|\.)localhost\.?$/.test(name);

/** Why none of an address's networks may be called together; undefined if all may. */
export function refusalOfNetworks(
  networks: readonly Network[],
  { mayBeOwn }: { readonly mayBeOwn: boolean },
): string | undefined {
  if (networks.includes('forbidden')) return 'it leads to an address that no server of yours has';
  if (networks.includes('own') && !mayBeOwn) return 'it leads into the private network';
  return undefined;
}

/** What speaks against an address before any name is resolved; undefined if nothing does. */
export function refusalAtSight(address: URL, options: { readonly mayBeOwn: boolean }): string | undefined {
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return 'it is no http or https address';
  if (hasCredentials(address.href)) return 'it holds a user name or a password';
  const literal = isLocalhost(address.hostname) ? '127.0.0.1' : literalOf(address.hostname);
  return literal === undefined ? undefined : refusalOfNetworks([networkOf(literal)], options);
}

/**
 * Why an address must not be called; undefined if it may be. Only http and https, no credentials inside, and never a
 * link-local address, where clouds keep the credentials of a machine. A name counts as all that it resolves to; one that
 * resolves to nothing is left to the call itself. For a look beforehand: a call resolves anew and is guarded itself
 * (`guardedFetch`).
 *
 * @param options `mayBeOwn`: whether this machine and private networks may be called, too
 */
export async function refusalOf(
  address: URL,
  options: { readonly mayBeOwn: boolean; readonly resolve?: ResolveName },
): Promise<string | undefined> {
  const atSight = refusalAtSight(address, options);
  const { hostname } = address;
  if (atSight !== undefined || isLocalhost(hostname) || literalOf(hostname) !== undefined) return atSight;
  const found = await (options.resolve ?? resolveName)(hostname.replace(/\.$/, '')).catch(() => []);
  return refusalOfNetworks(found.map(networkOf), options);
}
