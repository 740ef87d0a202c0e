import type { StageFrame, StageNews, StageView } from '@xuekao/contracts';
import type { LogRow, RowBody } from '@xuekao/rooms';
import { emptyStage, evolveStage, isStageVisible, stageViewFor } from '../core/stage/index.js';
import type { StageEvent } from '../core/stage/index.js';

export interface StageReplay {
  readonly roomId: string;
  /** What the screen showed before the first frame. */
  readonly view: StageView;
  /** What the screen was sent, with the times of the commits. */
  readonly frames: readonly StageFrame[];
}

/** What the big screen saw, from the log. */
export async function stageReplayOf(
  roomId: string,
  rows: AsyncIterable<LogRow> | Iterable<LogRow>,
): Promise<StageReplay> {
  let first: StageView | null = null;
  const frames: StageFrame[] = [];
  for await (const { seq, at, payload } of rows) {
    const { events } = JSON.parse(payload) as RowBody<StageEvent>;
    first ??= stageViewFor(events.reduce(evolveStage, emptyStage(roomId)), 'screen', null);
    const seen = events.filter((event) => isStageVisible(event, 'screen')) as StageNews[];
    if (seen.length > 0) frames.push({ roomId, seq, after: frames.at(-1)?.seq ?? 1, at, events: seen });
  }
  return { roomId, view: first ?? stageViewFor(emptyStage(roomId), 'screen', null), frames };
}
