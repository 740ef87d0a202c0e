import { Injectable } from '@nestjs/common';
import type { QuizShown, QuizView, StageView } from '@xuekao/contracts';
import { Refused } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { RowBody, RoomViewer } from '@xuekao/rooms';
import { picturesOf } from './core/host-acts.js';
import type { QuizEvent } from './core/quiz-events.js';
import type { QuizQuestion } from './core/quiz-state.js';
import type { StageEvent } from './core/stage/index.js';
import { allowed } from './live.errors.js';
import { LiveQuestionSource } from './live.ports.js';
import type { LivePicture } from './live.ports.js';

/** Of the pictures that were asked for last: a hall asks for the same one thousands of times within a second. */
const keptPictures = 16;
/** Contests whose replay is looked at. */
const keptRooms = 4;

/** Pictures of a room's questions, for exactly those who have the question before them, and for a replay. */
@Injectable()
export class RoomPictures {
  private readonly kept = new Map<string, Promise<LivePicture | null>>();
  private readonly played = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(
    private readonly rooms: Rooms,
    private readonly source: LiveQuestionSource,
  ) {}

  /**
   * Refuses 'resource.not-found' unless the viewer's own view shows it now: not before its question, nor after it. Once all
   * is over, hosts are shown those of every question, as the log that they may have names them.
   */
  async read(roomId: string, viewer: RoomViewer, pictureId: string): Promise<LivePicture> {
    const { view } = allowed(await this.rooms.view(roomId, viewer));
    const { phase, question } = shownBy(view as QuizView | StageView);
    const isReplay = phase === 'ended' && viewer.audience === 'host';
    const isShown = isReplay
      ? (await this.playedIn(roomId)).has(pictureId)
      : question !== null && picturesOf(question).some(({ id }) => id === pictureId);
    const picture = isShown ? await this.stored(pictureId) : null;
    if (!picture) throw new Refused('resource.not-found', { id: pictureId });
    return picture;
  }

  private stored(id: string): Promise<LivePicture | null> {
    return remembered(this.kept, keptPictures, id, () => this.source.picture(id));
  }

  private playedIn(roomId: string): Promise<ReadonlySet<string>> {
    return remembered(this.played, keptRooms, roomId, () => this.prepared(roomId));
  }

  /** The questions stand in the first row of the log. */
  private async prepared(roomId: string): Promise<ReadonlySet<string>> {
    for await (const { payload } of this.rooms.rows(roomId)) {
      const { events } = JSON.parse(payload) as RowBody<QuizEvent | StageEvent>;
      const pictures = events.flatMap(preparedQuestions).flatMap(picturesOf);
      return new Set(pictures.map(({ id }) => id));
    }
    return new Set();
  }
}

/** What a page of either kind of contest has before it. */
function shownBy(view: QuizView | StageView): { readonly phase: string; readonly question: QuizShown | null } {
  return 'scene' in view ? view.scene : view;
}

function preparedQuestions(event: QuizEvent | StageEvent): readonly QuizQuestion[] {
  switch (event.type) {
    case 'room-prepared':
      return event.setup.questions;
    case 'stage-prepared':
      return event.setup.piles.flatMap(({ questions }) => questions);
    default:
      return [];
  }
}

/** The oldest gives way; what failed is tried again. */
function remembered<T>(kept: Map<string, Promise<T>>, most: number, id: string, load: () => Promise<T>): Promise<T> {
  const known = kept.get(id);
  if (known) return known;
  const loading = load();
  kept.set(id, loading);
  loading.catch(() => kept.delete(id));
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return loading;
}
