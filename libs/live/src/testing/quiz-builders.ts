import type { QuizChoice, QuizHostAct } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { decideQuiz } from '../core/decide.js';
import { evolveQuiz } from '../core/evolve.js';
import { plainRules } from '../core/grading.js';
import type { QuizCommand, QuizEvent } from '../core/quiz-events.js';
import { defaultQuizOptions, emptyQuiz } from '../core/quiz-state.js';
import type { QuizOptions, QuizPlayer, QuizQuestion, QuizSetup, QuizState } from '../core/quiz-state.js';

export function aQuestion(given: Partial<QuizQuestion> = {}): QuizQuestion {
  return {
    versionId: 'v1',
    type: 'single',
    stem: '十九大召开的年份是？',
    options: ['2012', '2016', '2017', '2018'],
    key: { options: [2] },
    explanation: null,
    ...given,
  };
}

export function aPlayer(number: number, given: Partial<QuizPlayer> = {}): QuizPlayer {
  return {
    memberId: `m${number}`,
    name: `党员${number}`,
    unitId: `u${number % 3}`,
    unitName: `第${number % 3}支部`,
    unitRoll: 10,
    ...given,
  };
}

export function aSetup(
  questions: readonly QuizQuestion[] = [aQuestion()],
  options: Partial<QuizOptions> = {},
): QuizSetup {
  return { title: '知识竞赛', rehearsal: false, options: { ...defaultQuizOptions, ...options }, questions };
}

/** Acts that need no more than their name. */
export type PlainAct = Exclude<QuizHostAct['type'], 'kick' | 'unkick' | 'time-factor'>;

/** A room played by hand: time moves only when told, refusals are returned, events kept. */
export class PlayedQuiz {
  state: QuizState = emptyQuiz('room');
  readonly events: QuizEvent[] = [];
  now = 1_000_000;

  constructor(setup: QuizSetup = aSetup(), players = 0) {
    this.do({ type: 'prepare', setup });
    for (let number = 1; number <= players; number++) this.do({ type: 'join', player: aPlayer(number) });
  }

  do(command: QuizCommand): readonly QuizEvent[] | Refusal {
    const decided = decideQuiz(this.state, command, this.now, plainRules);
    if (isRefusal(decided)) return decided;
    for (const event of decided) {
      this.state = evolveQuiz(this.state, event);
      this.events.push(event);
    }
    return decided;
  }

  host(type: PlainAct, console = 'c1'): readonly QuizEvent[] | Refusal {
    return this.do({ type: 'host', console, name: '主持人', act: { type } });
  }

  giveTime(seat: number, percent: number): readonly QuizEvent[] | Refusal {
    return this.do({ type: 'host', console: 'c1', name: '主持人', act: { type: 'time-factor', seat, percent } });
  }

  kick(seat: number, type: 'kick' | 'unkick' = 'kick'): readonly QuizEvent[] | Refusal {
    return this.do({ type: 'host', console: 'c1', name: '主持人', act: { type, seat } });
  }

  answer(number: number, choice: QuizChoice, question = this.state.index): readonly QuizEvent[] | Refusal {
    return this.do({ type: 'answer', memberId: `m${number}`, question, choice });
  }

  after(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Opens the next question and waits until it can be answered. */
  open(): this {
    this.host('open');
    this.now = this.state.timing!.openAt;
    return this;
  }
}
