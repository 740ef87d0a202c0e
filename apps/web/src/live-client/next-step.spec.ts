import type { QuizQuestionView, QuizView } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import {
  decideQuiz,
  defaultQuizOptions,
  emptyQuiz,
  evolveQuiz,
  plainRules,
  type QuizCommand,
  quizViewFor,
  type QuizState,
} from '@xuekao/live/core';
import { mayEnd, nextStep, otherSteps, type Step } from './next-step.js';

const question = {
  versionId: 'q',
  type: 'single' as const,
  stem: '题',
  options: ['甲', '乙'],
  key: { options: [0] },
  explanation: null,
};
const setup = { title: '竞赛', rehearsal: false, options: defaultQuizOptions, questions: [question, question] };

function does(state: QuizState, command: QuizCommand): QuizState | null {
  const events = decideQuiz(state, command, 1000, plainRules);
  return isRefusal(events) ? null : events.reduce(evolveQuiz, structuredClone(state));
}
const step = (type: Step): QuizCommand => ({ type: 'host', console: 'c', name: '主持人', act: { type } });
const shown = (state: QuizState): QuizView => quizViewFor(state, 'host', null);

describe('the steps that a console offers', () => {
  it('lead from the lobby to the end, and every one of them is taken by the room', () => {
    const open: QuizState[] = [does(emptyQuiz('r'), { type: 'prepare', setup })!];
    const seen = new Set<string>();
    for (let state = open.pop(); state; state = open.pop()) {
      const view = shown(state);
      const next = nextStep(view);
      const offered = [...(next ? [next] : []), ...otherSteps(view), ...(mayEnd(view) ? (['end'] as const) : [])];
      seen.add(view.phase);
      for (const type of offered) {
        const after = does(state, step(type));
        if (!after) throw new Error(`${type} is refused in ${view.phase}`);
        open.push(after);
      }
    }
    expect([...seen].sort()).toEqual(['ended', 'lobby', 'locked', 'podium', 'question', 'revealed', 'scoreboard']);
  });

  it('offer the podium after the last question', () => {
    const last = { index: 1 } as QuizQuestionView;
    expect(nextStep({ phase: 'scoreboard', question: last, total: 2 })).toBe('podium');
    expect(nextStep({ phase: 'scoreboard', question: { ...last, index: 0 }, total: 2 })).toBe('open');
  });
});
