import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';

/** The first of these that is neither an IP address nor a CIDR range; undefined where all are. */
export function unreadableRange(ranges: readonly string[]): string | undefined {
  return ranges.find((range) => !isRange(range));
}

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** Whether the address lies in one of the ranges. IPv4 that comes as IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [base = '', bits] = range.split('/');
    const family = isIP(base) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(base, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Whether Safe Exam Browser sent the hash that belongs to one of the Config Keys: SHA-256 of the URL without its fragment,
 * followed by the key, in hexadecimal. Source: safeexambrowser.org/developer/seb-config-key.html.
 */
export function isConfigKeyHash(hash: string, url: string, keys: readonly string[]): boolean {
  const given = Buffer.from(hash.toLowerCase());
  const [bare = ''] = url.split('#');
  return keys.some((key) => {
    const wanted = Buffer.from(createHash('sha256').update(bare).update(key.toLowerCase()).digest('hex'));
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
}
