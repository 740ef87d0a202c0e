import type { StageHint, StageNeed, StageRound, StageSheet } from '@xuekao/contracts';

/** How many questions each pile must hold at least, so that no round of this sheet stands empty-handed. */
export function needsOf(sheet: StageSheet, teams: number): StageNeed[] {
  return sheet.rounds.flatMap((round) => {
    const total = questionsOf(round, teams);
    const piles = pileCount(round, teams);
    const each = Math.ceil(total / piles);
    return [...Array(piles).keys()].map((pile) => ({ round: round.id, pile, questions: each }));
  });
}

/** What is allowed, but worth knowing before a contest of so many teams. */
export function hintsOf(sheet: StageSheet, teams: number): StageHint[] {
  return sheet.rounds.flatMap(({ id, title, turns }) =>
    turns.kind === 'pairs' && teams % 2 === 1
      ? [{ round: id, message: `“${title}”两队一组，${teams} 队时有一队轮空，不参加本环节。` }]
      : [],
  );
}

export function pileCount(round: StageRound, teams: number): number {
  if (round.pools === 'per-team') return teams;
  return round.pools === 'per-stake' ? round.stakes.length : 1;
}

function questionsOf({ turns, run }: StageRound, teams: number): number {
  const length = run?.length ?? 1;
  switch (turns.kind) {
    case 'each':
      return turns.laps * teams * length;
    case 'together':
    case 'tied':
    case 'audience':
      return turns.count;
    case 'pairs':
      return Math.max(1, Math.floor(teams / 2)) * length;
    case 'ring':
      return Math.max(1, teams - 1) * length;
    case 'one':
      return length;
  }
}
