import type { Problem } from '@xuekao/contracts';
import type { Socket } from 'socket.io-client';
import { offlineProblem, problemFrom, ProblemError } from '../api/problem.js';
import { noteServerReached } from '../app/connection.js';
import { refreshAccess } from '../auth/access.js';
import { SocketRefusal, Unreached } from './live-socket.js';
import { clockOf, type RoomClock } from './room-clock.js';

/** `polling`: over HTTP, because no socket gets through. `lost`: nothing gets through at the moment. `refused`: never will. */
export type Connection = 'connecting' | 'live' | 'polling' | 'lost' | 'refused';

const fallBackAfterMs = 2_500;
const pollEveryMs = 2_000;

export interface LinkWork {
  /** Takes the place in the room over the socket and brings what is shown up to date. */
  catchUp(): Promise<void>;
  /** The same over HTTP: the server's time, or null where nothing has changed. Left out where the role has no HTTP. */
  readonly poll?: () => Promise<number | null>;
  hasView(): boolean;
  /** The link stands anew: what waits is sent. */
  connected(): void;
  changed(): void;
}

/** One browser's line to one room: socket, fall back to HTTP, the server's clock. Knows nothing of what is played. */
export class RoomLink {
  connection: Connection = 'connecting';
  /** Why the room cannot be entered. */
  problem: Problem | null = null;
  readonly clock: RoomClock;
  isClosed = false;
  private isEntering = false;
  /** Something was missed while the room was being entered: what came then may be older. */
  private isBehind = false;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly options: { readonly isScreen: boolean; readonly clockEveryMs: number },
    private readonly work: LinkWork,
  ) {
    this.clock = clockOf(socket, options.clockEveryMs, () => this.drop(), work.changed);
    socket.on('connect', () => void this.enter());
    socket.on('disconnect', () => this.lost());
    socket.on('connect_error', (error) => void this.refusedAtTheDoor(error));
    this.pollSoon(fallBackAfterMs);
  }

  /** Takes the place in the room again and catches up with it. */
  async enter(): Promise<void> {
    if (this.isEntering) return void (this.isBehind = true);
    this.isEntering = true;
    this.isBehind = false;
    try {
      await this.work.catchUp();
      clearTimeout(this.pollTimer);
      this.connection = 'live';
      noteServerReached(true);
      this.problem = null;
      this.work.changed();
      void this.clock.start();
      this.work.connected();
      if (this.isBehind) setTimeout(() => this.isClosed || void this.enter(), 0);
    } catch (error) {
      if (error instanceof SocketRefusal) this.refused(error.problem);
      else if (this.socket.connected) setTimeout(() => void this.enter(), 500);
    } finally {
      this.isEntering = false;
    }
  }

  /** Sends until the server has said yes or no; the message carries its own id, so that it counts once. */
  async insist<Value>(send: () => Promise<Value>): Promise<Value> {
    for (let tries = 0; ; tries++) {
      try {
        return await send();
      } catch (error) {
        if (error instanceof SocketRefusal) throw new ProblemError(error.problem);
        if (!(error instanceof Unreached) || this.isClosed) throw error;
        if (tries >= 20) throw new ProblemError(offlineProblem);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.pollTimer);
    this.clock.close();
    this.socket.disconnect();
  }

  /** The link is dead though nobody closed it: hall Wi-Fi does that. */
  private drop(): void {
    this.socket.io.engine?.close();
  }

  private lost(): void {
    this.clock.stop();
    if (this.isClosed || this.connection === 'refused') return;
    this.connection = 'lost';
    this.work.changed();
    this.pollSoon(fallBackAfterMs);
    // The server may have closed the socket on purpose, as it does before a restart; socket.io then waits for us.
    if (!this.socket.active) setTimeout(() => this.isClosed || this.socket.connect(), 1_000);
  }

  private async refusedAtTheDoor(error: Error): Promise<void> {
    const problem = (error as Error & { data?: Problem }).data;
    if (!problem) {
      if (this.connection === 'live') this.lost();
      return;
    }
    const isPassing = problem.status >= 500 || problem.code === 'auth.required' || problem.status === 429;
    const goesOn = isPassing && (this.options.isScreen || problem.status !== 401 || (await refreshAccess()));
    if (!goesOn) return this.refused(problem);
    setTimeout(() => this.isClosed || this.socket.connect(), 1_000);
  }

  private refused(problem: Problem): void {
    if (problem.status >= 500 || problem.status === 429) {
      setTimeout(() => this.isClosed || void this.enter(), 1_000);
      return;
    }
    this.connection = 'refused';
    this.problem = problem;
    clearTimeout(this.pollTimer);
    this.work.changed();
  }

  private pollSoon(inMs: number): void {
    clearTimeout(this.pollTimer);
    if (this.work.poll) this.pollTimer = setTimeout(() => void this.poll(), inMs);
  }

  private async poll(): Promise<void> {
    if (this.isClosed || this.connection === 'live' || this.connection === 'refused' || !this.work.poll) return;
    const sentAt = performance.now();
    try {
      const serverTime = await this.work.poll();
      if (serverTime !== null) this.clock.note(serverTime, sentAt, performance.now());
      this.polled();
    } catch (error) {
      const problem = problemFrom(error);
      if (problem.status === 304) this.polled();
      else if (problem.status === 403 || problem.status === 404) return this.refused(problem);
      else this.pollFailed();
    }
    if (!this.isClosed && !this.socket.connected) this.pollSoon(pollEveryMs);
  }

  private polled(): void {
    if (this.socket.connected && this.work.hasView()) return;
    const isBack = this.connection !== 'polling';
    this.connection = 'polling';
    this.work.changed();
    if (isBack) this.work.connected();
  }

  private pollFailed(): void {
    if (this.socket.connected) return;
    this.connection = this.work.hasView() ? 'lost' : 'connecting';
    this.work.changed();
  }
}
