import type { StageSheet } from '@xuekao/contracts';
import { aStageSetup, PlayedStage, rightChoice, wrongChoice } from '../../testing/stage-builders.js';
import { audiencePage } from './audience-list.js';
import { shippedSheets } from './sheets/index.js';
import { answerStageInquiry } from './stage-machine.js';

const sheets = shippedSheets as Record<'classic' | 'comeback' | 'formal' | 'duel' | 'ring', StageSheet>;
const only = (sheet: StageSheet, id: string): StageSheet => ({
  ...sheet,
  rounds: sheet.rounds.filter((round) => round.id === id),
});
const may = (played: PlayedStage) => played.view('host').staff!.may;
const goTo = (round: number) => ({ type: 'go-round', round, reason: '时间不够' }) as const;

describe('the audience as officials find it', () => {
  const hall = (): PlayedStage => {
    const played = new PlayedStage(aStageSetup(sheets.formal, 2));
    for (const [at, name] of ['王一', '李二', '王三', '赵四'].entries()) played.join(`a${at + 1}`, name);
    return played;
  };

  it('is listed by seat, page by page, and found by name, unit or seat', () => {
    const { state } = hall();
    const first = audiencePage(state, { q: '', after: 0, limit: 3 });
    expect([first.items.map(({ name }) => name), first.next, first.total]).toEqual([['王一', '李二', '王三'], 3, 4]);
    expect(audiencePage(state, { q: '', after: 3, limit: 3 })).toMatchObject({ items: [{ seat: 4 }], next: null });
    expect(audiencePage(state, { q: '王', after: 0, limit: 9 }).items.map(({ seat }) => seat)).toEqual([1, 3]);
    expect(audiencePage(state, { q: '第一支部', after: 0, limit: 9 }).total).toBe(4);
    expect(audiencePage(state, { q: '2', after: 0, limit: 9 }).items).toEqual([
      { seat: 2, name: '李二', unitName: '第一支部', right: 0 },
    ]);
  });

  const rights = (played: PlayedStage): number[] =>
    audiencePage(played.state, { q: '', after: 0, limit: 9 }).items.map(({ right }) => right);

  it('counts right answers from the reveal on, once, also when the question is taken back and asked again', () => {
    const played = hall().host(goTo(1)).next(2);
    played.audience(1, rightChoice);
    played.audience(2, wrongChoice);
    played.next();
    expect(rights(played)).toEqual([0, 0, 0, 0]);
    played.next();
    expect(rights(played)).toEqual([1, 0, 0, 0]);
    // Back before the audience was asked: their answers wait, and stand when it is asked once more.
    for (const _step of [1, 2, 3]) played.host({ type: 'undo', reason: '误点' });
    expect(played.view('audience', 'a1').me).toMatchObject({ right: 0, correct: null, mayAnswer: false });
    expect(rights(played)).toEqual([0, 0, 0, 0]);
    played.next();
    expect(played.view('host').staff?.audience.answered).toBe(2);
    expect(played.audience(1, wrongChoice)).toMatchObject({ code: 'live.answer.already' });
    played.audience(3, rightChoice);
    played.next(2);
    expect([rights(played), played.view('screen').scene.reveal?.histogram]).toMatchObject([
      [1, 0, 1, 0],
      { answered: 3, correct: 2 },
    ]);
  });

  it('counts nothing of a question that is shown anew or void, and forgets the choice with the question', () => {
    const played = hall().host(goTo(1)).next(2);
    played.audience(1, rightChoice);
    played.next(2);
    for (const _step of [1, 2, 3, 4]) played.host({ type: 'undo', reason: '误点' });
    played.next(2);
    expect(played.view('audience', 'a1').me).toMatchObject({ choice: null, item: null, mayAnswer: true, right: 0 });
    played.audience(1, rightChoice);
    played.next().host({ type: 'void-question', reason: '题目有误' });
    expect(rights(played)).toEqual([0, 0, 0, 0]);
    played.host({ type: 'undo', reason: '误点' }).next();
    expect(rights(played)).toEqual([1, 0, 0, 0]);
    played.next();
    expect(played.view('audience', 'a1').me).toMatchObject({ choice: null, item: null, correct: null, right: 1 });
  });

  it('is nobody else’s to ask for', () => {
    const { state } = hall();
    const inquiry = { audience: 'team', seat: 't1m1', part: 'ledger', from: 0 } as const;
    expect(answerStageInquiry(state, inquiry)).toMatchObject({ items: [] });
  });
});

describe('复活 by a listener', () => {
  it('is chosen by the host by his seat, and only among those who sit', () => {
    const played = new PlayedStage(aStageSetup(only(sheets.comeback, 'revival'), 4)).join('a1', '王一').next(2);
    expect([played.view('host').staff?.next, played.view('screen').scene.choosing?.what]).toEqual([null, 'person']);
    expect(played.tryHost({ type: 'choose', choice: 2 })).toMatchObject({ code: 'live.stage.no-such-choice' });
    played.host({ type: 'choose', choice: 1 }).next();
    expect(played.view('screen').scene.floor?.speaker).toBe('王一');
    played.audience(1, rightChoice);
    played.host({ type: 'finish', team: 4 });
    expect(played.scores[3]).toBe(220);
  });

  it('can be left out, where nobody sits in the hall', () => {
    const played = new PlayedStage(aStageSetup(sheets.comeback, 4)).host(goTo(1)).next();
    expect([may(played).rounds, played.view('host').staff?.next]).toEqual([[0, 1, 2, 3], null]);
    played.host(goTo(2));
    expect(played.view('screen').scene).toMatchObject({ phase: 'intro', round: { id: 'trap' } });
  });
});

describe('another round', () => {
  it('is refused while a question is under way, where there is none of that number, and where its questions are used up', () => {
    const played = new PlayedStage(aStageSetup(only(sheets.classic, 'boards'), 2, 3, 0)).next(2);
    expect([may(played).rounds, played.tryHost(goTo(0))]).toMatchObject([[], { code: 'live.command.not-now' }]);
    played.next(2);
    expect([may(played).rounds, played.tryHost(goTo(1))]).toMatchObject([[0], { code: 'live.stage.no-such-round' }]);
    played.next(4);
    expect([may(played).rounds, played.tryHost(goTo(0))]).toMatchObject([
      [],
      { code: 'live.stage.round-used', facts: { round: '共答题' } },
    ]);
  });

  it('begins again with the questions that are left; points stay', () => {
    const played = new PlayedStage(aStageSetup(only(sheets.classic, 'boards'), 2)).next(3).answer(1, true);
    played.next(2).host(goTo(0)).next();
    expect([played.scores, played.view('screen').scene.question?.stem.slice(0, 14)]).toEqual([
      [120, 100],
      'STEMboards.0.1',
    ]);
  });
});

describe('acts on a team’s behalf', () => {
  it('are told by what may be used now, and done by the host', () => {
    const played = new PlayedStage(aStageSetup(only(sheets.duel, 'duel'), 2)).next(2);
    expect([may(played).helps, may(played).void]).toEqual([[], true]);
    played.next();
    expect(may(played).helps).toEqual([{ team: 1, help: 'help' }]);
    played.host({ type: 'help', team: 1, help: 'help' });
    expect(may(played).helps).toEqual([]);
    const ring = new PlayedStage(aStageSetup(sheets.ring, 3)).next(3);
    const [{ team, help } = { team: 0, help: 'help' as const }] = may(ring).helps;
    expect(help).toBe('pass');
    expect(ring.host({ type: 'help', team, help }).view('screen').scene.phase).toBe('question');
    const formal = new PlayedStage(aStageSetup(sheets.formal, 2)).next(2);
    expect(may(formal).helps).toEqual([{ team: 1, help: 'exchange' }]);
  });
});

describe('presses too close to call', () => {
  const close = (): PlayedStage => {
    const played = new PlayedStage(aStageSetup(only(sheets.classic, 'buzzer'), 3)).next(2);
    expect(may(played).award).toBe(false);
    played.next().after(1_000);
    played.tryPress(1);
    played.after(5);
    played.tryPress(2);
    return played.after(400);
  };

  it('may be given to nobody', () => {
    const played = close();
    expect([may(played).award, played.view('screen').scene.buzz?.tooClose]).toEqual([true, [1, 2]]);
    played.host({ type: 'award-buzz', team: null });
    expect(played.view('screen').scene).toMatchObject({ phase: 'judged', cue: { type: 'nobody' } });
  });

  it('or to one of them, also by a judge', () => {
    const played = close().judge({ type: 'award-buzz', team: 2 });
    expect(played.view('screen').scene).toMatchObject({ phase: 'answering', floor: { active: [2] } });
  });
});

describe('where two persons confirm a change of points', () => {
  const host2 = {
    type: 'official',
    role: 'host',
    accountId: 'host2',
    name: '副主持',
    console: 'c1',
    expect: null,
  } as const;
  const started = (): PlayedStage => new PlayedStage(aStageSetup(sheets.formal, 2)).next(3);
  const proposals = (played: PlayedStage): string[] => played.view('host').staff!.proposals.map(({ text }) => text);

  it('one alone voids no question that has brought points', () => {
    const played = started().judge({ type: 'judge', team: 1, verdict: 'right' });
    played.host({ type: 'void-question', reason: '题目有误' });
    expect([played.scores, proposals(played)]).toEqual([[115, 100], ['作废本题：第1队 −15']]);
    expect(played.tryHost({ type: 'confirm', proposal: 1 })).toMatchObject({ code: 'live.stage.second-person' });
    played.judge({ type: 'confirm', proposal: 1 });
    expect([played.scores, proposals(played), played.view('host').staff?.next]).toEqual([[100, 100], [], 'show']);
  });

  it('one alone voids a question that has brought none', () => {
    const played = started().host({ type: 'void-question', reason: '题目有误' });
    expect([proposals(played), played.view('screen').scene.phase]).toEqual([[], 'judged']);
  });

  it('a proposal to void speaks of its own question only', () => {
    const played = started().judge({ type: 'judge', team: 1, verdict: 'right' });
    played.host({ type: 'void-question', reason: '题目有误' }).next(2);
    expect(played.tryJudge({ type: 'confirm', proposal: 1 })).toMatchObject({ code: 'live.command.not-now' });
    expect(played.scores).toEqual([115, 100]);
  });

  it('one alone takes back a verdict, but not what two have changed', () => {
    const played = started().judge({ type: 'judge', team: 1, verdict: 'wrong' });
    played.judge({ type: 'override', line: 1, verdict: 'right', reason: '录音复核' });
    played.judge({ type: 'confirm', proposal: 1 }, 'judge2').next();
    played.host({ type: 'undo', reason: '误点' });
    expect(proposals(played)).toEqual([]);
    played.host({ type: 'undo', reason: '不同意改判' });
    expect([played.scores, proposals(played)]).toEqual([[115, 100], ['撤销：第1队 评委改判 +15']]);
    expect(played.tryHost({ type: 'confirm', proposal: 2 })).toMatchObject({ code: 'live.stage.second-person' });
    expect(played.do({ ...host2, act: { type: 'confirm', proposal: 2 } })).not.toMatchObject({ kind: 'refusal' });
    expect([played.scores, proposals(played), played.view('screen').scene.cue?.type]).toEqual([
      [100, 100],
      [],
      'undone',
    ]);
    played.host({ type: 'undo', reason: '误点' });
    expect(played.view('judge').staff?.toJudge).toEqual([1]);
  });

  it('a proposal to undo takes back its own step only', () => {
    const played = started().host({ type: 'adjust', team: 2, points: 500, discipline: false, reason: '纪律好' });
    played.judge({ type: 'confirm', proposal: 1 }).host({ type: 'undo', reason: '误判' });
    played.judge({ type: 'judge', team: 1, verdict: 'right' });
    expect(played.tryJudge({ type: 'confirm', proposal: 2 })).toMatchObject({ code: 'live.stage.nothing-to-undo' });
    expect(played.scores).toEqual([115, 105]);
    played.judge({ type: 'reject', proposal: 2 });
    expect(proposals(played)).toEqual([]);
  });
});
