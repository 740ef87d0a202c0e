import { Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** Redis cannot be reached or does not let us in. */
export class RedisUnavailable extends Error {}

/** This process's connections to Redis: one for commands, others on request, all closed at the end. */
export class RedisConnections implements OnApplicationShutdown {
  private readonly logger = new Logger('redis');
  private readonly opened: Redis[] = [];

  private constructor(
    /** Fails fast: a command waits for one reconnection at most. */
    readonly commands: Redis,
    /** Put before every key and channel of the installation. */
    readonly prefix: string,
  ) {
    this.keep(commands);
  }

  /** Throws RedisUnavailable with one sentence; the password of the address is not told. */
  static async open(url: string, prefix: string): Promise<RedisConnections> {
    const { Redis } = await import('ioredis');
    let isOpen = false;
    const commands = new Redis(url, {
      lazyConnect: true,
      connectTimeout: 5000,
      maxRetriesPerRequest: 1,
      retryStrategy: (times) => (isOpen ? Math.min(times * 200, 2000) : null),
    });
    let reason: Error | undefined;
    const note = (error: Error): void => {
      reason ??= error;
    };
    commands.on('error', note);
    try {
      await commands.connect();
      await commands.ping();
    } catch (error) {
      commands.disconnect();
      const cause = reason ?? (error as Error);
      const detail = (cause as NodeJS.ErrnoException).code ?? cause.message;
      throw new RedisUnavailable(`Redis at ${new URL(url).host} cannot be used: ${detail}`, { cause });
    }
    isOpen = true;
    commands.off('error', note);
    return new RedisConnections(commands, prefix);
  }

  /** A connection of its own, for blocking commands and subscriptions: it waits for Redis as long as it takes. */
  another(): Redis {
    return this.commands.duplicate({
      lazyConnect: false,
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(times * 200, 2000),
    });
  }

  /** True when Redis answers within a second. */
  async answers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), 1000);
    });
    const asked = this.commands.ping().then(
      () => true,
      () => false,
    );
    const isThere = await Promise.race([asked, late]);
    clearTimeout(timer);
    return isThere;
  }

  private keep(connection: Redis): Redis {
    let isLost = false;
    connection.on('error', (error: Error) => {
      if (!isLost) this.logger.error({ event: 'redis.lost', err: error });
      isLost = true;
    });
    connection.on('ready', () => {
      if (isLost) this.logger.log({ event: 'redis.back' });
      isLost = false;
    });
    this.opened.push(connection);
    const duplicate = connection.duplicate.bind(connection);
    // BullMQ makes its blocking connection from the one it is given, and leaves it open when Redis is away.
    connection.duplicate = (override) => this.keep(duplicate(override));
    return connection;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.opened.map(close));
  }
}

async function close(connection: Redis): Promise<void> {
  if (connection.status !== 'ready') return connection.disconnect();
  const late = setTimeout(() => connection.disconnect(), 2000);
  try {
    await connection.quit();
  } catch {
    connection.disconnect();
  } finally {
    clearTimeout(late);
  }
}
