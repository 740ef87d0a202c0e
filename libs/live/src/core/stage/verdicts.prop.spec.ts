import fc from 'fast-check';
import type { StageRound, StageVerdict } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { aStageSetup, PlayedStage, rightChoice, wrongChoice } from '../../testing/stage-builders.js';
import { choosingOf } from './choosing.js';
import { looking } from './next-step.js';
import { shippedSheets } from './sheets/index.js';
import { roundOf, scoresOf } from './index.js';
import type { StageState } from './stage-state.js';

/** Every round of every sheet in which teams answer. */
const rounds = Object.entries(shippedSheets).flatMap(([id, { rounds: all }]) =>
  all.flatMap((round, index) => (round.answer === 'audience' ? [] : [[id, index] as const])),
);
const verdict = fc.constantFrom<StageVerdict>('right', 'wrong', 'none', 'void');
const verdicts = fc.array(verdict, { minLength: 4, maxLength: 4 });

function begun([id, index]: readonly [string, number]): PlayedStage {
  const played = new PlayedStage(aStageSetup(shippedSheets[id]!, 4)).join('a1');
  // A team is ahead, one is behind, two are tied: so every round has something to do.
  for (const [team, points] of [
    [1, 3000],
    [2, 3000],
    [3, 1000],
  ] as const) {
    changed(played, { type: 'adjust', team, points, discipline: false, reason: '前场' });
  }
  played.tryHost({ type: 'go-round', round: index, reason: '从这里开始' });
  return show(played);
}

/** The next question, whatever must be chosen before it. */
function show(played: PlayedStage): PlayedStage {
  played.tryHost({ type: 'next' });
  const choosing = choosingOf(looking(played.state));
  if (choosing) played.host({ type: 'choose', choice: choosing.questions[0] ?? 1 });
  return played;
}

/** A change of a score, by two persons where the sheet wants two. */
function changed(played: PlayedStage, act: Parameters<PlayedStage['judge']>[0]): void {
  if (isRefusal(played.tryJudge(act, 'judge1'))) return;
  const { proposals } = played.state.desk;
  for (const { id } of proposals) played.judge({ type: 'confirm', proposal: id }, 'judge2');
}

/** Plays the question on show: the first answer gets the first verdict, and so on while anybody has a chance to answer. */
function playItem(played: PlayedStage, given: readonly StageVerdict[], presses: boolean): void {
  const round: StageRound = roundOf(played.state)!;
  for (let at = 0; at < given.length; at += 1) {
    const { item, turn } = played.state.play;
    if (!item || played.state.play.phase !== 'question') return;
    const isPressed = item.again ? round.again?.kind !== 'opponent' : round.answer === 'buzz';
    if (item.again && !presses) break;
    if (isPressed) {
      played.next().after(1_000);
      const team = played.state.play.teams.find((one) => !isRefusal(played.tryPress(one.team)));
      if (!team) break;
      played.after(400);
    } else {
      played.next();
    }
    if (round.answer === 'all') return all(played, turn!.floor, given);
    const [active] = played.state.play.item!.active;
    played.judge({ type: 'judge', team: active!, verdict: given[at]! });
  }
  if (played.state.play.phase === 'question') {
    if (played.view('host').staff?.next === 'open') played.next();
    played.host({ type: 'next' });
  }
}

function all(played: PlayedStage, floor: readonly number[], given: readonly StageVerdict[]): void {
  const { item } = played;
  floor.forEach((team, at) => {
    const said = given[at % given.length];
    if (said === 'none' || said === 'void') return;
    played.tryTeam(team, { type: 'answer', item, choice: said === 'right' ? rightChoice : wrongChoice });
  });
  if (played.state.play.phase === 'answering') played.next();
}

const scores = (state: StageState): Record<string, number> => Object.fromEntries(scoresOf(state));

describe('laws of verdicts', () => {
  it('a changed verdict is worth what it would have been worth at once', () => {
    let followed = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...rounds),
        verdicts,
        fc.array(fc.tuple(fc.nat(3), verdict), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (round, given, changes, isLater) => {
          const played = begun(round);
          const isAll = roundOf(played.state)?.answer === 'all';
          const first = played.state.ledger.length;
          playItem(played, given, true);
          const answers = played.state.ledger.slice(first).filter(({ reason }) => reason === 'answer');
          // Prizes of a round go by who left it, and who left does not come back by a changed verdict.
          const goesOn = isLater && played.state.play.phase === 'judged';
          if (goesOn && played.next().view('host').staff?.next === 'show') show(played);
          const final = answers.map(({ verdict: said }) => said!);
          for (const [at, said] of changes) {
            const line = answers[at % Math.max(1, answers.length)];
            // Teams that answer together cannot be given a void answer on their devices.
            if (!line || (isAll && said === 'void')) continue;
            changed(played, { type: 'override', line: line.line, verdict: said, reason: '复核' });
            final[answers.indexOf(line)] = said;
          }
          const said = begun(round);
          playItem(said, final.length > 0 ? final : given, final.length > 0);
          expect(scores(played.state)).toEqual(scores(said.state));
          if (played.state.ledger.some(({ reason }) => reason === 'rescue' || reason === 'trap')) followed += 1;
        },
      ),
      { numRuns: 100 },
    );
    expect(followed).toBeGreaterThan(0);
  });

  it('a void question leaves scores and teams as if it had never been asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rounds), verdicts, fc.boolean(), fc.nat(3), (round, given, presses, at) => {
        const played = begun(round);
        if (played.state.play.item === null) return;
        const { before } = played.state.play;
        const atShow = scores(played.state);
        // Against one clock the next question follows at once, and is the one that would be void.
        if (roundOf(played.state)?.run?.clock !== 'run') playItem(played, given.slice(0, at), presses);
        const teams = played.state.play.teams.map(({ members }) => members);
        const isVoid = played.state.play.item.voided !== null || played.state.play.phase === 'revealed';
        if (isVoid) return;
        played.host({ type: 'void-question', reason: '题目有误' });
        for (const { id } of played.state.desk.proposals) played.judge({ type: 'confirm', proposal: id }, 'judge2');
        expect(scores(played.state)).toEqual(atShow);
        expect(played.state.play.teams.map(({ team: _team, members: _members, ...one }) => one)).toEqual(before.teams);
        expect(played.state.play.round?.exits).toEqual(before.exits);
        expect(played.state.play.teams.map(({ members }) => members)).toEqual(teams);
        // The same teams are asked in its place.
        const { floor, step } = played.state.play.turn!;
        if (played.view('host').staff?.next === 'show') show(played);
        expect(played.state.play.turn ?? { floor }).toMatchObject({ floor });
        expect(played.state.play.turn?.step ?? step + 1).toBe(step + 1);
      }),
      { numRuns: 100 },
    );
  });
});
