import type { StageHelpKind } from '@xuekao/contracts';
import { stageHelpKinds } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { freeQuestions, showQuestion } from './flow.js';
import { closeItem } from './judging.js';
import { roundOf, stakeOf } from './stage-state.js';
import type { StageState } from './stage-state.js';
import type { Work } from './work.js';

export function helpsLeft(state: StageState, team: number): { readonly kind: StageHelpKind; readonly left: number }[] {
  const used = state.play.teams[team - 1]?.helps ?? {};
  return (roundOf(state)?.helps ?? []).map(({ kind, times }) => ({
    kind,
    left: Math.max(0, times - (used[kind] ?? 0)),
  }));
}

/** 求助 starts the clock again, 免答 hands the question on, 换题 takes another one. Only by the team that is asked. */
export function useHelp(work: Work, team: number, kind: StageHelpKind): Refusal | null {
  const fault = helpFault(work, team, kind);
  if (fault) return fault;
  const { item } = work;
  const { helps } = work.team(team);
  work.setTeam(team, { helps: { ...helps, [kind]: (helps[kind] ?? 0) + 1 } });
  work.cue('help', team, null, `${work.name(team)} 使用${stageHelpKinds[kind]}`);
  switch (kind) {
    case 'help':
      work.set({ clock: { kind: 'answer', from: work.now, until: work.now + stakeOf(work.round, item).limitMs } });
      return null;
    case 'exchange':
      work.setTeam(team, { asked: work.team(team).asked - 1 });
      showQuestion(work, { stake: item.stake, ...(item.person === null ? {} : { person: item.person }) });
      return null;
    case 'pass':
      return pass(work, team);
  }
}

/** Why the team may not have it now; null when it may. */
export function helpFault(work: Work, team: number, kind: StageHelpKind): Refusal | null {
  const { phase, item, turn } = work.play;
  if (!item || !turn || item.again || !isAsked(work, team)) return work.notNow();
  const left = helpsLeft(work.state, team).find((one) => one.kind === kind)?.left ?? 0;
  if (left === 0) return refuse('live.stage.no-help-left', { help: stageHelpKinds[kind] });
  if (kind === 'help' && phase !== 'answering') return work.notNow();
  const isShort = kind === 'exchange' && freeQuestions(work, item.pile).length === 0;
  return isShort ? refuse('live.stage.no-questions') : null;
}

function isAsked(work: Work, team: number): boolean {
  const { phase, turn, item } = work.play;
  if (phase === 'answering') return item?.active.length === 1 && item.active[0] === team;
  if (phase !== 'question') return false;
  return work.round.answer === 'floor' ? turn!.floor[0] === team : false;
}

function pass(work: Work, team: number): Refusal | null {
  const other = work.play.turn!.floor.filter((one) => one !== team && !work.item.tried.includes(one));
  work.setItem({ tried: [...work.item.tried, team], active: other.slice(0, 1), begun: false });
  if (other.length === 0) closeItem(work);
  else work.setItem({ again: work.round.again?.kind === 'opponent' }).enter('question');
  return null;
}
