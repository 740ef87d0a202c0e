import { isRefusal } from '@xuekao/kernel';
import type { Rng } from '@xuekao/kernel';
import { decideBuzz, emptyBuzz, evolveBuzz, nextBuzzDeadline } from '@xuekao/live/core';
import type { BuzzCommand, BuzzEvent, BuzzState } from '@xuekao/live/core';
import { rules } from './buzzer-duel.js';
import { aTrace, foulsByOracle } from './buzzer-oracle.js';
import type { FoulRecord, Trace } from './buzzer-oracle.js';

/** The fouls that the machine finds in a trace. */
export function foulsByMachine(trace: Trace): FoulRecord[] {
  const ruled = { ...rules, foul: { ...rules.foul, policy: trace.policy } };
  const fouls: FoulRecord[] = [];
  let state: BuzzState = emptyBuzz;
  const send = (command: BuzzCommand, now: number, question: number): void => {
    const decided = decideBuzz(state, command, now, ruled);
    if (isRefusal(decided)) return;
    for (const event of decided) {
      state = evolveBuzz(state, event);
      const foul = foulOf(event);
      if (foul) fouls.push({ question, ...foul });
    }
  };
  trace.questions.forEach(({ openAt, presses }, question) => {
    send({ type: 'close' }, openAt - ruled.leadMs, question);
    send(
      { type: 'arm', scope: question === 0 ? 'round' : 'question', teams: trace.teams },
      openAt - ruled.leadMs,
      question,
    );
    send({ type: 'open' }, openAt - ruled.leadMs, question);
    for (const { team, ...press } of presses) {
      const due = nextBuzzDeadline(state, ruled);
      if (due !== null && due <= press.arrivedAt) send({ type: 'clock' }, due, question);
      send({ type: 'press', buzz: state.buzz, press: { team, seat: team, ...press } }, press.arrivedAt, question);
    }
    const due = nextBuzzDeadline(state, ruled);
    if (due !== null) send({ type: 'clock' }, due, question);
  });
  return fouls;
}

function foulOf(event: BuzzEvent): Omit<FoulRecord, 'question'> | null {
  if (event.type !== 'buzz-fouled' || event.earlyMs === null) return null;
  return { team: event.team, earlyMs: event.earlyMs, points: event.outcome.points };
}

export interface AgreementFigures {
  readonly traces: number;
  readonly fouls: number;
  readonly disagreements: number;
  readonly firstDisagreement: Trace | null;
}

export function agreement(rng: Rng, traces: number): AgreementFigures {
  let [fouls, disagreements] = [0, 0];
  let firstDisagreement: Trace | null = null;
  for (let n = 0; n < traces; n++) {
    const trace = aTrace(rng);
    const expected = foulsByOracle(trace);
    fouls += expected.length;
    if (JSON.stringify(foulsByMachine(trace)) === JSON.stringify(expected)) continue;
    disagreements += 1;
    firstDisagreement ??= trace;
  }
  return { traces, fouls, disagreements, firstDisagreement };
}
