import type { StageRound, StageSheet } from '@xuekao/contracts';
import { aStageSetup, PlayedStage } from '../../testing/stage-builders.js';
import { verdictsOf } from './dues.js';
import { shippedSheets } from './sheets/index.js';

const { classic, branch, comeback, survival, ladder } = shippedSheets as Record<string, StageSheet>;
const only = (sheet: StageSheet, id: string, change: Partial<StageRound> = {}): StageSheet => ({
  ...sheet,
  rounds: [{ ...sheet.rounds.find((round) => round.id === id)!, ...change }],
});
const teamsOf = (played: PlayedStage) =>
  played.state.play.teams.map(({ asked, wrongs, out, exitPlace, helps }) => ({ asked, wrongs, out, exitPlace, helps }));
const repeat = { type: 'void-question', reason: '题目有误' } as const;
const moved = (played: PlayedStage) =>
  played.state.ledger.map(({ team, reason, points }) => `${team} ${reason} ${points / 100}`);

/** 风险题 for 40: the first team is wrong, the second one rescues. */
function rescued(): PlayedStage {
  const played = new PlayedStage(aStageSetup(only(classic!, 'risk'), 2)).next(2);
  played.host({ type: 'choose', choice: 1 }).next().host({ type: 'judge', team: 1, verdict: 'wrong' });
  return played.buzz(2).host({ type: 'judge', team: 2, verdict: 'right' });
}

describe('a verdict that is changed after 抢救', () => {
  it('gives the first team its whole loss when the rescuer was wrong after all', () => {
    const played = rescued();
    expect(played.scores).toEqual([90, 110]);
    played.host({ type: 'override', line: 2, verdict: 'wrong', reason: '录音复核' });
    expect(played.scores).toEqual([60, 100]);
    expect(played.view('screen').scene.cue?.text).toBe('第2队 评委改判 −10，第1队 −30');
    expect(moved(played).slice(3)).toEqual(['2 override -10', '1 rescue -30']);
  });

  it('pays the first team in full and takes the chance back from the second, when the first was right after all', () => {
    const played = rescued();
    played.host({ type: 'override', line: 1, verdict: 'right', reason: '录音复核' });
    expect([played.scores, played.view('screen').scene.cue?.text]).toEqual([
      [140, 100],
      '第1队 评委改判 +50，第2队 −10',
    ]);
    expect(played.view('screen').scene.results).toMatchObject([
      { team: 1, verdict: 'right', points: 4000 },
      { team: 2, verdict: 'right', points: 0 },
    ]);
    expect(verdictsOf(played.state.ledger)).toEqual([{ team: 1, verdict: 'right' }]);
    played.host({ type: 'override', line: 1, verdict: 'wrong', reason: '再次复核' });
    expect(played.scores).toEqual([90, 110]);
  });

  it('moves them also while a later question is on show', () => {
    const played = rescued().next(2).host({ type: 'choose', choice: 0 });
    played.host({ type: 'override', line: 2, verdict: 'none', reason: '录音复核' });
    expect([played.scores, played.view('screen').scene.results]).toEqual([[60, 100], []]);
  });
});

describe('作废', () => {
  it('takes back 抢救 with the answers', () => {
    expect(rescued().host(repeat).scores).toEqual([100, 100]);
  });

  it('takes back what those who set a trap have gained, and refuses to change its verdict later', () => {
    const played = new PlayedStage(aStageSetup(only(comeback!, 'trap'), 4)).next(2).host({ type: 'choose', choice: 1 });
    played.next().host({ type: 'judge', team: 1, verdict: 'wrong' });
    expect(played.scores).toEqual([170, 210, 210, 210]);
    played.host(repeat);
    expect(played.scores).toEqual([200, 200, 200, 200]);
    expect(played.tryHost({ type: 'override', line: 1, verdict: 'right', reason: '复核' })).toMatchObject({
      code: 'live.stage.question-void',
    });
  });

  it('asks the same member again', () => {
    const played = new PlayedStage(aStageSetup(classic!, 2)).next(2);
    expect(played.view('screen').scene.floor?.speaker).toBe('队1员1');
    played.next().answer(1, false).host(repeat).next();
    expect(played.view('screen').scene.floor).toMatchObject({ speaker: '队1员1', step: 1 });
    expect(played.view('screen').scene.question?.stem).toContain('required.0.1!');
  });

  it('leaves the captain his first question', () => {
    const played = new PlayedStage(aStageSetup(branch!, 2)).next(2);
    played.next().host({ type: 'judge', team: 1, verdict: 'wrong' }).host(repeat).next();
    expect(played.view('screen').scene.floor?.speaker).toBe('队1员1');
  });

  it('lets those in again whom the question put out', () => {
    const played = new PlayedStage(aStageSetup(survival!, 3)).next(2);
    const before = teamsOf(played).map((team) => ({ ...team, asked: 0 }));
    played.next().answer(1, true).answer(2, false).answer(3, true);
    expect(played.view('screen').scene.teams.map(({ out }) => out)).toEqual([false, true, false]);
    played.host(repeat);
    expect([teamsOf(played), played.scores]).toEqual([before, [100, 100, 100]]);
    expect(played.view('host').staff?.next).toBe('show');
  });

  it('gives a help back that was used for the question, and lets a run go on that the question had ended', () => {
    const duel = new PlayedStage(aStageSetup(only(shippedSheets.duel!, 'duel'), 2)).next(3);
    duel.tryTeam(1, { type: 'help', item: duel.item, help: 'help' });
    expect(duel.host(repeat).view('screen').scene.teams[0]!.helps).toEqual([{ kind: 'help', left: 1 }]);
    const steps = new PlayedStage(aStageSetup(ladder!, 2)).next(3).answer(1, false).host(repeat);
    expect(steps.next().view('screen').scene.floor).toMatchObject({ teams: [1], step: 1 });
  });

  it('leaves a foul a foul', () => {
    const { buzz } = branch!.rounds.find(({ id }) => id === 'buzzer')!;
    const under = only(branch!, 'buzzer', { buzz: { ...buzz!, fouls: 'V2' } });
    const one = new PlayedStage(aStageSetup(under, 2)).next(2);
    one.tryPress(2);
    one.host(repeat);
    expect(one.scores).toEqual([100, 90]);
  });
});
