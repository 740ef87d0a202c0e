import { Injectable } from '@nestjs/common';
import type { QuizBoard, QuizFrame, QuizNews, QuizProgress, QuizView } from '@xuekao/contracts';
import { Rooms } from '@xuekao/rooms';
import type { LogRow, RowBody, Verdict } from '@xuekao/rooms';
import { ContestService } from './contest.service.js';
import { evolveQuiz } from './core/evolve.js';
import type { QuizEvent } from './core/quiz-events.js';
import { emptyQuiz } from './core/quiz-state.js';
import { boardOf } from './core/ranking.js';
import { isVisible, quizProgress, quizViewFor } from './core/view.js';
import { LiveRefused } from './live.errors.js';
import { ProgressTrail } from './replay-progress.js';
import type { ReplayProgress } from './replay-progress.js';

export interface ContestReplay {
  readonly roomId: string;
  readonly title: string;
  /** What the screen showed before the first frame. */
  readonly view: QuizView;
  /** What the screen was sent, with the times of the commits. */
  readonly frames: readonly QuizFrame[];
  /** Seats and answers between the frames, and in the lobby who had come. */
  readonly progress: readonly ReplayProgress<Omit<QuizProgress, 'seq'>>[];
  /** The ranking that the log gives: the board of the last frame, and of the stored results. */
  readonly board: QuizBoard;
}

const audience = 'screen';
const progressMs = 500;
/** Who has come, by unit, is long: a lobby is told in larger steps. */
const lobbyMs = 5_000;

/** What the big screen saw, from the log. */
@Injectable()
export class ReplayService {
  constructor(
    private readonly contests: ContestService,
    private readonly rooms: Rooms,
  ) {}

  /** For hosts, after the end: the frames hold every key. */
  async replay(roomId: string): Promise<ContestReplay> {
    const { endedAt, title } = await this.contests.hosted(roomId);
    if (endedAt === null) throw new LiveRefused('live.contest.not-over');
    return { title, ...(await replayOf(roomId, this.rooms.rows(roomId))) };
  }

  /** Whether the log of a contest that is over is as it was written. */
  async check(roomId: string): Promise<Verdict> {
    const { endedAt } = await this.contests.hosted(roomId);
    if (endedAt === null) throw new LiveRefused('live.contest.not-over');
    return this.rooms.verify(roomId);
  }
}

export async function replayOf(
  roomId: string,
  rows: AsyncIterable<LogRow> | Iterable<LogRow>,
): Promise<Omit<ContestReplay, 'title'>> {
  let state = emptyQuiz(roomId);
  let view: QuizView | null = null;
  const frames: QuizFrame[] = [];
  const trail = new ProgressTrail<Omit<QuizProgress, 'seq'>>();
  for await (const row of rows) {
    const { events } = JSON.parse(row.payload) as RowBody<QuizEvent>;
    for (const event of events) state = evolveQuiz(state, event);
    view ??= quizViewFor(state, audience, null);
    const seen = events.filter((event) => isVisible(event, audience)) as QuizNews[];
    const { seq, at } = row;
    if (seen.length > 0) {
      frames.push({ roomId, seq, after: frames.at(-1)?.seq ?? 1, at, events: seen });
      trail.frame();
    }
    trail.note(quizProgress(state, audience), row, state.phase === 'lobby' ? lobbyMs : progressMs);
  }
  const first = view ?? quizViewFor(state, audience, null);
  return { roomId, view: first, frames, progress: trail.list, board: boardOf(state) };
}
