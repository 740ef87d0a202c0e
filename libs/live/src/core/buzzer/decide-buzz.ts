import type { BuzzPlace } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import type { BuzzRules } from './buzz-rules.js';
import type { BuzzEvent, BuzzScope, BuzzState } from './buzz-state.js';
import { foulOutcome } from './foul-policy.js';
import { judgePress } from './judge-press.js';
import type { BuzzPress, JudgedPress } from './judge-press.js';

export type BuzzCommand =
  /** The question is on show; `teams` are those that may press. */
  | { readonly type: 'arm'; readonly scope: BuzzScope; readonly teams: readonly string[] }
  /** The host says go: open after the lead. */
  | { readonly type: 'open' }
  | { readonly type: 'press'; readonly buzz: number; readonly press: BuzzPress }
  | { readonly type: 'clock' }
  /** Host or judge decide what was too close; null gives it to nobody. */
  | { readonly type: 'settle'; readonly team: string | null }
  /** The host ends a buzz that nobody took. */
  | { readonly type: 'close' }
  | { readonly type: 'shift'; readonly byMs: number };

type Decision = readonly BuzzEvent[] | Refusal;

/** A press that arrived within the window may wait so long in mailboxes. */
const handoverMs = 40;
/** Presses of one team that a buzz writes down under V5, which takes nothing for them. */
const earlyPressesKept = 20;

/** What follows from a command of host, clock or team. Changes nothing. */
export function decideBuzz(state: BuzzState, command: BuzzCommand, now: Instant, rules: BuzzRules): Decision {
  switch (command.type) {
    case 'arm':
      return decideArm(state, command, now, rules);
    case 'open':
      return state.phase === 'armed' ? [opened(state, now, rules)] : notNow(state);
    case 'press':
      return decidePress(state, command, now, rules);
    case 'clock':
      return decideClock(state, now, rules);
    case 'settle':
      return decideSettle(state, command.team, now);
    case 'close':
      return isRunning(state) ? [{ type: 'buzz-silent', buzz: state.buzz, at: now }] : notNow(state);
    case 'shift':
      if (command.byMs <= 0 || state.openAt === null || !isRunning(state)) return [];
      return [{ type: 'buzz-shifted', buzz: state.buzz, byMs: Math.round(command.byMs) }];
    default:
      return assertNever(command);
  }
}

/** The next instant at which the buzz moves by itself. */
export function nextBuzzDeadline(state: BuzzState, rules: BuzzRules): Instant | null {
  if (state.phase === 'deciding' && state.windowEndsAt !== null) return state.windowEndsAt + handoverMs;
  if (state.phase === 'open' && state.closeAt !== null) return state.closeAt + rules.creditMostMs + handoverMs;
  return null;
}

const isRunning = ({ phase }: BuzzState): boolean => phase === 'armed' || phase === 'open' || phase === 'deciding';

const notNow = (state: BuzzState): Refusal => refuse('live.buzz.not-now', { phase: state.phase });

function decideArm(
  state: BuzzState,
  { scope, teams }: Extract<BuzzCommand, { type: 'arm' }>,
  at: Instant,
  rules: BuzzRules,
): Decision {
  if (isRunning(state)) return notNow(state);
  const mayPress = teams.filter((team) => scope === 'round' || !state.barredForRound.includes(team));
  if (mayPress.length === 0) return refuse('live.buzz.nobody-left');
  const quotas = Object.fromEntries(
    mayPress.map((team) => {
      const held = state.quotas[team];
      if (scope === 'again' && held !== undefined) return [team, held];
      return [team, Math.min(rules.quotaMostMs, (held ?? rules.quotaMostMs) + rules.quotaGainMs)];
    }),
  );
  return [{ type: 'buzz-armed', buzz: state.buzz + 1, scope, teams: mayPress, quotas, at }];
}

function opened(state: BuzzState, now: Instant, rules: BuzzRules): BuzzEvent {
  const openAt = now + rules.leadMs;
  const early = state.fouls
    .filter((foul) => foul.earlyMs === null)
    .map(({ team, judgedAt }) => ({ team, earlyMs: openAt - judgedAt }));
  return { type: 'buzz-opened', buzz: state.buzz, openAt, closeAt: openAt + rules.startWithinMs, at: now, early };
}

function decidePress(
  state: BuzzState,
  { buzz, press }: Extract<BuzzCommand, { type: 'press' }>,
  now: Instant,
  rules: BuzzRules,
): Decision {
  const closed = refuse('live.buzz.closed', { buzz });
  if (buzz !== state.buzz || !isRunning(state)) return closed;
  if (!state.teams.includes(press.team)) return refuse('live.buzz.barred', { team: press.team });
  if (state.presses.some(({ seat, team }) => seat === press.seat && team === press.team)) return [];
  const judged = judgePress(press, state.quotas[press.team] ?? 0, now, rules);
  const { openAt, closeAt } = state;
  if (openAt === null || judged.judgedAt < openAt) return decideFoul(state, press, judged, now, rules);
  if (closeAt !== null && judged.judgedAt > closeAt) return closed;
  if (state.windowEndsAt !== null && judged.arrivedAt > state.windowEndsAt) return closed;
  const { arrivedAt, creditMs, clampedMs } = judged;
  const reactionMs = Math.max(rules.reactionLeastMs, judged.judgedAt - openAt);
  const windowEndsAt = state.windowEndsAt ?? arrivedAt + rules.windowMs;
  const { team, seat } = press;
  return [{ type: 'buzz-pressed', buzz, team, seat, reactionMs, creditMs, clampedMs, arrivedAt, windowEndsAt }];
}

function decideFoul(state: BuzzState, press: BuzzPress, judged: JudgedPress, at: Instant, rules: BuzzRules): Decision {
  const { team, seat } = press;
  const { buzz, openAt } = state;
  if (state.fouls.filter((foul) => foul.team === team).length >= earlyPressesKept) return [];
  const foulNumber = (state.foulsInRound[team] ?? 0) + 1;
  const outcome = foulOutcome(rules.foul, foulNumber);
  const earlyMs = openAt === null ? null : openAt - judged.judgedAt;
  const { judgedAt } = judged;
  const fouled: BuzzEvent = { type: 'buzz-fouled', buzz, team, seat, earlyMs, judgedAt, foulNumber, outcome };
  if (outcome.voidsQuestion) return [fouled, { type: 'buzz-voided', buzz, at }];
  const isLast = outcome.bars !== 'nothing' && state.teams.every((other) => other === team);
  return isLast ? [fouled, { type: 'buzz-silent', buzz, at }] : [fouled];
}

function decideClock(state: BuzzState, now: Instant, rules: BuzzRules): Decision {
  const due = nextBuzzDeadline(state, rules);
  if (due === null || now < due) return [];
  if (state.phase === 'open') return [{ type: 'buzz-silent', buzz: state.buzz, at: now }];
  const order = orderOf(state);
  const [first, second] = order;
  if (!first) return [];
  const tooClose = second !== undefined && second.gapMs < rules.tooCloseMs;
  return [{ type: 'buzz-decided', buzz: state.buzz, winner: first.team, order, tooClose, at: now }];
}

/** Every team by its best press; equal times by arrival. */
function orderOf(state: BuzzState): BuzzPlace[] {
  const sorted = state.presses.toSorted((a, b) => a.reactionMs - b.reactionMs || a.arrivedAt - b.arrivedAt);
  const best = sorted.filter((press, index) => sorted.findIndex(({ team }) => team === press.team) === index);
  const firstMs = best[0]?.reactionMs ?? 0;
  return best.map(({ team, seat, reactionMs, creditMs, clampedMs }) => {
    return { team, seat, reactionMs, gapMs: reactionMs - firstMs, creditMs, clampedMs };
  });
}

function decideSettle(state: BuzzState, team: string | null, at: Instant): Decision {
  if (state.phase !== 'decided' || !state.decision?.tooClose) return notNow(state);
  const isOne = team === null || state.decision.order.some((place) => place.team === team);
  if (!isOne) return refuse('live.buzz.barred', { team });
  return [{ type: 'buzz-settled', buzz: state.buzz, winner: team, at }];
}
