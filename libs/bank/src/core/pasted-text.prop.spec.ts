import fc from 'fast-check';
import { letterOf } from './question-rules.js';
import { questionsFromText } from './pasted-text.js';

const word = fc
  .array(fc.constantFrom(...'党章纪律学习组织中央'), { minLength: 2, maxLength: 8 })
  .map((signs) => signs.join(''));

describe('pasted text', () => {
  it('never throws, and every row is a question or a fault with its line', () => {
    const lines = fc.constantFrom(
      '1. 题干',
      '2、',
      'A. 甲',
      'B. 乙',
      'D. 丁',
      '答案：A',
      '答案：',
      '答案：对',
      '解析：略',
      '一、多选题',
      '杂文',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 20 }), (parts) => {
        for (const row of questionsFromText(parts.join('\n'))) {
          const line = 'question' in row ? row.question.line : row.fault.line;
          expect(line).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('gives back the choice questions that were written', () => {
    const written = fc.record({
      stem: word,
      options: fc.uniqueArray(word, { minLength: 2, maxLength: 6 }),
      pick: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), (items) => {
        const text = items
          .map(({ stem, options, pick }, index) =>
            [
              `${index + 1}. ${stem}`,
              ...options.map((o, i) => `${letterOf(i)}. ${o}`),
              `答案：${letterOf(pick % options.length)}`,
            ].join('\n'),
          )
          .join('\n\n');
        const read = questionsFromText(text).map((row) => ('question' in row ? row.question : undefined));
        expect(read.map((question) => question?.body)).toEqual(
          items.map(({ stem, options }) => ({
            type: 'single',
            stem,
            options: options.map((o, i) => ({ id: `o${i + 1}`, text: o })),
          })),
        );
      }),
    );
  });
});
