import type { QuestionFile } from './bank.api.js';
import { emptyForm, formOf, inputOf, withCorrect } from './question-form.js';

describe('the form of a question', () => {
  it('sends the answer of its type alone', () => {
    const form = { ...emptyForm(), type: 'true-false' as const, stem: ' 题干 ', topic: '党章', truth: true };
    expect(inputOf(form)).toEqual({
      type: 'true-false',
      stem: '题干',
      explanation: '',
      source: '',
      difficulty: 2,
      topic: '党章',
      truth: true,
    });
  });

  it('leaves out options without text and keeps the ids of the others', () => {
    const options = [
      { id: 'o1', text: ' 甲 ', correct: true },
      { text: '  ', correct: false },
    ];
    expect(inputOf({ ...emptyForm(), options }).options).toEqual([{ id: 'o1', text: '甲', correct: true }]);
  });

  it('reads one wording a line for each blank', () => {
    expect(inputOf({ ...emptyForm(), type: 'blank', blanks: ['初心', '使命\n光荣使命\n'] }).answers).toEqual([
      ['初心'],
      ['使命', '光荣使命'],
    ]);
  });

  it('has one right option in a single choice', () => {
    const form = {
      ...emptyForm(),
      options: [
        { text: '甲', correct: true },
        { text: '乙', correct: false },
      ],
    };
    expect(withCorrect(form, 1, true).map(({ correct }) => correct)).toEqual([false, true]);
    expect(withCorrect({ ...form, type: 'multiple' }, 1, true).map(({ correct }) => correct)).toEqual([true, true]);
  });

  it('keeps pictures and material through an edit of the words', () => {
    const picture = { id: 'p', alt: '图', width: 1, height: 1 };
    const file = {
      code: 'q1',
      type: 'single',
      topic: '党史',
      difficulty: 1,
      entryKey: null,
      materialId: 'm',
      materialPlace: 2,
      body: {
        type: 'single',
        stem: '题',
        pictures: [picture],
        options: [
          {
            id: 'a',
            text: '',
            picture,
          },
        ],
      },
      key: { optionIds: ['a'] },
      explanation: null,
      source: null,
    } as unknown as QuestionFile;
    expect(inputOf(formOf(file))).toMatchObject({
      pictures: [picture],
      materialId: 'm',
      materialPlace: 2,
      options: [{ id: 'a', text: '', picture, correct: true }],
    });
  });

  it('opens a stored question with its key', () => {
    const file = {
      code: 'q1',
      type: 'multiple',
      topic: '党章',
      difficulty: 1,
      entryKey: null,
      body: {
        type: 'multiple',
        stem: '题',
        options: [
          { id: 'a', text: '甲' },
          { id: 'b', text: '乙' },
        ],
      },
      key: { optionIds: ['b'] },
      explanation: null,
      source: null,
    } as unknown as QuestionFile;
    expect(formOf(file).options).toEqual([
      { id: 'a', text: '甲', correct: false },
      { id: 'b', text: '乙', correct: true },
    ]);
  });
});
