import { Injectable } from '@nestjs/common';
import type { AttemptWatched } from '@xuekao/contracts';
import { currentActor } from '@xuekao/platform';
import type { Socket } from 'socket.io';
import { AttemptStore } from '../attempt.store.js';
import { ExamRefused, found } from '../exam.errors.js';
import { AttemptActivity } from '../invigilation/attempt-activity.js';
import { AttemptStatusQuery } from '../invigilation/attempt-status.query.js';
import type { OwnedStatus } from '../invigilation/attempt-status.query.js';

interface Watcher {
  readonly socket: Socket;
  readonly writer: string;
  /** What it was told last, but for the time. */
  told: string;
}

interface Watched {
  readonly examId: string;
  readonly watchers: Map<string, Watcher>;
}

/** Clients that sit an exam, on the sockets of this process. */
@Injectable()
export class AttemptWatchers {
  private readonly attempts = new Map<string, Watched>();

  constructor(
    private readonly store: AttemptStore,
    private readonly query: AttemptStatusQuery,
    private readonly activity: AttemptActivity,
  ) {}

  get examIds(): string[] {
    return [...new Set([...this.attempts.values()].map(({ examId }) => examId))];
  }

  /** Somebody else's attempt is not found. */
  async enter(socket: Socket, attemptId: string, writer: string): Promise<AttemptWatched> {
    const attempt = await this.store.byId(attemptId);
    if (!attempt || attempt.memberId !== currentActor().memberId) throw new ExamRefused('resource.not-found');
    const { examId } = attempt;
    const watched = this.attempts.get(attemptId) ?? { examId, watchers: new Map<string, Watcher>() };
    this.attempts.set(attemptId, watched);
    const watcher = { socket, writer, told: '' };
    watched.watchers.set(socket.id, watcher);
    this.activity.meet(examId, attemptId, true);
    // Entered before the look, so that no change falls between the two.
    const [status] = await this.query.of([attemptId]);
    const view = viewFor(found(status), watcher);
    watcher.told = textOf(view);
    if (!socket.connected) this.leave(socket);
    return view;
  }

  leave(socket: Socket): void {
    for (const [attemptId, { examId, watchers }] of this.attempts) {
      if (!watchers.delete(socket.id) || watchers.size > 0) continue;
      this.attempts.delete(attemptId);
      this.activity.meet(examId, attemptId, false);
    }
  }

  /** Everybody who is here is still here. */
  beat(): void {
    for (const [attemptId, { examId }] of this.attempts) this.activity.meet(examId, attemptId, true);
  }

  /** Tells the clients of an exam what has become different: of all attempts, or of these. */
  async refresh(examId: string, attemptIds?: readonly string[]): Promise<void> {
    const chosen = attemptIds ?? [...this.attempts.keys()];
    const ids = chosen.filter((id) => this.attempts.get(id)?.examId === examId);
    for (const status of await this.query.of(ids)) {
      for (const watcher of this.attempts.get(status.attemptId)?.watchers.values() ?? []) {
        const view = viewFor(status, watcher);
        const text = textOf(view);
        if (text === watcher.told) continue;
        watcher.told = text;
        watcher.socket.emit('attempt:changed', view);
      }
    }
  }
}

/** The token of the writing device stays here: a client learns only whether it is its own. */
function viewFor({ writer, ...status }: OwnedStatus, to: Watcher) {
  return { ...status, isWriter: writer === to.writer };
}

function textOf(view: AttemptWatched): string {
  return JSON.stringify({ ...view, serverNow: 0 });
}
