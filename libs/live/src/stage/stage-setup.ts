import type { StageContestInput, StagePileInput, StageSheet, StageTeamInput } from '@xuekao/contracts';
import { needsOf, pileCount } from '../core/stage/index.js';
import type { StagePile, StageTeamSetup } from '../core/stage/index.js';
import { LiveRefused } from '../live.errors.js';
import type { LiveMember, LiveQuestion } from '../live.ports.js';
import { quizQuestionOf, unfitFor } from '../quiz-setup.js';

/** Refuses teams that the sheet does not allow, and members who are on two of them. */
export function checkTeams(sheet: StageSheet, teams: readonly StageTeamInput[]): void {
  const { least, most } = sheet.teams;
  if (teams.length < least || teams.length > most) throw new LiveRefused('live.stage.team-count', { least, most });
  const { members } = sheet;
  for (const { name, members: own } of teams) {
    const count = (role: string): number => own.filter((member) => member.role === role).length;
    const playing = own.length - count('substitute');
    const fits = playing >= members.least && playing <= members.most && count('substitute') <= members.substitutes;
    if (!fits || count('captain') !== 1) throw new LiveRefused('live.stage.team-members', { team: name, ...members });
  }
}

/** Members as they are today; refuses those on no roll and those named twice. */
export function teamSetups(
  teams: readonly StageTeamInput[],
  players: ReadonlyMap<string, LiveMember>,
): StageTeamSetup[] {
  const unknown = teams.flatMap(({ members }) => members).filter(({ memberId }) => !players.has(memberId));
  if (unknown.length > 0) {
    throw new LiveRefused('live.stage.unknown-members', { memberIds: unknown.map(({ memberId }) => memberId) });
  }
  const seen = new Set<string>();
  return teams.map(({ name, members }) => ({
    name,
    members: members.map(({ memberId, role }) => {
      const { name: memberName, unitId, unitName } = players.get(memberId)!;
      if (seen.has(memberId)) throw new LiveRefused('live.stage.member-twice', { name: memberName });
      seen.add(memberId);
      return { memberId, name: memberName, role, unitId, unitName };
    }),
  }));
}

/** Every round has its piles, each with questions enough, and no question comes twice in a round. */
export function checkPiles(sheet: StageSheet, { teams, piles }: Pick<StageContestInput, 'teams' | 'piles'>): void {
  for (const { round: id, pile } of piles) {
    const round = sheet.rounds.find((one) => one.id === id);
    if (!round || pile >= pileCount(round, teams.length)) {
      throw new LiveRefused('live.stage.no-such-pile', { round: round?.title ?? id, pile: pile + 1 });
    }
  }
  for (const { round: id, pile, questions } of needsOf(sheet, teams.length)) {
    const round = sheet.rounds.find((one) => one.id === id)!;
    const found = piles.find((one) => one.round === id && one.pile === pile)?.versionIds.length ?? 0;
    if (found >= questions) continue;
    const facts = { round: round.title, pile: pile + 1, least: questions, found };
    throw new LiveRefused('live.stage.short-of-questions', facts);
  }
  for (const { id, title } of sheet.rounds) {
    const versionIds = piles.filter((one) => one.round === id).flatMap((one) => one.versionIds);
    const rows = piles.filter((one) => one.round === id).map(({ pile }) => pile);
    const isRepeated = new Set(versionIds).size < versionIds.length || new Set(rows).size < rows.length;
    if (isRepeated) throw new LiveRefused('live.stage.repeated-question', { round: title });
  }
}

export function pilesWithKeys(
  piles: readonly StagePileInput[],
  questions: ReadonlyMap<string, LiveQuestion>,
): StagePile[] {
  const versionIds = [...new Set(piles.flatMap((pile) => pile.versionIds))];
  const missing = versionIds.filter((versionId) => {
    const question = questions.get(versionId);
    return !question || unfitFor(question.body) !== undefined;
  });
  if (missing.length > 0) throw new LiveRefused('live.set.unknown-questions', { versionIds: missing });
  return piles.map(({ round, pile, versionIds: ids }) => ({
    round,
    pile,
    questions: ids.map((versionId) => quizQuestionOf(questions.get(versionId)!)),
  }));
}
