import type { StageVerdict } from '@xuekao/contracts';
import { histogramOf, isCorrect } from '../grading.js';
import { armBuzz, pressersOf } from './arming.js';
import { advance, askedTeams, freeQuestions, stepsOf } from './flow.js';
import { applyLeaving } from './leaving.js';
import { pointsOf } from './ledger.js';
import { questionOf, stakeOf } from './stage-state.js';
import type { ItemPlay, StageDraft, StageLine } from './stage-state.js';
import { signed } from './work.js';
import type { Work } from './work.js';

/** What other teams had entered stays for the reveal. */
export function kept(item: ItemPlay, active: readonly number[]): readonly StageDraft[] {
  return item.drafts.filter(({ team }) => !active.includes(team));
}

/** 开始计时: those whose turn it is may answer. */
export function startAnswering(work: Work): void {
  const { round, item, play } = work;
  const asked = askedTeams(round, play.turn!).filter((team) => !work.team(team).out);
  const active = item.active.length > 0 ? item.active : asked;
  const kind = round.run?.clock === 'run' ? 'run' : 'answer';
  const { limitMs } = stakeOf(round, item);
  const drafts = [...kept(item, active), ...active.map((team) => ({ team, choice: null, finished: false }))];
  work.setItem({ active, begun: true, drafts }).enter('answering', { kind, from: work.now, until: work.now + limitMs });
}

/** The winner of a buzz has begun: now his answering time runs. */
export function begin(work: Work): void {
  const { limitMs } = stakeOf(work.round, work.item);
  const clock = { kind: 'answer', from: work.now, until: work.now + limitMs } as const;
  work.setItem({ begun: true }).set({ clock });
}

/** Nobody may answer further: the machine judges what it can, people the rest. */
export function closeAnswering(work: Work): void {
  const { item, round } = work;
  if (work.play.clock?.kind === 'run' && work.now >= work.play.clock.until && work.play.turn) {
    work.set({ turn: { ...work.play.turn, isOver: true } });
  }
  if (round.via === 'spoken') return void work.enter('judging');
  const before = item.item;
  for (const team of item.active) {
    if (work.play.item?.item === before) settle(work, team, verdictOf(work, team));
  }
}

function verdictOf(work: Work, team: number): StageVerdict {
  const question = questionOf(work.state);
  const choice = work.item.drafts.find((draft) => draft.team === team)?.choice ?? null;
  if (!question || !choice) return 'none';
  return isCorrect(question, choice, work.at.rules) ? 'right' : 'wrong';
}

const verdictWords = { right: '回答正确', wrong: '回答错误', none: '未答', void: '作答无效' } as const;

/** A verdict for one team, with all that follows from it. */
export function settle(work: Work, team: number, verdict: StageVerdict): void {
  const { item, round } = work;
  const stake = stakeOf(round, item);
  const points = pointsOf(stake, verdict);
  const line = work.score({ team, points, reason: 'answer', verdict, stake, follows: followsOf(work) });
  const result = { team, verdict, points, again: item.again, line };
  work.setItem({
    results: [...item.results, result],
    tried: [...item.tried, team],
    active: item.active.filter((one) => one !== team),
  });
  const failed = verdict === 'wrong' || verdict === 'none';
  const counts = !item.again || round.again?.kind === 'opponent';
  if (failed && counts && round.out) work.setTeam(team, { wrongs: work.team(team).wrongs + 1 });
  work.square(item.item);
  const cue = verdict === 'void' ? 'none' : verdict;
  work.cue(cue, team, points, `${work.name(team)} ${verdictWords[verdict]}${points === 0 ? '' : ` ${signed(points)}`}`);
  if (work.item.active.length === 0) afterAnswers(work);
}

/** What the ledger must know of an answer to change its verdict later: 抢救 eases the first loss, 智力陷阱 shares out a loss. */
function followsOf({ item, round }: Work): Pick<StageLine, 'again' | 'softened' | 'trappers'> {
  const { softened } = round.again ?? {};
  return {
    ...(item.again ? { again: true } : {}),
    ...(item.again && softened !== undefined ? { softened } : {}),
    ...(item.trappers ? { trappers: item.trappers } : {}),
  };
}

function afterAnswers(work: Work): void {
  const { item, round } = work;
  const isRight = item.results.some(({ verdict }) => verdict === 'right');
  const isVoid = item.results.at(-1)?.verdict === 'void';
  if (isRight || isVoid || !round.again || !offersAgain(work)) return closeItem(work);
  const { again } = round;
  const chances = item.chances + 1;
  if (again.kind === 'opponent') {
    const other = work.play.turn!.floor.filter((team) => !work.item.tried.includes(team));
    return void work.setItem({ again: true, chances, active: other.slice(0, 1), begun: false }).enter('question');
  }
  work.setItem({ again: true, chances, active: [], begun: false }).enter('question');
  armBuzz(work, 'again');
}

/** Whether a wrong answer would give another team a chance. */
export function offersAgain(work: Work): boolean {
  const { again } = work.round;
  const { item, turn } = work.play;
  if (!again || !item || item.chances >= again.chances) return false;
  const exclude = (team: number): boolean => !item.tried.includes(team) && !item.active.includes(team);
  if (again.kind === 'opponent') return (turn?.floor ?? []).some((team) => exclude(team) && !work.team(team).out);
  const barred = work.play.buzz.barredForRound;
  const before = work.play;
  work.setItem({ again: true });
  const pressers = pressersOf(work).filter((team) => exclude(team) && !barred.includes(String(team)));
  work.play = before;
  return pressers.length > 0;
}

/** The question is closed for everybody. In a run against one clock the next one follows at once. */
export function closeItem(work: Work): void {
  const { clock } = work.play;
  const { buzz } = work.play;
  const isPressing = ['armed', 'open', 'deciding'].includes(buzz.phase);
  if (isPressing) work.set({ buzz: { ...buzz, phase: 'silent', windowEndsAt: null } });
  work.setItem({ active: [] }).enter('judged');
  if (work.item.voided === null) applyLeaving(work);
  const { round, play } = work;
  const { turn } = play;
  if (!turn) return;
  const failed = work.item.results.some(({ verdict, again }) => !again && verdict !== 'right');
  if (round.run?.stopAtWrong && failed && work.item.voided !== 'repeat') work.set({ turn: { ...turn, isOver: true } });
  const isRunning = clock?.kind === 'run' && work.now < clock.until && work.item.voided === null;
  const goesOn = isRunning && work.play.turn?.isOver === false && turn.step < stepsOf(round);
  if (!goesOn || freeQuestions(work, work.item.pile).length === 0) return;
  advance(work);
  startAnswering(work);
  work.set({ clock });
}

export function startAudience(work: Work): void {
  const until = work.now + (work.round.audienceMs ?? 15_000);
  work.setItem({ audienceAsked: true }).enter('audience', { kind: 'audience', from: work.now, until });
}

export function closeAudience(work: Work): void {
  const question = questionOf(work.state);
  const answers = work.base.audience.flatMap(({ item, choice, correct }) =>
    choice && item === work.item.item ? [{ choice, correct: correct === true, elapsedMs: 0, late: false }] : [],
  );
  work.setItem({ histogram: question && histogramOf(question, answers) });
  closeItem(work);
}
