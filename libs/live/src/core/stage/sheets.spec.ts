import { aStageSetup, PlayedStage, rightChoice, wrongChoice } from '../../testing/stage-builders.js';
import { readSheet } from './sheet.js';
import { shippedSheets } from './sheets/index.js';

const stage = (name: string, teams: number): PlayedStage =>
  new PlayedStage(aStageSetup(shippedSheets[name]!, teams)).join('a1', '观众一').join('a2', '观众二');
const ledger = (played: PlayedStage): string[] =>
  played.state.ledger.map(({ team, points, reason }) => `${team} ${reason} ${points / 100}`);

/** 出题、开始计时、作答: one answer of the floor on its device. */
function asked(played: PlayedStage, team: number, isRight: boolean): void {
  played.next(2).answer(team, isRight).next();
}

describe('the eight sheets', () => {
  it('are all without fault, survive JSON, and are told apart by their ids', () => {
    for (const [id, sheet] of Object.entries(shippedSheets)) {
      expect([id, readSheet(JSON.parse(JSON.stringify(sheet))).faults]).toEqual([id, []]);
    }
    expect(Object.keys(shippedSheets)).toHaveLength(8);
  });

  it('classic: 必答, 共答, 抢答 with 补答, 风险 with 抢救, and 加时', () => {
    const played = stage('classic', 2).next();
    for (const right of [true, true, false]) asked(played, 1, right);
    for (const right of [true, false, false]) asked(played, 2, right);
    expect(played.scores).toEqual([120, 110]);
    played.next(2);
    played.next(2).answer(1, true).answer(2, false).next();
    played.next(2).answer(2, true).after(31_000).next();
    expect(played.scores).toEqual([140, 120]);
    played.next(2);
    played.next().buzz(1).host({ type: 'judge', team: 1, verdict: 'wrong' });
    played.buzz(2).host({ type: 'judge', team: 2, verdict: 'right' }).next();
    expect(played.scores).toEqual([130, 130]);
    played.next(2).after(20_000);
    expect(played.view('host').staff?.next).toBe('audience');
    played.next();
    played.audience(1, rightChoice);
    played.next(2);
    expect(played.view('screen').scene.reveal?.histogram).toEqual({ counts: [0, 1, 0], answered: 1, correct: 1 });
    played.next();
    played.tryPress(1);
    played.buzz(2).host({ type: 'judge', team: 2, verdict: 'void' }).next(3);
    played.next().buzz(1).host({ type: 'judge', team: 1, verdict: 'right' }).next();
    expect(played.scores).toEqual([140, 130]);
    played.next(3);
    expect(played.view('screen').scene).toMatchObject({ phase: 'choosing', floor: { teams: [2] } });
    played.host({ type: 'choose', choice: 1 }).next().host({ type: 'judge', team: 2, verdict: 'wrong' });
    played.buzz(1).host({ type: 'judge', team: 1, verdict: 'right' }).next();
    expect(played.scores).toEqual([150, 120]);
    played.next().host({ type: 'choose', choice: 0 }).next().host({ type: 'judge', team: 1, verdict: 'wrong' });
    played.next().after(11_000).next();
    expect(played.scores).toEqual([130, 120]);
    played.host({ type: 'adjust', team: 1, points: -1000, discipline: true, reason: '场外提示' }).next();
    expect(played.view('screen').scene.tied).toEqual([1, 2]);
    played.next(2);
    played.buzz(2).host({ type: 'judge', team: 2, verdict: 'right' });
    played.next(2);
    expect([played.scores, played.places]).toEqual([
      [120, 120],
      [2, 1],
    ]);
    played.next(2);
    expect(played.view('screen').scene.phase).toBe('ended');
    expect(ledger(played).filter((line) => !line.includes('answer'))).toEqual(['2 rescue 30', '1 discipline -10']);
  });

  it('branch: captains first, and a foul under V1 voids the question', () => {
    const played = stage('branch', 2).join('t1m1').join('t2m1').next();
    played.next();
    expect(played.view('screen').scene.floor).toMatchObject({ teams: [1], speaker: '队1员1' });
    played.next().host({ type: 'judge', team: 1, verdict: 'right' }).next();
    played.next(2).host({ type: 'finish', team: 2 });
    expect(played.view('judge').staff).toMatchObject({ toJudge: [2], key: { options: [1] } });
    played.host({ type: 'judge', team: 2, verdict: 'none' }).next(2);
    expect(played.view('screen').scene.floor?.speaker).toBeNull();
    played.next().host({ type: 'judge', team: 1, verdict: 'right' }).next();
    played.next(2).host({ type: 'judge', team: 2, verdict: 'right' }).next();
    expect(played.scores).toEqual([120, 110]);
    played.next(3);
    played.tryPress(2);
    expect(played.view('screen').scene).toMatchObject({
      phase: 'judged',
      reveal: null,
      cue: { type: 'foul', team: 2 },
    });
    expect(played.scores).toEqual([120, 100]);
    played.next().buzz(2).answer(2, true).next();
    played.next().buzz(1).after(11_000).next();
    expect(played.scores).toEqual([110, 110]);
    expect(ledger(played)).toEqual([
      '1 answer 10',
      '2 answer 0',
      '1 answer 10',
      '2 answer 10',
      '2 foul -10',
      '2 answer 10',
      '1 answer -10',
    ]);
  });

  it('ladder: 步步高 stops at the first wrong, clues lose worth, 限时速答 runs on one clock', () => {
    const played = stage('ladder', 2).next();
    for (const right of [true, true, true]) asked(played, 1, right);
    asked(played, 2, true);
    asked(played, 2, false);
    expect(played.scores).toEqual([160, 110]);
    expect(played.view('host').staff?.next).toBe('standings');
    played.next(3);
    expect(played.view('screen').scene.question?.stem).toBe('STEMclues.0.0!');
    played.host({ type: 'clue' });
    expect(played.view('screen').scene.question).toMatchObject({
      stem: 'STEMclues.0.0!\n线索二',
      stake: { right: 3000 },
    });
    played.buzz(2).host({ type: 'judge', team: 2, verdict: 'right' }).next();
    played.next(2).after(70_000).next();
    expect(played.scores).toEqual([160, 140]);
    played.next(4);
    for (const verdict of ['right', 'wrong', 'right'] as const) {
      played.after(5_000).host({ type: 'judge', team: 2, verdict });
    }
    expect(played.view('screen').scene).toMatchObject({ phase: 'answering', floor: { step: 4, steps: 15 } });
    played.after(30_000).host({ type: 'judge', team: 2, verdict: 'none' });
    expect(played.view('screen').scene.phase).toBe('judged');
    expect(played.scores).toEqual([160, 160]);
  });

  it('duel: pairs by rank answer in turns, one 求助 starts the clock again', () => {
    const played = stage('duel', 4).next();
    for (const right of [4, 3, 2]) {
      played.next(2);
      for (const team of [1, 2, 3, 4]) played.answer(team, team >= right);
      played.next();
    }
    expect(played.scores).toEqual([100, 110, 120, 130]);
    played.next(3);
    expect(played.view('screen').scene.floor).toMatchObject({ teams: [4, 3], active: [] });
    played.next().after(8_000);
    const { item } = played;
    expect(played.tryTeam(3, { type: 'help', item, help: 'help' })).toMatchObject({ code: 'live.command.not-now' });
    played.tryTeam(4, { type: 'help', item, help: 'help' });
    played.after(8_000).answer(4, true).next();
    for (const [team, right] of [
      [3, true],
      [4, false],
      [3, true],
      [4, true],
      [3, true],
      [4, true],
      [3, false],
      [4, true],
      [3, true],
    ] as const)
      asked(played, team, right);
    // Each of the two has had five questions.
    expect(played.scores).toEqual([100, 110, 150, 160]);
    expect(played.tryTeam(4, { type: 'help', item: played.item, help: 'help' })).toMatchObject({ kind: 'refusal' });
    played.next();
    expect(played.view('screen').scene.floor?.teams).toEqual([2, 1]);
  });

  it('ring: who is wrong leaves, 免答 hands the question on, places by order of leaving', () => {
    const played = stage('ring', 3).next(2);
    const { floor } = played.view('screen').scene;
    const [holder, challenger] = floor!.teams as [number, number];
    const third = [1, 2, 3].find((team) => !floor!.teams.includes(team))!;
    played.next();
    expect(played.view('screen').scene.floor?.active).toEqual([challenger]);
    played.tryTeam(challenger, { type: 'help', item: played.item, help: 'pass' });
    played.next().answer(holder, true).next();
    asked(played, holder, false);
    expect(played.view('screen').scene.cue).toMatchObject({ type: 'out', team: holder });
    played.next();
    expect(played.view('screen').scene.floor?.teams).toEqual([challenger, third]);
    played.next().answer(third, true).next();
    asked(played, challenger, false);
    expect(played.view('host').staff?.next).toBe('standings');
    played.next();
    const byTeam = (values: readonly number[]): number[] =>
      [third, challenger, holder].map((team) => values[team - 1]!);
    expect([byTeam(played.places), byTeam(played.scores)]).toEqual([
      [1, 2, 3],
      [40, 20, 20],
    ]);
  });

  it('survival: who is wrong leaves, all wrong stay, the last one is paid', () => {
    const played = stage('survival', 4).next();
    const round = (...right: (boolean | null)[]): void => {
      played.next(2);
      right.forEach((isRight, index) => isRight !== null && played.answer(index + 1, isRight));
      if (played.view('screen').scene.phase === 'answering') played.after(16_000);
      played.next();
    };
    round(true, true, true, false);
    expect(played.view('screen').scene.teams.map(({ out }) => out)).toEqual([false, false, false, true]);
    expect(played.tryTeam(4, { type: 'answer', item: played.item, choice: rightChoice })).toMatchObject({
      kind: 'refusal',
    });
    round(false, false, false);
    expect(played.view('screen').scene.teams.map(({ out }) => out)).toEqual([false, false, false, true]);
    round(true, false, false);
    expect(played.view('host').staff?.next).toBe('standings');
    played.next();
    expect([played.scores, played.places]).toEqual([
      [170, 110, 110, 100],
      [1, 2, 2, 4],
    ]);
  });

  it('comeback: V4 counts fouls, an audience member revives the last team, the trap is shared', () => {
    const played = stage('comeback', 4).next();
    const foulsOf = (team: number): number => played.view('screen').scene.teams[team - 1]!.fouls;
    for (const [winner, right] of [
      [1, true],
      [2, true],
      [3, false],
    ] as const) {
      played.next();
      played.tryPress(4);
      played.buzz(winner).answer(winner, right).next();
    }
    expect([foulsOf(4), played.scores]).toEqual([3, [220, 220, 180, 180]]);
    played.next();
    expect(played.tryPress(4)).toMatchObject({ code: 'live.buzz.barred' });
    played.buzz(1).answer(1, true).next();
    expect(played.scores).toEqual([240, 220, 180, 180]);
    played.next(3).host({ type: 'choose', choice: 2 });
    expect(played.view('audience', 'a2').me).toMatchObject({ pickedBy: 4, mayAnswer: false });
    played.next();
    expect(played.tryTeam(4, { type: 'answer', item: played.item, choice: rightChoice })).toMatchObject({
      kind: 'refusal',
    });
    played.audience(2, rightChoice);
    played.host({ type: 'finish', team: 4 }).next();
    expect(played.scores).toEqual([240, 220, 180, 200]);
    played.next(3);
    expect(played.view('screen').scene.choosing).toMatchObject({
      what: 'question',
      by: [2, 4, 3],
      questions: [1, 2, 3],
    });
    expect(played.tryTeam(1, { type: 'choose', choice: 2 })).toMatchObject({ kind: 'refusal' });
    played.tryTeam(3, { type: 'choose', choice: 2 });
    played.next().host({ type: 'judge', team: 1, verdict: 'wrong' }).next();
    expect(played.scores).toEqual([210, 230, 190, 210]);
  });

  it('formal: judges decide, two confirm a change, a question is exchanged, the audience plays', () => {
    const played = stage('formal', 2).host({ type: 'draw', what: 'sets' }).next(2);
    expect(played.tryHost({ type: 'help', team: 1, help: 'exchange' })).not.toMatchObject({ kind: 'refusal' });
    expect(played.view('screen').scene.question).toMatchObject({ item: 2 });
    expect(played.tryHost({ type: 'help', team: 1, help: 'exchange' })).toMatchObject({
      code: 'live.stage.no-help-left',
    });
    played.next();
    expect(played.tryHost({ type: 'judge', team: 1, verdict: 'right' })).toMatchObject({
      code: 'live.stage.judges-decide',
    });
    played.judge({ type: 'judge', team: 1, verdict: 'wrong' }).next();
    played.judge({ type: 'override', line: 1, verdict: 'right', reason: '录音复核' });
    expect([played.scores, played.view('judge').staff?.proposals]).toEqual([
      [100, 100],
      [{ id: 1, by: 'judge1', text: '第1队 评委改判 +15' }],
    ]);
    expect(played.tryJudge({ type: 'confirm', proposal: 1 })).toMatchObject({ code: 'live.stage.second-person' });
    played.judge({ type: 'confirm', proposal: 1 }, 'judge2');
    expect([played.scores, played.view('screen').scene.cue?.text]).toEqual([[115, 100], '第1队 评委改判 +15']);
    played.next(2).judge({ type: 'judge', team: 2, verdict: 'right' }).next();
    played.next(4);
    played.audience(1, rightChoice);
    played.audience(2, wrongChoice);
    expect(played.view('audience', 'a1').me).toMatchObject({ correct: null, right: 0 });
    played.next(2);
    expect(played.view('audience', 'a1').me).toMatchObject({ correct: true, right: 1, choice: rightChoice });
    expect(played.scores).toEqual([115, 115]);
  });
});
