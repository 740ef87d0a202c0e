import type { StageRound, StageSheet } from '@xuekao/contracts';
import { aStageSetup, PlayedStage } from '../../testing/stage-builders.js';
import { classic } from './sheets/classic.js';
import { overtime } from './sheets/parts.js';

const only = (...rounds: readonly StageRound[]): StageSheet => ({ ...classic, rounds });
const required = classic.rounds[0]!;

/** 抢答: this team presses first and is judged. */
function buzzed(played: PlayedStage, team: number, verdict: 'right' | 'wrong'): PlayedStage {
  return played.next().buzz(team).host({ type: 'judge', team, verdict });
}

/** Ten points to each of these teams. */
function paid(played: PlayedStage, ...teams: readonly number[]): PlayedStage {
  for (const team of teams) played.host({ type: 'adjust', team, points: 1000, discipline: false, reason: '前场' });
  return played;
}

describe('加时 with several ties at once', () => {
  it('settles the tie for the first place, then that for the third, each with its own teams', () => {
    const played = new PlayedStage(aStageSetup(only(overtime), 5));
    paid(played, 1, 1, 2, 2, 3, 4).next();
    expect([played.scores, played.places]).toEqual([
      [120, 120, 110, 110, 100],
      [1, 1, 3, 3, 5],
    ]);
    buzzed(played, 2, 'right');
    expect(played.view('screen').scene.floor?.teams).toEqual([1, 2]);
    played.next();
    expect([played.places, played.view('host').staff?.next]).toEqual([[2, 1, 3, 3, 5], 'show']);
    played.next();
    expect(played.view('screen').scene.floor?.teams).toEqual([3, 4]);
    expect(played.view('screen').scene.buzz?.barred).toEqual([]);
    played.buzz(3).host({ type: 'judge', team: 3, verdict: 'wrong' }).next();
    expect([played.places, played.scores]).toEqual([
      [2, 1, 4, 3, 5],
      [120, 120, 110, 110, 100],
    ]);
    expect(played.view('host').staff?.next).toBe('standings');
    played.next();
    expect(played.view('screen').scene.tied).toEqual([]);
  });

  it('settles a tie of three one team after the other', () => {
    const played = new PlayedStage(aStageSetup(only(overtime), 4));
    paid(played, 1, 2, 3).next();
    buzzed(played, 3, 'wrong').next();
    expect(played.view('host').staff?.next).toBe('show');
    buzzed(played, 1, 'right').next();
    expect([played.places, played.view('host').staff?.next]).toEqual([[1, 2, 3, 4], 'standings']);
  });

  it('leaves ties alone that are about no place of the first three', () => {
    const played = new PlayedStage(aStageSetup(only(overtime), 5));
    paid(played, 1, 1, 1, 2, 2, 3).next();
    expect(played.places).toEqual([1, 2, 3, 4, 4]);
    played.next();
    expect(played.view('screen').scene).toMatchObject({ phase: 'standings', question: null });
  });
});

describe('a round of several laps', () => {
  const laps = (order: 'seat' | 'low-first' | 'high-first'): StageSheet =>
    only({ ...required, run: { length: 1 }, turns: { kind: 'each', laps: 3, order } });
  const play = (played: PlayedStage, script: readonly (readonly [team: number, right: boolean])[]): number[] =>
    script.map(([team, right]) => {
      played.next();
      const [floor] = played.view('screen').scene.floor!.teams;
      played.next().answer(team, right).next();
      return floor!;
    });

  it('asks every team once in each lap, by seat', () => {
    const played = new PlayedStage(aStageSetup(laps('seat'), 2)).next();
    const order = [1, 2, 1, 2, 1, 2];
    expect(
      play(
        played,
        order.map((team) => [team, team === 1] as const),
      ),
    ).toEqual(order);
    expect(played.view('screen').scene.round).toMatchObject({ turn: 6, of: 6 });
    expect([played.scores, played.view('host').staff?.next]).toEqual([[130, 100], 'standings']);
  });

  it('orders each lap anew by the scores of its beginning', () => {
    const played = new PlayedStage(aStageSetup(laps('low-first'), 3)).next();
    const script = [
      [1, true],
      [2, false],
      [3, true],
      [2, true],
      [1, false],
      [3, true],
      [1, true],
      [2, false],
      [3, false],
    ] as const;
    expect(play(played, script)).toEqual(script.map(([team]) => team));
    expect(played.scores).toEqual([120, 110, 120]);
  });

  it('goes on from the lap it stood in after an undo', () => {
    const played = new PlayedStage(aStageSetup(laps('high-first'), 2)).next();
    play(played, [
      [1, false],
      [2, true],
      [2, true],
    ]);
    played.next();
    expect(played.view('screen').scene.floor?.teams).toEqual([1]);
    played.host({ type: 'undo', reason: '误点' });
    expect(played.view('screen').scene).toMatchObject({ phase: 'revealed', round: { turn: 3 } });
    expect(play(played, [[1, true]])).toEqual([1]);
    expect(play(played, [[2, true]])).toEqual([2]);
  });
});

describe('犯规 that people see', () => {
  const prompted = (round: StageRound): PlayedStage => new PlayedStage(aStageSetup(only(round), 2)).next(2);

  it('costs what the round says, voids the answer, and officials are told the price beforehand', () => {
    const played = prompted(required).next();
    expect(played.view('host').staff?.foulPoints).toBe(-1000);
    played.host({ type: 'foul', team: 1, reason: '场外提示' });
    expect(played.view('screen').scene.results).toMatchObject([{ team: 1, verdict: 'void', points: 0 }]);
    expect([played.scores, played.view('screen').scene.cue]).toMatchObject([[90, 100], { type: 'none', team: 1 }]);
  });

  it('costs as much as an early press where the round says nothing else, and nothing where nothing is said', () => {
    const { foulPoints: _own, ...silent } = required;
    expect(prompted(silent).view('host').staff?.foulPoints).toBe(0);
    expect(prompted(classic.rounds[2]!).view('host').staff?.foulPoints).toBe(-1000);
    const risk = { ...classic.rounds[3]!, foulPoints: -2000 };
    expect(prompted(risk).host({ type: 'foul', team: 2, reason: '插话' }).scores).toEqual([100, 80]);
  });
});
