import type { StageContestInput, StageNeed, StagePileInput, StageSheet, StageTeamInput } from '@xuekao/contracts';

/** A team as the form holds it. */
export interface TeamDraft {
  readonly name: string;
  readonly players: readonly string[];
  readonly captain: string | null;
  readonly substitutes: readonly string[];
}
/** Questions chosen for a pile, by `round/pile`. */
export type PileDrafts = Readonly<Record<string, readonly string[]>>;

export const emptyTeam = (name: string): TeamDraft => ({ name, players: [], captain: null, substitutes: [] });
export const pileKey = ({ round, pile }: Pick<StageNeed, 'round' | 'pile'>): string => `${round}/${pile}`;

/** The captain leads; one who was not named is the first player. */
export function teamInput({ name, players, captain, substitutes }: TeamDraft): StageTeamInput {
  const lead = captain !== null && players.includes(captain) ? captain : players[0];
  return {
    name: name.trim(),
    members: [
      ...players.map((memberId) => ({
        memberId,
        role: memberId === lead ? ('captain' as const) : ('member' as const),
      })),
      ...substitutes.map((memberId) => ({ memberId, role: 'substitute' as const })),
    ],
  };
}

export function pileInputs(needs: readonly StageNeed[], piles: PileDrafts): StagePileInput[] {
  return needs.map((need) => ({ round: need.round, pile: need.pile, versionIds: piles[pileKey(need)] ?? [] }));
}

/** Deals the questions of one set out to the piles, in order and each once; piles that come too late go short. */
export function dealt(needs: readonly StageNeed[], versionIds: readonly string[]): PileDrafts {
  let from = 0;
  return Object.fromEntries(
    needs.map((need) => {
      const piece = versionIds.slice(from, from + need.questions);
      from += need.questions;
      return [pileKey(need), piece];
    }),
  );
}

export type FormFault =
  | { readonly at: 'title' | 'unitId' }
  | { readonly at: 'teams'; readonly least: number; readonly most: number }
  | { readonly at: 'team'; readonly team: number; readonly field: 'name' }
  | {
      readonly at: 'team';
      readonly team: number;
      readonly field: 'players';
      readonly least: number;
      readonly most: number;
    }
  | { readonly at: 'team'; readonly team: number; readonly field: 'substitutes'; readonly most: number }
  | { readonly at: 'pile'; readonly key: string; readonly missing: number };

/** What still stands in the way, each at its field. */
export function faultsOf(
  given: { title: string; unitId: string | null; teams: readonly TeamDraft[]; piles: PileDrafts },
  sheet: StageSheet,
  needs: readonly StageNeed[],
): FormFault[] {
  const faults: FormFault[] = [];
  if (given.title.trim() === '') faults.push({ at: 'title' });
  if (given.unitId === null) faults.push({ at: 'unitId' });
  const { least, most } = sheet.teams;
  if (given.teams.length < least || given.teams.length > most) faults.push({ at: 'teams', least, most });
  given.teams.forEach((team, index) => faults.push(...teamFaults(team, index, sheet)));
  for (const need of needs) {
    const missing = need.questions - (given.piles[pileKey(need)]?.length ?? 0);
    if (missing > 0) faults.push({ at: 'pile', key: pileKey(need), missing });
  }
  return faults;
}

function teamFaults(team: TeamDraft, index: number, { members }: StageSheet): FormFault[] {
  const faults: FormFault[] = [];
  if (team.name.trim() === '') faults.push({ at: 'team', team: index, field: 'name' });
  const { least, most, substitutes } = members;
  if (team.players.length < least || team.players.length > most) {
    faults.push({ at: 'team', team: index, field: 'players', least, most });
  }
  if (team.substitutes.length > substitutes) {
    faults.push({ at: 'team', team: index, field: 'substitutes', most: substitutes });
  }
  return faults;
}

export type StageDraft = Omit<StageContestInput, 'teams' | 'piles'>;
