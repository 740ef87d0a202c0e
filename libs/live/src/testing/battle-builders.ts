import { isRefusal } from '@xuekao/kernel';
import type { BattleMode } from '@xuekao/contracts';
import { emptyBattle, evolveBattle } from '../core/battle/battle-state.js';
import type {
  BattleCommand,
  BattleEvent,
  BattleSeatSetup,
  BattleSetup,
  BattleState,
} from '../core/battle/battle-state.js';
import { decideBattle, nextBattleDeadline } from '../core/battle/decide-battle.js';
import type { GameQuestion, RecordedAnswer } from '../core/battle/game-question.js';
import {
  decideSurvival,
  emptySurvival,
  evolveSurvival,
  nextSurvivalDeadline,
} from '../core/battle/survival-machine.js';
import type { SurvivalCommand, SurvivalEvent, SurvivalState } from '../core/battle/survival-machine.js';

/** Question `index`, whose texts can be found again in any frame; option 1 is right. */
export const gameQuestion = (index: number): GameQuestion => ({
  questionId: `q${index}`,
  versionId: `v${index}`,
  type: 'single',
  stem: `STEM${index}!`,
  options: ['a', 'b', 'c', 'd'],
  key: [1],
  explanation: `WHY${index}!`,
});

export const aPerson = (seat: number): BattleSeatSetup => ({
  seat,
  memberId: `m${seat}`,
  name: `党员${seat}`,
  unitName: '第一支部',
  ghost: null,
});

export const aGhost = (seat: number, answers: readonly RecordedAnswer[]): BattleSeatSetup => ({
  seat,
  memberId: null,
  name: null,
  unitName: null,
  ghost: answers,
});

export function aBattleSetup(seats: readonly BattleSeatSetup[], questions = 3, mode: BattleMode = 'duel'): BattleSetup {
  return { mode, questions: Array.from({ length: questions }, (_, index) => gameQuestion(index)), seats };
}

interface Played<State, Command, Event> {
  readonly decide: (state: State, command: Command, now: number) => readonly Event[] | { readonly code: string };
  readonly evolve: (state: State, event: Event) => State;
  readonly due: (state: State) => { readonly at: number; readonly command: Command } | null;
}

/** A game played by hand: time moves only when told, and takes the deadlines on its way. */
export class PlayedGame<State, Command, Event extends { readonly type: string }> {
  readonly events: Event[] = [];
  now = 1_000_000;

  constructor(
    private readonly rules: Played<State, Command, Event>,
    public state: State,
  ) {}

  /** The types of the events, or the code of the refusal. */
  do(command: Command): string {
    const decided = this.rules.decide(this.state, command, this.now);
    if (isRefusal(decided)) return decided.code;
    const events = decided as readonly Event[];
    for (const event of events) this.state = this.rules.evolve(this.state, event);
    this.events.push(...events);
    return events.map(({ type }) => type).join(' ');
  }

  after(ms: number): this {
    const until = this.now + ms;
    for (let due = this.rules.due(this.state); due && due.at <= until; due = this.rules.due(this.state)) {
      this.now = Math.max(this.now, due.at);
      this.do(due.command);
    }
    this.now = until;
    return this;
  }
}

export type PlayedBattle = PlayedGame<BattleState, BattleCommand, BattleEvent>;
export function playBattle(setup: BattleSetup): PlayedBattle {
  const rules = { decide: decideBattle, evolve: evolveBattle, due: nextBattleDeadline };
  const game = new PlayedGame<BattleState, BattleCommand, BattleEvent>(rules, emptyBattle('room'));
  game.do({ type: 'prepare', setup });
  return game;
}

export type PlayedSurvival = PlayedGame<SurvivalState, SurvivalCommand, SurvivalEvent>;
export function playSurvival(questions: number): PlayedSurvival {
  const rules = { decide: decideSurvival, evolve: evolveSurvival, due: nextSurvivalDeadline };
  const game = new PlayedGame<SurvivalState, SurvivalCommand, SurvivalEvent>(rules, emptySurvival('room'));
  const setup = { memberId: 'm1', questions: Array.from({ length: questions }, (_, index) => gameQuestion(index)) };
  game.do({ type: 'prepare', setup });
  return game;
}

export const answerOf = (seat: number, question: number, option: number) => ({
  type: 'answer' as const,
  memberId: `m${seat}`,
  question,
  choice: { options: [option] },
});
