import type { QuizBoard, StageScene } from '@xuekao/contracts';
import { type HallReplay, hallTrack, lastState, type StageReplay, stageTrack } from './track.js';

type Line = readonly [place: number | null, who: string, points: number];

const linesOf = (lines: readonly Line[]): string => JSON.stringify(lines);

/** Whether the replay ends on the places and points that were stored; the board shows the first of them. */
export function endsAsStored(
  replay: HallReplay & { readonly board: QuizBoard },
  stored: readonly { readonly seat: number; readonly place: number | null; readonly points: number }[],
): boolean {
  const board = lastState(hallTrack(replay)).view.board ?? replay.board;
  const kept = stored.filter(({ place }) => place !== null).slice(0, board.seats.length);
  return (
    linesOf(board.seats.map(({ place, seat, points }) => [place, String(seat), points])) ===
    linesOf(kept.map(({ place, seat, points }) => [place, String(seat), points]))
  );
}

/** The same of a stage contest: every team with its score. */
export function stageEndsAsStored(
  replay: StageReplay,
  stored: readonly { readonly team: number; readonly score: number }[],
): boolean {
  const { teams }: StageScene = lastState(stageTrack(replay)).view.scene;
  const sorted = (rows: readonly { readonly team: number; readonly score: number }[]): string =>
    linesOf(rows.map(({ team, score }): Line => [team, '', score]).toSorted(([a], [b]) => a! - b!));
  return sorted(teams) === sorted(stored);
}
