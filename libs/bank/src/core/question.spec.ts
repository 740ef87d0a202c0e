import { isRefusal } from '@xuekao/kernel';
import { fullAnswer, questionFrom } from './question.js';
import { gapsIn } from './question-rules.js';
import type { Question, QuestionContent } from './question.js';

const single: QuestionContent = {
  type: 'single',
  code: 'Q-001',
  stem: '新时代的起点是哪次大会？',
  options: ['十八大', '十九大', '十七大'],
  answer: 1,
  explanation: '见大会报告。',
  source: '报告',
  difficulty: 1,
  topic: '大会概况',
};

function codeOf(content: QuestionContent): string {
  const result = questionFrom(content);
  return isRefusal(result) ? result.code : 'accepted';
}

describe('a question from content', () => {
  it('keeps the key out of the body', () => {
    const question = questionFrom(single) as Question;
    expect(question.body).toEqual({
      type: 'single',
      stem: '新时代的起点是哪次大会？',
      options: [
        { id: 'o1', text: '十八大' },
        { id: 'o2', text: '十九大' },
        { id: 'o3', text: '十七大' },
      ],
    });
    expect(question.key).toEqual({ kind: 'choice', optionIds: ['o2'] });
    expect(JSON.stringify(question.body)).not.toContain('answer');
  });

  it('sorts the key of a multiple choice and drops repeats', () => {
    const question = questionFrom({ ...single, type: 'multiple', answer: [2, 0, 2] }) as Question;
    expect(question.key).toEqual({ kind: 'choice', optionIds: ['o1', 'o3'] });
  });

  it('gives true-false its two fixed options', () => {
    const question = questionFrom({ ...single, type: 'true-false', answer: false }) as Question;
    expect(question.key).toEqual({ kind: 'choice', optionIds: ['false'] });
    expect(fullAnswer(question.key)).toEqual({ kind: 'choice', optionIds: ['false'] });
  });

  it('counts the gaps of a fill-in stem against its answers', () => {
    expect(gapsIn('坚持____，反对（  ）')).toBe(2);
    const blank: QuestionContent = {
      ...single,
      type: 'blank',
      stem: '不忘____，牢记____',
      answers: [['初心'], ['使命']],
    };
    expect((questionFrom(blank) as Question).body).toEqual({ type: 'blank', stem: blank.stem, blanks: 2 });
    expect(codeOf({ ...blank, answers: [['初心']] })).toBe('bank.question.blank-count');
    expect(codeOf({ ...blank, answers: [['初心'], []] })).toBe('bank.question.blank-empty');
  });

  it.each<[string, Partial<QuestionContent>]>([
    ['bank.question.stem-missing', { stem: '  ' }],
    ['bank.question.stem-too-long', { stem: '长'.repeat(2001) }],
    ['bank.question.options-too-few', { options: ['一个'] }],
    ['bank.question.options-too-many', { options: Array.from({ length: 11 }, (_, i) => `选项${i}`) }],
    ['bank.question.option-empty', { options: ['甲', ' '] }],
    ['bank.question.option-repeated', { options: ['甲', '乙', ' 甲'] }],
    ['bank.question.key-missing', { answer: undefined }],
    ['bank.question.key-unknown-option', { answer: 5 }],
    ['bank.question.key-count', { answer: [0, 1] }],
    ['bank.question.difficulty-unknown', { difficulty: 4 }],
    ['bank.question.code-malformed', { code: '题 1' }],
  ])('refuses with %s', (code, change) => {
    expect(codeOf({ ...single, ...change })).toBe(code);
  });
});
