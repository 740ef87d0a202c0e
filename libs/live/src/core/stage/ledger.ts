import type { StageRound, StageVerdict } from '@xuekao/contracts';
import type { StageLine, StageState } from './stage-state.js';
import { sharedPlaces } from '../ranking.js';

/** Scores by team, folded from the ledger: base score and every line that is not undone. */
export function scoresOf(state: StageState): Map<number, number> {
  const scores = new Map(state.play.teams.map(({ team }) => [team, state.setup?.sheet.baseScore ?? 0]));
  for (const { team, points, undone } of state.ledger) {
    if (!undone) scores.set(team, (scores.get(team) ?? 0) + points);
  }
  return scores;
}

export interface Standing {
  readonly team: number;
  readonly score: number;
  readonly place: number;
}

/** Best first. Where the sheet ranks by leaving, that comes first; then points, then overtime; then the place is shared. */
export function standingsOf(state: StageState): Standing[] {
  const scores = scoresOf(state);
  const byExit = state.setup?.sheet.ranking === 'exit';
  const rows = state.play.teams.map(({ team, exitPlace, overtime }) => ({
    team,
    score: scores.get(team) ?? 0,
    exit: byExit ? (exitPlace ?? Infinity) : 0,
    overtime,
  }));
  type Row = (typeof rows)[number];
  const compare = (a: Row, b: Row): number =>
    Math.sign(a.exit - b.exit || 0) || b.score - a.score || a.overtime - b.overtime;
  rows.sort((a, b) => compare(a, b) || a.team - b.team);
  const places = sharedPlaces(rows, (a, b) => compare(a, b) === 0);
  return rows.map(({ team, score }, index) => ({ team, score, place: places[index]! }));
}

/** Groups that share a place among the first `places`, best first. */
export function tiesOf(standings: readonly Standing[], places: number): number[][] {
  const groups = new Map<number, number[]>();
  for (const { place, team } of standings) if (place <= places) groups.set(place, [...(groups.get(place) ?? []), team]);
  return [...groups.values()].filter((group) => group.length > 1);
}

/** 智力陷阱: the lowest teams beside the victim. */
export function trappersOf(state: StageState, round: StageRound, victim: number): number[] {
  const others = standingsOf(state).filter(({ team }) => team !== victim);
  return others.slice(-(round.trappers ?? 1)).map(({ team }) => team);
}

export function pointsOf(stake: { right: number; wrong: number; none: number }, verdict: StageVerdict): number {
  return verdict === 'void' ? 0 : stake[verdict];
}

/** What a foul that people see costs in this round. */
export function foulPointsOf(round: StageRound | null): number {
  return round?.foulPoints ?? round?.buzz?.foulPoints ?? 0;
}

/** Points and verdict that stand for a line after all changes of its verdict; whether its question was voided. */
export function standingOfLine(
  ledger: readonly StageLine[],
  line: number,
): { points: number; verdict: StageVerdict | null; isOfVoid: boolean } {
  let points = 0;
  let verdict: StageVerdict | null = null;
  let isOfVoid = false;
  for (const one of ledger) {
    if (one.undone || (one.line !== line && one.of !== line)) continue;
    points += one.points;
    verdict = one.verdict;
    isOfVoid ||= one.reason === 'void';
  }
  return { points, verdict, isOfVoid };
}
