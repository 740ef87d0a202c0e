import { questionTypes, type QuestionType } from '@xuekao/contracts';
import { fileOf, formOfFile } from './file-form.js';
import type { FileQuestion } from './import.api.js';

const empty: FileQuestion = {
  type: 'single',
  stem: '题干____',
  pictures: [{ id: 'a', alt: '图', width: 4, height: 3, mediaType: 'image/png' }],
  options: [],
  truth: null,
  answers: [],
  orderFree: false,
  order: [],
  pairs: [],
  spareRights: [],
  reference: '',
  rubric: [],
  material: { title: '材料', text: '文字' },
  explanation: '解析',
  source: '党章',
  difficulty: 3,
  topic: '党章',
  marks: 200,
  code: 'q-1',
};
const answers: Record<QuestionType, Partial<FileQuestion>> = {
  single: {
    options: [
      { text: '甲', correct: true, picture: { id: 'b', alt: '图', width: 4, height: 3, mediaType: 'image/png' } },
      { text: '乙', correct: false },
    ],
  },
  multiple: {
    options: [
      { text: '甲', correct: true },
      { text: '乙', correct: true },
    ],
  },
  'true-false': { truth: false },
  blank: { answers: [['初心', '本心'], ['使命']], orderFree: true },
  'short-answer': { reference: '要点', rubric: ['一', '二'] },
  ordering: { order: ['先', '后'] },
  matching: {
    pairs: [
      { left: '一大', right: '上海' },
      { left: '二大', right: '上海' },
    ],
    spareRights: ['广州'],
  },
};

describe('the form of an imported row', () => {
  it.each(Object.keys(questionTypes) as QuestionType[])('gives back a row of %s as it was read', (type) => {
    const row: FileQuestion = { ...empty, type, ...answers[type] };
    expect(fileOf(formOfFile(row, ''), row)).toEqual(row);
  });

  it('starts with the raw text where nothing could be read', () => {
    expect(formOfFile(null, '看不懂的一行').stem).toBe('看不懂的一行');
  });
});
