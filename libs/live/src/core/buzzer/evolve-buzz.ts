import { assertNever } from '@xuekao/kernel';
import type { BuzzEvent, BuzzState } from './buzz-state.js';

/** Folds one event; the state given stays as it is. */
export function evolveBuzz(state: BuzzState, event: BuzzEvent): BuzzState {
  switch (event.type) {
    case 'buzz-armed':
      return armed(state, event);
    case 'buzz-opened': {
      const early = event.early.map(({ earlyMs }) => earlyMs);
      const fouls = state.fouls.map((foul) =>
        foul.earlyMs === null ? { ...foul, earlyMs: early.shift() ?? null } : foul,
      );
      return { ...state, phase: 'open', openAt: event.openAt, closeAt: event.closeAt, fouls };
    }
    case 'buzz-pressed': {
      const quota = Math.max(0, (state.quotas[event.team] ?? 0) - event.creditMs);
      const quotas = { ...state.quotas, [event.team]: quota };
      const { windowEndsAt } = event;
      return { ...state, phase: 'deciding', windowEndsAt, quotas, presses: [...state.presses, event] };
    }
    case 'buzz-fouled':
      return fouled(state, event);
    case 'buzz-decided': {
      const { winner, order, tooClose } = event;
      return { ...state, phase: 'decided', windowEndsAt: null, decision: { winner, order, tooClose } };
    }
    case 'buzz-settled': {
      const order = state.decision?.order ?? [];
      return { ...state, phase: 'decided', decision: { winner: event.winner, order, tooClose: false } };
    }
    case 'buzz-silent':
      return { ...state, phase: 'silent', windowEndsAt: null };
    case 'buzz-voided':
      return { ...state, phase: 'void', windowEndsAt: null };
    case 'buzz-shifted': {
      const later = (at: number | null): number | null => (at === null ? null : at + event.byMs);
      const { openAt, closeAt, windowEndsAt } = state;
      return { ...state, openAt: later(openAt), closeAt: later(closeAt), windowEndsAt: later(windowEndsAt) };
    }
    default:
      return assertNever(event);
  }
}

function armed(state: BuzzState, event: Extract<BuzzEvent, { type: 'buzz-armed' }>): BuzzState {
  const isNewRound = event.scope === 'round';
  return {
    buzz: event.buzz,
    phase: 'armed',
    openAt: null,
    closeAt: null,
    windowEndsAt: null,
    teams: event.teams,
    presses: [],
    fouls: event.scope === 'again' ? state.fouls.filter((foul) => foul.earlyMs !== null) : [],
    decision: null,
    quotas: { ...state.quotas, ...event.quotas },
    foulsInRound: isNewRound ? {} : state.foulsInRound,
    barredForRound: isNewRound ? [] : state.barredForRound,
  };
}

function fouled(state: BuzzState, event: Extract<BuzzEvent, { type: 'buzz-fouled' }>): BuzzState {
  const { team, seat, earlyMs, judgedAt, outcome } = event;
  const isBarred = outcome.bars !== 'nothing';
  const presses = isBarred ? state.presses.filter((press) => press.team !== team) : state.presses;
  const hasLostAll = state.phase === 'deciding' && presses.length === 0;
  return {
    ...state,
    phase: hasLostAll ? 'open' : state.phase,
    windowEndsAt: hasLostAll ? null : state.windowEndsAt,
    presses,
    teams: isBarred ? state.teams.filter((other) => other !== team) : state.teams,
    fouls: [...state.fouls, { team, seat, earlyMs, points: outcome.points, bars: outcome.bars, judgedAt }],
    foulsInRound: { ...state.foulsInRound, [team]: event.foulNumber },
    barredForRound: outcome.bars === 'round' ? [...state.barredForRound, team] : state.barredForRound,
  };
}
