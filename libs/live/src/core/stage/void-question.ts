import { closeItem } from './judging.js';
import { standingOfLine } from './ledger.js';
import { signed, Work } from './work.js';

/** 作废: the question counts for nothing, and the next one of its pile takes its place. */
export function voidQuestion(work: Work): void {
  takePointsBack(work);
  const { before, teams, item, turn } = work.play;
  const results = item!.results.map((result) => ({ ...result, verdict: 'void' as const, points: 0 }));
  work.setItem({ results, voided: 'repeat' });
  // What the question did to the teams is given back; who has been replaced stays so, and fouls stay fouls.
  work.set({
    turn: { ...turn!, step: turn!.step - 1, isOver: false },
    teams: teams.map((team, index) => ({ ...team, ...before.teams[index] })),
  });
  work.setRound({ exits: before.exits });
  closeItem(work);
}

function takePointsBack(work: Work): void {
  const { item, results } = work.item;
  for (const { team, line } of results) {
    const points = -standingOfLine(work.base.ledger, line).points;
    work.score({ team, points: points || 0, reason: 'void', verdict: 'void', of: line });
  }
  work.square(item);
}

/** 「第1队 −10，第2队 +30」: what each team would gain or lose by it; empty where no points would move. */
export function voidText(work: Work): string {
  const trial = new Work(work.state, work.at);
  takePointsBack(trial);
  const moves = new Map<number, number>();
  for (const { team, points } of trial.lines) moves.set(team, (moves.get(team) ?? 0) + points);
  const moved = [...moves].filter(([, points]) => points !== 0);
  return moved.map(([team, points]) => `${work.name(team)} ${signed(points)}`).join('，');
}
