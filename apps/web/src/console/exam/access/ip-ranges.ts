interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function ofV4(text: string): bigint | null {
  const parts = text.split('.');
  const isWhole = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isWhole ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) : null;
}

function ofV6(text: string): bigint | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const v4 = tail ? ofV4(tail[2]!) : 0n;
  if (v4 === null) return null;
  const plain = tail ? `${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}` : text;
  const [head = '', rest, ...more] = plain.split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(rest)];
  const open = 8 - before.length - after.length;
  if (more.length > 0 || (rest === undefined ? open !== 0 : open < 1)) return null;
  const all = [...before, ...Array<string>(rest === undefined ? 0 : open).fill('0'), ...after];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** An IPv4 or IPv6 address; IPv4 that comes as IPv6 (`::ffff:10.0.0.1`) counts as IPv4. Null for anything else. */
export function addressOf(text: string): Address | null {
  const v4 = ofV4(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text);
  if (v4 !== null) return { bits: 32, value: v4 };
  const v6 = text.includes(':') ? ofV6(text) : null;
  return v6 === null ? null : { bits: 128, value: v6 };
}

function rangeOf(text: string): (Address & { readonly prefix: number }) | null {
  const [base = '', prefix, ...rest] = text.split('/');
  const address = addressOf(base);
  if (!address || rest.length > 0) return null;
  if (prefix === undefined) return { ...address, prefix: address.bits };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= address.bits ? { ...address, prefix: Number(prefix) } : null;
}

/** The lines of a text without spaces and empty ones; commas and semicolons, also full-width ones, part them too. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\s,;，；、]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Those that are neither an address nor a CIDR range. The server checks again and has the last word. */
export const unreadableRanges = (ranges: readonly string[]): string[] =>
  ranges.filter((range) => rangeOf(range) === null);

export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const own = addressOf(address);
  return ranges.some((text) => {
    const range = rangeOf(text);
    if (!own || range?.bits !== own.bits) return false;
    const shift = BigInt(range.bits - range.prefix);
    return own.value >> shift === range.value >> shift;
  });
}

/** How many addresses a range holds: `256`, or a power of two where it is beyond counting. */
export function sizeOf(text: string): string {
  const range = rangeOf(text);
  if (!range) return '';
  const free = range.bits - range.prefix;
  return free <= 24 ? String(2 ** free) : `2^${free}`;
}
