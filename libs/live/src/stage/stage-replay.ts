import type { StageFrame, StageNews, StageProgress, StageView } from '@xuekao/contracts';
import type { LogRow, RowBody } from '@xuekao/rooms';
import { emptyStage, evolveStage, isStageVisible, stageViewFor } from '../core/stage/index.js';
import type { StageEvent } from '../core/stage/index.js';
import { ProgressTrail } from '../replay-progress.js';
import type { ReplayProgress } from '../replay-progress.js';

export interface StageReplay {
  readonly roomId: string;
  /** What the screen showed before the first frame. */
  readonly view: StageView;
  /** What the screen was sent, with the times of the commits. */
  readonly frames: readonly StageFrame[];
  /** Seats and answers of the audience between the frames. */
  readonly progress: readonly ReplayProgress<Counters>[];
}

type Counters = Pick<StageProgress, 'seats' | 'answered'>;
const progressMs = 500;

/** What the big screen saw, from the log. */
export async function stageReplayOf(
  roomId: string,
  rows: AsyncIterable<LogRow> | Iterable<LogRow>,
): Promise<StageReplay> {
  let state = emptyStage(roomId);
  let first: StageView | null = null;
  const frames: StageFrame[] = [];
  const trail = new ProgressTrail<Counters>();
  for await (const row of rows) {
    const { events } = JSON.parse(row.payload) as RowBody<StageEvent>;
    state = events.reduce(evolveStage, state);
    first ??= stageViewFor(state, 'screen', null);
    const seen = events.filter((event) => isStageVisible(event, 'screen')) as StageNews[];
    const { seq, at } = row;
    if (seen.length > 0) {
      frames.push({ roomId, seq, after: frames.at(-1)?.seq ?? 1, at, events: seen });
      trail.frame();
    }
    trail.note({ seats: state.audience.length, answered: state.answered }, row, progressMs);
  }
  return { roomId, view: first ?? stageViewFor(state, 'screen', null), frames, progress: trail.list };
}
