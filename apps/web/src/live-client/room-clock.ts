import { enoughSamples, offsetOf, withSample } from '@xuekao/live/core';
import type { TimeSample } from '@xuekao/live/core';
import { ask, type AskingSocket, SocketRefusal } from './live-socket.js';

export interface RoomClock {
  /** The server's time; the device's own until the first exchange. */
  now(): number;
  /** The server's time at an instant of the page's monotonic clock, such as the time stamp of an event. */
  at(monotonicMs: number): number;
  /** Of the best exchange lately; null before the first. */
  roundTripMs(): number | null;
  /** Exchanges times until `stop`: five at once, then one each interval. */
  start(): Promise<void>;
  stop(): void;
  /** For good. */
  close(): void;
  /** A reading that came with an answer of HTTP. */
  note(serverMs: number, sentAt: number, receivedAt: number): void;
}

const betweenMs = 80;

/** Keeps the server's time for a socket. `dead` is told when an exchange gets no answer: the link is gone. */
export function clockOf(socket: AskingSocket, everyMs: number, dead: () => void, changed: () => void): RoomClock {
  let samples: TimeSample[] = [];
  /** The best reading so far: also after the samples were thrown away, until there is a fresh one. */
  let lastOffsetMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run = 0;

  function take(sample: TimeSample): void {
    samples = withSample(samples, sample);
    lastOffsetMs = offsetOf(samples)?.offsetMs ?? lastOffsetMs;
    changed();
  }

  async function exchange(): Promise<boolean> {
    const sentAt = performance.now();
    try {
      const { receivedAt, sentAt: serverSentAt } = await ask(socket, 'time:sync', {}, 4_000);
      take({ sentAt, receivedAt: performance.now(), serverReceivedAt: receivedAt, serverSentAt });
      return true;
    } catch (error) {
      return error instanceof SocketRefusal;
    }
  }

  async function keepGoing(mine: number): Promise<void> {
    const isAlive = await exchange();
    if (mine !== run) return;
    if (!isAlive) return dead();
    timer = setTimeout(() => void keepGoing(mine), samples.length < enoughSamples ? betweenMs : everyMs);
  }

  /**
   * A page that slept: its monotonic clock may have stood still, and the link may be gone. Until it knows better it goes on with
   * the old reading, which can only be late: the device's own clock may be ahead, and would end an open question.
   */
  const woke = (): void => {
    if (document.visibilityState !== 'visible') return;
    samples = [];
    if (socket.connected) void start();
  };
  document.addEventListener('visibilitychange', woke);

  function at(monotonicMs: number): number {
    return monotonicMs + (lastOffsetMs ?? Date.now() - performance.now());
  }

  function start(): Promise<void> {
    clearTimeout(timer);
    run += 1;
    return keepGoing(run);
  }

  function stop(): void {
    run += 1;
    clearTimeout(timer);
  }

  return {
    now: () => at(performance.now()),
    at,
    roundTripMs: () => offsetOf(samples)?.roundTripMs ?? null,
    start,
    stop,
    close() {
      stop();
      document.removeEventListener('visibilitychange', woke);
    },
    note: (serverMs, sentAt, receivedAt) =>
      take({ sentAt, receivedAt, serverReceivedAt: serverMs, serverSentAt: serverMs }),
  };
}
