import type { Redis } from 'ioredis';
import { detached } from '../timers.js';

/** Channels of one subscribing connection and who listens to each. ioredis subscribes again by itself after a reconnect. */
export class RedisSubscriptions {
  private readonly listeners = new Map<string, (text: string) => void>();

  constructor(private readonly redis: Redis) {
    redis.on('message', (channel: string, text: string) => {
      const listener = this.listeners.get(channel);
      if (listener) detached(() => listener(text));
    });
  }

  /** Resolves when messages arrive. */
  async add(channel: string, listener: (text: string) => void): Promise<void> {
    this.listeners.set(channel, listener);
    await this.redis.subscribe(channel);
  }

  async remove(channel: string): Promise<void> {
    if (this.listeners.delete(channel)) await this.redis.unsubscribe(channel);
  }
}
