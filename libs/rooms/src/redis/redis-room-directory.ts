import type { Redis } from 'ioredis';
import { newId } from '@xuekao/kernel';
import { RoomDirectory } from '../room-directory.js';

/** A dead owner's rooms are free after this long; a living one renews three times within it. */
const leaseMs = 3_000;
/** How long another node's ownership is believed without asking again. */
const believedMs = 2_000;

const keyOf = (roomId: string): string => `xuekao:rooms:owner:${roomId}`;

const renewScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

/**
 * Owners as leases in Redis. A lease only says whom to ask: when Redis forgets or two nodes believe themselves owner, the epoch
 * in the database lets one of them write.
 */
export class RedisRoomDirectory extends RoomDirectory {
  readonly nodeId = `node-${newId()}`;
  readonly isShared = true;
  private readonly owned = new Set<string>();
  private readonly believed = new Map<string, { readonly owner: string; readonly until: number }>();
  private lost: (roomId: string) => void = () => undefined;
  private readonly renewal: NodeJS.Timeout;

  /** `owns` is false for processes that only ask, such as the HTTP app. */
  constructor(
    private readonly redis: Redis,
    private owns: boolean,
  ) {
    super();
    this.renewal = setInterval(() => void this.renewAll(), leaseMs / 3).unref();
  }

  override async ownerFor(roomId: string): Promise<string | null> {
    if (this.owned.has(roomId)) return this.nodeId;
    const believed = this.believed.get(roomId);
    if (believed && believed.until > Date.now()) return believed.owner;
    const owner = (await this.redis.get(keyOf(roomId))) ?? (this.owns ? await this.take(roomId) : null);
    if (owner !== null && owner !== this.nodeId) this.believe(roomId, owner);
    return owner;
  }

  override isOwnedHere(roomId: string): boolean {
    return this.owned.has(roomId);
  }

  override retire(): void {
    this.owns = false;
  }

  override doubt(roomId: string): void {
    this.believed.delete(roomId);
  }

  override async release(roomId: string): Promise<void> {
    if (this.owned.delete(roomId)) await this.redis.eval(releaseScript, 1, keyOf(roomId), this.nodeId);
  }

  override onLost(lost: (roomId: string) => void): void {
    this.lost = lost;
  }

  close(): void {
    clearInterval(this.renewal);
  }

  private async take(roomId: string): Promise<string | null> {
    if ((await this.redis.set(keyOf(roomId), this.nodeId, 'PX', leaseMs, 'NX')) !== 'OK') {
      return this.redis.get(keyOf(roomId));
    }
    this.owned.add(roomId);
    return this.nodeId;
  }

  private believe(roomId: string, owner: string): void {
    if (this.believed.size > 10_000) this.believed.clear();
    this.believed.set(roomId, { owner, until: Date.now() + believedMs });
  }

  private async renewAll(): Promise<void> {
    for (const roomId of this.owned) {
      try {
        const renewed = await this.redis.eval(renewScript, 1, keyOf(roomId), this.nodeId, leaseMs);
        if (renewed !== 1 && this.owned.delete(roomId)) this.lost(roomId);
      } catch {
        // Without Redis nobody else can take the room either: this node goes on, and the database decides.
        return;
      }
    }
  }
}
