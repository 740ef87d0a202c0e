import { Injectable } from '@nestjs/common';
import { realTimers } from '@xuekao/rooms';
import type { Timers } from '@xuekao/rooms';
import type { Socket } from 'socket.io';
import { longestRttMs, noRtt, withRtt } from '../core/buzzer/rtt.js';
import type { RttSamples } from '../core/buzzer/rtt.js';

/** Asks the other end and settles when it has answered; a rejection is no sample. */
export type Probe = () => Promise<void>;

const quickProbes = 5;
const quickEveryMs = 150;
const everyMs = 2_000;
/** So many connections are measured by one process at most; a stage has a dozen. */
const metersMost = 512;

/**
 * The round trips of one connection. The server asks, so that a client can neither claim a figure nor answer before it was
 * asked with profit: an early answer only shortens what it may be credited. One probe of each way is under way at a time.
 * A page's script can hold back the acknowledgements of messages: they count only where pings of the protocol are answered too,
 * so a link over long polling is not known and nothing is credited to it.
 */
export class RttMeter {
  private held = noRtt;
  private isProven = false;
  private rounds = 0;
  private stopped = false;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly ping: Probe,
    private readonly message: Probe,
    private readonly timers: Timers,
    private readonly monotonicMs: () => number,
  ) {}

  get samples(): RttSamples {
    return this.isProven ? this.held : noRtt;
  }

  start(): void {
    void this.round();
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  private async round(): Promise<void> {
    const [isPinged] = await Promise.all([this.ask(this.ping), this.ask(this.message)]);
    this.isProven ||= isPinged;
    this.rounds += 1;
    if (!this.stopped) {
      this.cancel = this.timers.after(this.rounds < quickProbes ? quickEveryMs : everyMs, () => void this.round());
    }
  }

  private async ask(probe: Probe): Promise<boolean> {
    const askedAt = this.monotonicMs();
    try {
      await probe();
      this.held = withRtt(this.held, this.monotonicMs() - askedAt);
      return true;
    } catch {
      // No answer, or one that was refused: the link is as well known as before.
      return false;
    }
  }
}

/** A message of our own, which the page's script acknowledges. */
const messageProbe = (socket: Socket): Probe => {
  let nonce = 0;
  return async () => {
    nonce += 1;
    const answer: unknown = await socket.timeout(longestRttMs).emitWithAck('rtt:probe', nonce);
    if (answer !== nonce) throw new Error('The acknowledgement names another probe');
  };
};

interface WireSocket {
  ping(data: Buffer): void;
  on(event: 'pong', heard: (data: Buffer) => void): void;
  off(event: 'pong', heard: (data: Buffer) => void): void;
}

/** A ping of the WebSocket protocol, which the browser itself answers: no script of a page can hold it back. */
const wireProbe = (socket: Socket, timers: Timers): Probe => {
  let nonce = 0;
  return () => {
    const { name, socket: wire } = socket.conn.transport as unknown as { name: string; socket?: WireSocket };
    if (name !== 'websocket' || !wire) return Promise.reject(new Error('No WebSocket yet'));
    const sent = Buffer.from(`rtt${(nonce += 1)}`);
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        wire.off('pong', heard);
        cancel();
        act();
      };
      const heard = (data: Buffer): void => (data.equals(sent) ? settle(resolve) : undefined);
      const cancel = timers.after(longestRttMs, () => settle(() => reject(new Error('No pong'))));
      wire.on('pong', heard);
      wire.ping(sent);
    });
  };
};

/** The meters of this node's sockets, from the first time one is asked for until the socket ends. */
@Injectable()
export class RttMeters {
  private readonly meters = new Map<Socket, RttMeter>();

  samplesOf(socket: Socket): RttSamples {
    return (this.meters.get(socket) ?? this.started(socket))?.samples ?? noRtt;
  }

  private started(socket: Socket): RttMeter | null {
    if (this.meters.size >= metersMost || !socket.connected) return null;
    const meter = new RttMeter(wireProbe(socket, realTimers), messageProbe(socket), realTimers, () =>
      performance.now(),
    );
    this.meters.set(socket, meter);
    socket.once('disconnect', () => {
      meter.stop();
      this.meters.delete(socket);
    });
    meter.start();
    return meter;
  }
}
