import { Injectable } from '@nestjs/common';
import { StorageUnavailable } from '@xuekao/database';
import { RateLimiter } from '../rate-limit.js';
import { RedisConnections } from './redis-connections.js';

/** One script: between a count and its expiry no process may stop, or the key would stay for ever. */
const countInWindow = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { count, redis.call('PTTL', KEYS[1]) }`;

/** The scaled twin: the windows live in Redis and are measured by its clock. */
@Injectable()
export class RedisRateLimiter extends RateLimiter {
  constructor(private readonly connections: RedisConnections) {
    super();
  }

  /** Throws StorageUnavailable without Redis: an act that cannot be counted is not allowed. */
  async hit(key: string, limit: number, windowMs: number): Promise<number> {
    const { commands, prefix } = this.connections;
    const [count, leftMs] = (await commands
      .eval(countInWindow, 1, `${prefix}:rate:${key}`, Math.max(1, Math.ceil(windowMs)))
      .catch((error: unknown) => {
        throw new StorageUnavailable('The rate limiter cannot reach Redis', { cause: error });
      })) as [number, number];
    return count <= limit ? 0 : Math.max(1, Math.ceil(leftMs / 1000));
  }
}
