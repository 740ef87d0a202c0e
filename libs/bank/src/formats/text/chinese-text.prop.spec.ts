import fc from 'fast-check';
import { fileQuestion } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { readChineseLines, readChineseText } from './chinese-text.js';
import { TextDocument } from './document.js';
import { printLines } from './text-writer.js';
import type { TextLayout } from './text-writer.js';

const word = fc
  .array(fc.constantFrom(...'党章纪律学习组织中央支部大会民主集中报告'), { minLength: 2, maxLength: 10 })
  .map((signs) => signs.join(''));
const stem = fc
  .tuple(word, fc.constantFrom('是什么？', '包括哪些？', '指的是（　　）。'))
  .map((parts) => parts.join(''));
const choice = fc
  .record({ stem, texts: fc.uniqueArray(word, { minLength: 3, maxLength: 6 }), right: fc.nat(), isMany: fc.boolean() })
  .map(({ stem: asked, texts, right, isMany }): FileQuestion => {
    const first = right % texts.length;
    const second = isMany ? (first + 1) % texts.length : first;
    const options = texts.map((text, index) => ({ text, correct: index === first || index === second }));
    return fileQuestion({ type: isMany ? 'multiple' : 'single', stem: asked, options });
  });
const judged = fc
  .record({ stem: word, truth: fc.boolean() })
  .map(({ stem: said, truth }) => fileQuestion({ type: 'true-false', stem: `${said}。`, truth }));
const blank = fc
  .array(fc.tuple(word, fc.uniqueArray(word, { minLength: 1, maxLength: 2 })), { minLength: 1, maxLength: 3 })
  .map((gaps) =>
    fileQuestion({
      type: 'blank',
      stem: `${gaps.map(([lead]) => `${lead}____`).join('，')}。`,
      answers: gaps.map(([, wordings]) => wordings),
    }),
  );
const questions = fc.array(fc.oneof(choice, judged, blank), { minLength: 1, maxLength: 8 });

const layout: fc.Arbitrary<TextLayout> = fc.record({
  number: fc.constantFrom(
    '1. ' as const,
    '1、' as const,
    '（1）' as const,
    '第1题 ' as const,
    '１．' as const,
    '1）' as const,
  ),
  option: fc.constantFrom(
    'A. ' as const,
    'A、' as const,
    'A．' as const,
    '(A)' as const,
    'Ａ．' as const,
    'A) ' as const,
    '①' as const,
  ),
  options: fc.constantFrom('lines' as const, 'one-line' as const),
  answer: fc.constantFrom(
    '答案：' as const,
    '【答案】:' as const,
    '正确答案 ' as const,
    '参考答案：' as const,
    'in-stem' as const,
    'list' as const,
  ),
  truth: fc.constantFrom(['正确', '错误'] as const, ['对', '错'] as const, ['√', '×'] as const, ['T', 'F'] as const),
  hasHeadings: fc.constant(true),
});

const order = ['single', 'multiple', 'true-false', 'blank'] as const;
const inSections = (given: readonly FileQuestion[]): FileQuestion[] =>
  order.flatMap((type) => given.filter((question) => question.type === type));
/** A stem that had no place for its answer has one after the answer stood there. */
const withoutPlace = (question: FileQuestion): FileQuestion => ({
  ...question,
  stem: question.stem.replace('（　　）', ''),
});

describe('the layouts that circulate', () => {
  it('give back, whatever their signs, the questions that were written', () => {
    fc.assert(
      fc.property(questions, layout, (given, style) => {
        const reading = readChineseLines(printLines(given, style));
        expect(reading.rows.flatMap((row) => [...row.faults, ...row.guesses])).toEqual([]);
        expect(reading.unread).toEqual([]);
        expect(reading.rows.map((row) => withoutPlace(row.draft!))).toEqual(inSections(given).map(withoutPlace));
      }),
      { numRuns: 400 },
    );
  });

  it('never take a stem with empty gaps and no answer for a whole question', () => {
    const gap = fc.constantFrom('____', '______', '（　　）', '【】', '( )');
    const stem = fc
      .array(fc.tuple(word, gap, fc.constantFrom('', '和', '，', '、')), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(stem, fc.constantFrom('一、填空题', ''), (asked, heading) => {
        const { rows } = readChineseLines([heading, `1. ${asked}。`]);
        expect(rows.map((row) => row.faults.length > 0)).toEqual([true]);
      }),
    );
  });

  const line = fc.oneof(
    fc.constantFrom(
      '1. 题干',
      '2、',
      '（3）某题（ A ）',
      '第4题',
      'A. 甲',
      'B. 乙 C. 丙',
      '答案：A',
      '答案：',
      '参考答案',
      '1-3 ABC',
      '1.A 2.B',
      '一、单选题',
      '三、判断题',
      '材料：一段材料',
      '【解析】略',
      '杂文一行',
      '┊续行',
      '①甲②乙',
      '四、填空题',
      '1.初心；使命',
      '____',
      '',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  );

  it('never throw and never lose a line: each is in a question, has a form, or is named as unread', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const document = new TextDocument(lines);
        const used = new Set([
          ...document.blocks.flatMap((block) => block.lines.map((each) => each.index)),
          ...document.formal,
        ]);
        const left = new Set(document.leftOver.map((each) => each.index));
        for (const [index, text] of lines.entries()) {
          if (text.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD\uFFFC]/gu, '').trim() === '') continue;
          expect({ text, isKnown: used.has(index) || left.has(index) }).toEqual({ text, isKnown: true });
        }
        const { rows } = readChineseLines(lines);
        expect(rows.every((row) => row.draft !== null || row.faults.length > 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are read in time that grows with their length, whatever stands in them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('A. ', '1. ', '（ A ）', '____', '答案：', '【答案】', ' 1.A', '①', '(', '　'),
        (piece) => {
          readChineseText(piece.repeat(20_000));
        },
      ),
      { numRuns: 10 },
    );
  }, 20_000);
});
