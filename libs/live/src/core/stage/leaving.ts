import { sharedPlaces } from '../ranking.js';
import type { Work } from './work.js';

/** After a question: who goes out, and whether that settles the turn. A question that would put out all puts out nobody. */
export function applyLeaving(work: Work): void {
  const { out, turns } = work.round;
  const { turn } = work.play;
  if (!out || !turn) return;
  const isTied = turns.kind === 'tied';
  const playing = work.play.teams.filter((team) => !team.out && (!isTied || turn.floor.includes(team.team)));
  const losers = playing.filter(({ wrongs }) => wrongs >= out.wrongs).map(({ team }) => team);
  const winner = out.sudden ? work.item.results.find(({ verdict }) => verdict === 'right')?.team : undefined;
  if (losers.length >= playing.length) {
    for (const team of losers) work.setTeam(team, { wrongs: work.team(team).wrongs - 1 });
  } else {
    const place = playing.length - losers.length + 1;
    for (const team of losers) leave(work, team, place);
  }
  const left = work.play.teams.filter((team) => !team.out && turn.floor.includes(team.team)).length;
  const isSettled = winner !== undefined || left <= (isTied ? Math.max(1, out.left) : turns.kind === 'ring' ? 1 : 0);
  if (isSettled) work.set({ turn: { ...turn, isOver: true } });
  if (isTied && isSettled) rankTied(work, turn.floor, winner ?? null);
}

function leave(work: Work, team: number, place: number): void {
  const byExit = work.base.setup!.sheet.ranking === 'exit' && isLastOut(work);
  work.setTeam(team, { out: true, exitPlace: byExit ? place : work.team(team).exitPlace });
  work.setRound({ exits: [...work.play.round!.exits, team] });
  work.cue('out', team, null, `${work.name(team)} 出局`);
}

/** Only the last round that puts teams out ranks by leaving. */
function isLastOut(work: Work): boolean {
  const { rounds } = work.base.setup!.sheet;
  return (
    rounds.findLastIndex(({ out, turns }) => out !== undefined && turns.kind !== 'tied') === work.play.round!.index
  );
}

/** The winner first, then those who stayed, then those who left, last to leave first. Former ranks weigh more. */
function rankTied(work: Work, floor: readonly number[], winner: number | null): void {
  const exits = work.play.round!.exits.filter((team) => floor.includes(team));
  const rankOf = (team: number): number => {
    if (!floor.includes(team) || team === winner) return 0;
    const left = exits.lastIndexOf(team);
    return left < 0 ? Number(winner !== null) : 1 + exits.length - left;
  };
  for (const { team, overtime } of work.play.teams) work.setTeam(team, { overtime: overtime * 100 + rankOf(team) });
}

/** Extra points by place in the round, and the place of those who never left. */
export function awardPlaces(work: Work): void {
  const { awards, out, turns } = work.round;
  if (out && turns.kind !== 'tied' && isLastOut(work) && work.play.round!.turn > 0) {
    for (const team of work.play.teams) if (!team.out) work.setTeam(team.team, { exitPlace: 1 });
  }
  for (const { team, place } of awards ? placesInRound(work) : []) {
    const points = awards![place - 1];
    if (points) work.score({ team, points, reason: 'award', note: `${work.round.title}第${place}名` });
  }
}

function placesInRound(work: Work): { readonly team: number; readonly place: number }[] {
  const { exits, fromLine } = work.play.round!;
  const gained = new Map<number, number>();
  for (const { line, team, points, undone } of work.state.ledger) {
    if (line >= fromLine && !undone) gained.set(team, (gained.get(team) ?? 0) + points);
  }
  const worth = (team: number): number => (work.round.out ? exits.lastIndexOf(team) : -(gained.get(team) ?? 0));
  const stayed = (team: number): number => (work.round.out && !exits.includes(team) ? 0 : 1);
  const order = work.play.teams
    .map(({ team }) => team)
    .filter((team) => work.round.out || (gained.get(team) ?? 0) > 0)
    .toSorted((a, b) => stayed(a) - stayed(b) || (work.round.out ? worth(b) - worth(a) : worth(a) - worth(b)) || a - b);
  const places = sharedPlaces(order, (a, b) => stayed(a) === stayed(b) && worth(a) === worth(b));
  return order.map((team, index) => ({ team, place: places[index]! }));
}
