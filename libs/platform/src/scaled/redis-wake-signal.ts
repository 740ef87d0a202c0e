import { Injectable, Logger } from '@nestjs/common';
import { WakeSignal } from '../wake-signal.js';
import type { WakeTopic } from '../wake-signal.js';
import { RedisConnections } from './redis-connections.js';

/** Over Redis pub/sub: any process signals, every process that listens wakes. */
@Injectable()
export class RedisWakeSignal extends WakeSignal {
  private readonly logger = new Logger('wake');
  private readonly listeners = new Map<string, (() => void)[]>();
  private readonly channel: string;
  private isSubscribed = false;

  constructor(private readonly connections: RedisConnections) {
    super();
    this.channel = `${connections.prefix}:wake`;
  }

  send(topic: WakeTopic): void {
    this.connections.commands
      .publish(this.channel, topic)
      .catch((error: unknown) => this.logger.debug({ event: 'wake.lost', topic, err: error }));
  }

  on(topic: WakeTopic, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
    if (this.isSubscribed) return;
    this.isSubscribed = true;
    const subscriber = this.connections.another();
    subscriber.on('message', (_channel: string, message: string) => this.wake(message));
    // What was sent while the connection was away is not repeated.
    subscriber.on('ready', () => {
      for (const each of this.listeners.keys()) this.wake(each);
    });
    subscriber
      .subscribe(this.channel)
      .catch((error: unknown) => this.logger.error({ event: 'wake.subscribe-failed', err: error }));
  }

  private wake(topic: string): void {
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }
}
