import { isRefusal } from '@xuekao/kernel';
import { buzzRuleFaults, defaultBuzzRules } from './buzz-rules.js';
import type { BuzzRules } from './buzz-rules.js';
import { buzzViewOf, emptyBuzz } from './buzz-state.js';
import type { BuzzState } from './buzz-state.js';
import { decideBuzz, nextBuzzDeadline } from './decide-buzz.js';
import type { BuzzCommand } from './decide-buzz.js';
import { evolveBuzz } from './evolve-buzz.js';
import { foulOutcome } from './foul-policy.js';
import { judgePress } from './judge-press.js';
import type { BuzzPress } from './judge-press.js';

const teams = ['a', 'b', 'c'];

/** A buzz by hand; refusals come back as their code. */
class Stage {
  state: BuzzState = emptyBuzz;
  now = 100_000;
  constructor(readonly rules: BuzzRules = defaultBuzzRules) {}

  do(command: BuzzCommand): string {
    const decided = decideBuzz(this.state, command, this.now, this.rules);
    if (isRefusal(decided)) return decided.code;
    for (const event of decided) this.state = evolveBuzz(this.state, JSON.parse(JSON.stringify(event)));
    return decided.map(({ type }) => type).join(' ');
  }

  open(scope: 'round' | 'question' | 'again' = 'round'): this {
    this.do({ type: 'arm', scope, teams });
    this.do({ type: 'open' });
    this.now = this.state.openAt!;
    return this;
  }

  press(team: string, more: Partial<BuzzPress> = {}): string {
    const press = { team, seat: team, arrivedAt: this.now, claimedAt: this.now, rttMs: 100, ...more };
    return this.do({ type: 'press', buzz: this.state.buzz, press });
  }

  at(afterOpeningMs: number): this {
    this.now = this.state.openAt! + afterOpeningMs;
    return this;
  }

  decide(): BuzzState['decision'] {
    this.now = nextBuzzDeadline(this.state, this.rules)!;
    this.do({ type: 'clock' });
    return this.state.decision;
  }
}

describe('judging a press', () => {
  const press = { team: 'a', seat: 'a', arrivedAt: 10_000, claimedAt: 9_960, rttMs: 100 };
  const judged = (more: Partial<BuzzPress>, quota = 250) =>
    judgePress({ ...press, ...more }, quota, 10_000, defaultBuzzRules);

  it('believes a claim within half of the measured round trip', () => {
    expect(judged({})).toEqual({ arrivedAt: 10_000, judgedAt: 9_960, creditMs: 40, clampedMs: 0 });
  });

  it('gives back no more than half of the round trip, however early the claim', () => {
    expect(judged({ claimedAt: 5_000 })).toMatchObject({ judgedAt: 9_950, clampedMs: 4_950 });
    expect(judged({ claimedAt: 9_000, rttMs: 900 })).toMatchObject({ judgedAt: 9_750 });
    expect(judged({ claimedAt: 9_000, rttMs: 900 }, 30)).toMatchObject({ judgedAt: 9_970 });
  });

  it('gives nothing back without a measured round trip, and takes a claim from the future for the arrival', () => {
    expect(judged({ rttMs: null })).toMatchObject({ judgedAt: 10_000 });
    expect(judged({ claimedAt: 15_000 })).toMatchObject({ judgedAt: 10_000, clampedMs: 0 });
  });

  it('gives a device without a clock half of its round trip', () => {
    expect(judged({ claimedAt: null })).toMatchObject({ judgedAt: 9_950 });
  });

  it('does not believe an arrival dated by more than two seconds or ahead', () => {
    expect(judged({ arrivedAt: 7_000, claimedAt: 7_000 })).toMatchObject({ arrivedAt: 10_000 });
    expect(judged({ arrivedAt: 10_001 })).toMatchObject({ arrivedAt: 10_000 });
  });
});

describe('a buzz', () => {
  it('goes to the team that pressed first, not to the one whose message came first', () => {
    const stage = new Stage().open();
    stage.at(410).press('a', { claimedAt: stage.now - 5, rttMs: 10 });
    stage.at(500).press('b', { claimedAt: stage.now - 140, rttMs: 280 });
    expect(stage.decide()).toMatchObject({ winner: 'b', tooClose: false });
    expect(stage.state.decision?.order.map(({ team, reactionMs, gapMs }) => [team, reactionMs, gapMs])).toEqual([
      ['b', 360, 0],
      ['a', 405, 45],
    ]);
  });

  it('leaves presses within 15 ms to the host, who may give it to one of them or to nobody', () => {
    const stage = new Stage().open();
    stage.at(300).press('a');
    stage.at(314).press('b');
    expect(stage.decide()).toMatchObject({ winner: 'a', tooClose: true });
    expect(stage.do({ type: 'settle', team: 'c' })).toBe('live.buzz.barred');
    expect(stage.do({ type: 'settle', team: 'b' })).toBe('buzz-settled');
    expect(stage.state.decision).toMatchObject({ winner: 'b', tooClose: false });
    expect(stage.do({ type: 'settle', team: 'a' })).toBe('live.buzz.not-now');
  });

  it('lets nobody be faster than 80 ms: guessers share that time', () => {
    const stage = new Stage().open();
    stage.at(10).press('a');
    stage.at(60).press('b');
    stage.at(200).press('c');
    expect(stage.decide()).toMatchObject({ tooClose: true });
    expect(stage.state.decision?.order.map(({ reactionMs }) => reactionMs)).toEqual([80, 80, 200]);
  });

  it('judges a press that was on its way at the opening by its own time', () => {
    const stage = new Stage().open();
    expect(stage.at(30).press('a', { claimedAt: stage.now - 40 })).toBe('buzz-fouled');
    expect(stage.state.fouls).toMatchObject([{ team: 'a', earlyMs: 10, points: 0, bars: 'question' }]);
    expect(stage.press('a')).toBe('live.buzz.barred');
  });

  it('says how early a press was that came before anybody knew the opening', () => {
    const stage = new Stage();
    stage.do({ type: 'arm', scope: 'round', teams });
    stage.press('b');
    expect(stage.state.fouls).toMatchObject([{ team: 'b', earlyMs: null }]);
    stage.now += 1_000;
    stage.do({ type: 'open' });
    expect(stage.state.fouls).toMatchObject([{ team: 'b', earlyMs: 1_400 }]);
  });

  it('counts one press per seat, and a team by its best seat', () => {
    const stage = new Stage().open();
    expect(stage.at(300).press('a')).toBe('buzz-pressed');
    expect(stage.at(301).press('a')).toBe('');
    stage.at(340).press('a', { seat: 'a2', claimedAt: stage.now - 50 });
    stage.at(350).press('b');
    expect(stage.decide()?.order.map(({ team, seat, reactionMs }) => [team, seat, reactionMs])).toEqual([
      ['a', 'a2', 290],
      ['b', 'b', 350],
    ]);
  });

  it('refuses presses of another buzz and after the decision', () => {
    const stage = new Stage().open();
    const press = { team: 'a', seat: 'a', arrivedAt: stage.now, claimedAt: null, rttMs: null };
    expect(stage.do({ type: 'press', buzz: 0, press })).toBe('live.buzz.closed');
    stage.at(300).press('b');
    stage.at(551).press('c');
    expect(stage.decide()?.order.map(({ team }) => team)).toEqual(['b']);
    expect(stage.press('c')).toBe('live.buzz.closed');
  });

  it('ends in silence when nobody presses in time, but hears who pressed in time and was on the way', () => {
    const silent = new Stage().open();
    expect(silent.decide()).toBeNull();
    expect(silent.state.phase).toBe('silent');
    const late = new Stage().open();
    late.at(15_040).press('a', { claimedAt: late.now - 45 });
    expect(late.decide()).toMatchObject({ winner: 'a' });
  });

  it('takes a press back when the same team turns out to have fouled, and goes on for the others', () => {
    const stage = new Stage().open();
    stage.at(20).press('a', { claimedAt: stage.now, seat: 'a1' });
    expect(stage.at(40).press('a', { seat: 'a2', claimedAt: stage.now - 45 })).toBe('buzz-fouled');
    expect(stage.state).toMatchObject({ phase: 'open', presses: [], teams: ['b', 'c'] });
    stage.at(400).press('b');
    expect(stage.decide()).toMatchObject({ winner: 'b' });
  });

  it('gives back a pause without changing a reaction', () => {
    const stage = new Stage().open();
    stage.at(300).press('a');
    stage.do({ type: 'shift', byMs: 60_000 });
    stage.at(320).press('b');
    expect(stage.decide()?.order.map(({ reactionMs }) => reactionMs)).toEqual([300, 320]);
  });

  it('opens once more for those who are left, without new credit', () => {
    const stage = new Stage().open();
    stage.at(300).press('a', { claimedAt: stage.now - 100, rttMs: 400 });
    stage.decide();
    expect(stage.state.quotas.a).toBe(150);
    stage.do({ type: 'arm', scope: 'again', teams: ['b', 'a'] });
    expect(stage.state).toMatchObject({ phase: 'armed', teams: ['b', 'a'], quotas: { a: 150 } });
    stage.do({ type: 'close' });
    stage.open('question');
    expect(stage.state.quotas.a).toBe(250);
  });

  it('does not let a team live on credit', () => {
    const stage = new Stage();
    const credits = Array.from({ length: 4 }, (_, n) => {
      stage.open(n === 0 ? 'round' : 'question');
      stage.at(500).press('a', { claimedAt: stage.now - 900, rttMs: 1_000 });
      return stage.decide()!.order[0]!.creditMs;
    });
    expect(credits).toEqual([250, 170, 170, 170]);
  });

  it('shows everybody the state without the single presses', () => {
    const stage = new Stage().open();
    stage.at(300).press('a');
    expect(JSON.stringify(buzzViewOf(stage.state))).not.toContain('reactionMs');
  });
});

describe('foul policies', () => {
  const rules = (policy: 'V1' | 'V2' | 'V3' | 'V4' | 'V5') => ({ ...defaultBuzzRules.foul, policy });

  it('follow the published rules', () => {
    expect(foulOutcome(rules('V1'), 1)).toEqual({ points: -1000, bars: 'question', voidsQuestion: true });
    expect(foulOutcome(rules('V2'), 3)).toEqual({ points: -1000, bars: 'question', voidsQuestion: false });
    expect([1, 2, 3].map((n) => foulOutcome(rules('V3'), n).points)).toEqual([0, -2000, -2000]);
    expect([1, 2, 3].map((n) => foulOutcome(rules('V4'), n))).toMatchObject([
      { points: 0, bars: 'question' },
      { points: -2000, bars: 'question' },
      { points: 0, bars: 'round' },
    ]);
    expect(foulOutcome(rules('V5'), 9)).toEqual({ points: 0, bars: 'nothing', voidsQuestion: false });
  });

  it('V1 voids the question', () => {
    const stage = new Stage({ ...defaultBuzzRules, foul: rules('V1') }).open();
    expect(stage.at(-100).press('a')).toBe('buzz-fouled buzz-voided');
    expect(stage.state.phase).toBe('void');
  });

  it('V4 keeps the third offender out until the next round', () => {
    const stage = new Stage({ ...defaultBuzzRules, foul: rules('V4') });
    for (const scope of ['round', 'question', 'question'] as const) {
      stage.open(scope).at(-100).press('a');
      stage.do({ type: 'close' });
    }
    expect(stage.open('question').state.teams).toEqual(['b', 'c']);
    stage.do({ type: 'close' });
    expect(stage.open('round').state.teams).toEqual(teams);
  });

  it('V5 lets an early presser press again', () => {
    const stage = new Stage({ ...defaultBuzzRules, foul: rules('V5') }).open();
    expect(stage.at(-100).press('a')).toBe('buzz-fouled');
    expect(stage.at(300).press('a')).toBe('buzz-pressed');
  });

  it('end a buzz in which everybody fouled', () => {
    const stage = new Stage().open();
    const said = teams.map((team) => stage.at(-50).press(team));
    expect(said).toEqual(['buzz-fouled', 'buzz-fouled', 'buzz-fouled buzz-silent']);
    expect(stage.do({ type: 'arm', scope: 'again', teams: [] })).toBe('live.buzz.nobody-left');
  });
});

describe('rules of a sheet', () => {
  it('are held to their bounds', () => {
    expect(buzzRuleFaults(defaultBuzzRules)).toEqual([]);
    const { foul } = defaultBuzzRules;
    const wrong = { ...defaultBuzzRules, windowMs: 149, leadMs: 300.5, foul: { ...foul, penalty: -1 } };
    expect(buzzRuleFaults(wrong)).toEqual(['windowMs', 'leadMs', 'foul.penalty']);
  });
});
