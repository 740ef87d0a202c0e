import type { BattleStanding, GameMode, Problem } from '@xuekao/contracts';
import { problemFrom } from '../api/problem.js';
import { findGame, lookForGame, stopWaiting, stopWaitingAtOnce } from './battle.api.js';
import { ask, type BattleSocket, openBattleSocket, SocketRefusal, Unreached } from './live-socket.js';
import type { RoomClock } from './room-clock.js';
import { type Connection, RoomLink } from './room-link.js';

/** A game has begun by then; after it the place is looked at again. */
const matchedWithinMs = 9_000;
const betweenLooksMs = 3_000;

/**
 * One browser's wait for a game: over the socket, and over HTTP as long as none stands. The place is the member's, whatever
 * way he asked for it; whoever leaves the page gives it up.
 */
export class BattleQueue {
  standing: BattleStanding | null = null;
  private readonly socket: BattleSocket;
  private readonly link: RoomLink;
  private refusal: Problem | null = null;
  private lookedAt = 0;
  private isGivenUp = false;
  private readonly goingAway = (event: PageTransitionEvent): void => {
    if (!event.persisted) this.giveUp();
  };

  constructor(
    private readonly mode: GameMode,
    private readonly changed: () => void,
  ) {
    this.socket = openBattleSocket('');
    this.socket.on('battle:matched', (standing) => this.take(standing));
    const options = { isScreen: false, clockEveryMs: 10_000 };
    this.link = new RoomLink(this.socket, options, {
      catchUp: () => this.find(),
      poll: () => this.look(),
      hasView: () => this.standing !== null,
      connected: () => undefined,
      changed,
    });
    globalThis.addEventListener('pagehide', this.goingAway);
    void this.look().catch((error: unknown) => this.refused(problemFrom(error)));
  }

  get connection(): Connection {
    return this.link.connection;
  }

  get problem(): Problem | null {
    return this.refusal ?? this.link.problem;
  }

  get clock(): RoomClock {
    return this.link.clock;
  }

  /** Gives up the place; true where a game began before that, and its others are waiting in it. */
  async cancel(): Promise<boolean> {
    this.isGivenUp = true;
    const standing = await this.cancelled();
    if (standing.state === 'playing') this.standing = standing;
    return standing.state === 'playing';
  }

  /** Looks at the place again when a game must have begun: its news may have been lost, and over HTTP nobody tells it. */
  lookIfOverdue(): void {
    if (this.standing?.state !== 'waiting' || this.isGivenUp) return;
    const isLive = this.connection === 'live';
    const dueAt = isLive ? this.standing.since + matchedWithinMs : this.standing.ghostsAt + 100;
    if (this.clock.now() < dueAt || performance.now() < this.lookedAt + betweenLooksMs) return;
    this.lookedAt = performance.now();
    if (isLive) void this.link.enter();
    else this.look().catch(() => undefined);
  }

  close(): void {
    globalThis.removeEventListener('pagehide', this.goingAway);
    this.giveUp();
    this.link.close();
  }

  /** A closed socket gives its place up by itself; over HTTP somebody must say so. */
  private giveUp(): void {
    if (this.isGivenUp || this.standing?.state === 'playing') return;
    this.isGivenUp = true;
    if (!this.socket.connected) stopWaitingAtOnce().catch(() => undefined);
  }

  private async cancelled(): Promise<BattleStanding> {
    try {
      if (this.socket.connected && this.mode !== 'survival') {
        return await ask(this.socket, 'battle:cancel', { mode: this.mode });
      }
    } catch (error) {
      if (!(error instanceof Unreached || error instanceof SocketRefusal)) throw error;
    }
    return stopWaiting();
  }

  private async find(): Promise<void> {
    const { mode } = this;
    this.take(await ask(this.socket, 'battle:find', { mode }));
  }

  private async look(): Promise<null> {
    const standing = this.standing?.state === 'waiting' ? await lookForGame() : await findGame(this.mode);
    // Somebody else's cancelling, or a place too old: begin anew.
    if (!this.isGivenUp) this.take(standing.state === 'none' ? await findGame(this.mode) : standing);
    return null;
  }

  private take(standing: BattleStanding): void {
    if (this.isGivenUp) return;
    if (standing.state === 'none') return void this.link.enter();
    this.standing = standing;
    this.refusal = null;
    this.changed();
  }

  private refused(problem: Problem): void {
    const isPassing = problem.status === 0 || problem.status >= 500 || problem.status === 429;
    if (isPassing) return;
    this.refusal = problem;
    this.changed();
  }
}
