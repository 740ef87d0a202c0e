import { Injectable } from '@nestjs/common';
import { Refused } from '@xuekao/platform';
import type { RoomViewer } from '@xuekao/rooms';
import { picturesOf } from './core/host-acts.js';
import { LiveQuestionSource } from './live.ports.js';
import type { LivePicture } from './live.ports.js';
import { QuizRoomService } from './quiz-room.service.js';

/** Of the pictures that were asked for last: a hall asks for the same one thousands of times within a second. */
const keptPictures = 16;

/** Pictures of a room's questions, for exactly those who have the question before them. */
@Injectable()
export class RoomPictures {
  private readonly kept = new Map<string, Promise<LivePicture | null>>();

  constructor(
    private readonly quiz: QuizRoomService,
    private readonly source: LiveQuestionSource,
  ) {}

  /** Refuses 'resource.not-found' unless the viewer's own view shows it now: not before its question, nor after it. */
  async read(roomId: string, viewer: RoomViewer, pictureId: string): Promise<LivePicture> {
    const { view } = await this.quiz.viewOf(roomId, viewer);
    const isShown = view.question !== null && picturesOf(view.question).some(({ id }) => id === pictureId);
    const picture = isShown ? await this.stored(pictureId) : null;
    if (!picture) throw new Refused('resource.not-found', { id: pictureId });
    return picture;
  }

  private stored(id: string): Promise<LivePicture | null> {
    const known = this.kept.get(id);
    if (known) return known;
    const loading = this.source.picture(id);
    this.kept.set(id, loading);
    loading.catch(() => this.kept.delete(id));
    const [oldest] = this.kept.keys();
    if (this.kept.size > keptPictures && oldest !== undefined) this.kept.delete(oldest);
    return loading;
  }
}
