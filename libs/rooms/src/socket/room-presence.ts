/** Who is online at one node: the keys of persons, or of sockets without one, by audience. */
export type Present = Readonly<Record<string, ReadonlySet<string>>>;
/** The same for other nodes: keys as 32-bit hashes in base64, so that ten thousand phones take fifty kilobytes. */
export type PresenceNote = Readonly<Record<string, string>>;
export type Online = Readonly<Record<string, number>>;

/** How often a node says who is online at it, and after how much silence it is taken for gone with all of them. */
export interface PresencePace {
  readonly beatMs: number;
  readonly silentMs: number;
}
export const presencePace: PresencePace = { beatMs: 2_000, silentMs: 6_000 };

interface Heard {
  readonly present: Readonly<Record<string, Uint32Array>>;
  readonly at: number;
}

/** Who is online in a room at all nodes. A person at two of them counts once; a node that has fallen silent counts no more. */
export class RoomPresence {
  private here: Present = {};
  private readonly others = new Map<string, Heard>();

  setHere(present: Present): void {
    this.here = present;
  }

  hear(node: string, note: PresenceNote, at: number): void {
    const unpacked = Object.entries(note).map(([audience, keys]) => [audience, hashesIn(keys)] as const);
    this.others.set(node, { present: Object.fromEntries(unpacked), at });
  }

  /** Nodes not heard since then are forgotten: they have died, or nobody can hear them. */
  forgetBefore(since: number): void {
    for (const [node, { at }] of this.others) if (at < since) this.others.delete(node);
  }

  online(): Online {
    const others = [...this.others.values()];
    const audiences = new Set([this.here, ...others.map(({ present }) => present)].flatMap(Object.keys));
    return Object.fromEntries([...audiences].map((audience) => [audience, this.countOf(audience, others)]));
  }

  private countOf(audience: string, others: readonly Heard[]): number {
    const here = this.here[audience];
    const elsewhere = others.flatMap(({ present }) => present[audience] ?? []).filter(({ length }) => length > 0);
    if (elsewhere.length === 0) return here?.size ?? 0;
    const all = new Set(here ? hashesOf(here) : []);
    for (const hashes of elsewhere) for (const hash of hashes) all.add(hash);
    return all.size;
  }
}

export function noteOf(present: Present): PresenceNote {
  const packed = Object.entries(present).map(([audience, keys]) => {
    const hashes = hashesOf(keys);
    return [audience, Buffer.from(hashes.buffer).toString('base64')] as const;
  });
  return Object.fromEntries(packed);
}

const hashesOf = (keys: ReadonlySet<string>): Uint32Array<ArrayBuffer> => Uint32Array.from(keys, hashOf);

function hashesIn(packed: string): Uint32Array {
  const bytes = Buffer.from(packed, 'base64');
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readUInt32LE(at * 4));
}

/** FNV-1a. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
