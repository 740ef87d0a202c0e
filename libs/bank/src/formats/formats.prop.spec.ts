import type { ExportFormat } from '@xuekao/contracts';
import { exportFormats } from '@xuekao/contracts';
import fc from 'fast-check';
import { fileQuestion } from './file-question.js';
import type { FileQuestion } from './file-question.js';
import { readFile } from './read-file.js';
import { fitsFormat, writeFile } from './write-file.js';

const word = fc
  .array(fc.constantFrom(...'党章纪律学习组织中央支部大会民主集中报告理论'), { minLength: 2, maxLength: 12 })
  .map((signs) => signs.join(''));
const difficulty = fc.constantFrom(1 as const, 2 as const, 3 as const, null);
const about = fc.record({
  explanation: fc.oneof(
    fc.constant(''),
    word,
    fc.tuple(word, word).map(([a, b]) => `${a}。\n${b}。`),
  ),
  source: fc.oneof(fc.constant(''), word),
  difficulty,
  topic: fc.oneof(fc.constant(''), word),
  marks: fc.constantFrom(null, 200, 150),
});
const texts = (least: number, most: number) => fc.uniqueArray(word, { minLength: least, maxLength: most });
const sentence = fc
  .tuple(word, fc.constantFrom('是什么？', '包括哪些内容。', '（　　）。'))
  .map((parts) => parts.join(''));

const single = fc.record({ stem: sentence, options: texts(2, 6), pick: fc.nat() }).map(({ stem, options, pick }) =>
  fileQuestion({
    type: 'single',
    stem,
    options: options.map((text, at) => ({ text, correct: at === pick % options.length })),
  }),
);
const multiple = fc
  .record({ stem: sentence, options: texts(3, 6), picks: fc.nat() })
  .map(({ stem, options, picks }) => {
    const first = picks % options.length;
    return fileQuestion({
      type: 'multiple',
      stem,
      options: options.map((text, at) => ({ text, correct: at === first || at === (first + 1) % options.length })),
    });
  });
const judged = fc
  .record({ stem: word, truth: fc.boolean() })
  .map(({ stem, truth }) => fileQuestion({ type: 'true-false', stem: `${stem}是对的。`, truth }));
const blank = fc.array(fc.tuple(word, texts(1, 3)), { minLength: 1, maxLength: 3 }).map((gaps) =>
  fileQuestion({
    type: 'blank',
    stem: `${gaps.map(([lead]) => `${lead}____`).join('，')}。`,
    answers: gaps.map(([lead, w], at) => (at === 0 ? w.map((way) => `${lead}/${way}`) : w)),
  }),
);
const written = fc
  .record({ stem: word, reference: word, rubric: texts(0, 3) })
  .map(({ stem, reference, rubric }) =>
    fileQuestion({ type: 'short-answer', stem: `简述${stem}。`, reference: `${reference}。`, rubric }),
  );
const ordering = fc
  .record({ stem: word, order: texts(3, 6) })
  .map(({ stem, order }) => fileQuestion({ type: 'ordering', stem: `排列${stem}。`, order }));
const matching = fc.record({ stem: word, texts: texts(6, 8) }).map(({ stem, texts: all }) =>
  fileQuestion({
    type: 'matching',
    stem: `连接${stem}。`,
    pairs: [0, 1, 2].map((at) => ({ left: all[at]!, right: all[at + 3]! })),
    spareRights: all.slice(6),
  }),
);

const question = fc
  .tuple(fc.oneof(single, multiple, judged, blank, written, ordering, matching), about)
  .map(([core, more]): FileQuestion => ({ ...core, ...more }));
const questions = fc.array(question, { minLength: 1, maxLength: 6 });

const order = ['single', 'multiple', 'true-false', 'blank', 'short-answer', 'ordering', 'matching'] as const;
/** Text documents are in sections by type. */
const sorted = (list: readonly FileQuestion[]): FileQuestion[] =>
  list.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
const plainOf = (item: FileQuestion): FileQuestion => ({
  ...fileQuestion({ type: item.type, stem: item.stem }),
  options: item.options,
});

describe.each(Object.keys(exportFormats) as ExportFormat[])('%s', (format) => {
  it('gives back the questions that were written', async () => {
    await fc.assert(
      fc.asyncProperty(questions, async (given) => {
        const fitting = given.filter((each) => fitsFormat(format, each));
        fc.pre(fitting.length > 0);
        const file = await writeFile(format, given, true);
        const reading = await readFile(`x.${exportFormats[format].extension}`, file);
        if ('kind' in reading) throw new Error(JSON.stringify(reading));
        const read = reading.rows.map((row) => row.draft);
        // GIFT makes one space of all white space.
        const oneSpace = (each: FileQuestion): FileQuestion => ({ ...each, stem: each.stem.replace(/\s+/gu, ' ') });
        const isText = format === 'docx' || format === 'text';
        const wanted = isText
          ? sorted(fitting)
          : format === 'aiken'
            ? fitting.map(plainOf)
            : format === 'gift'
              ? fitting.map(oneSpace)
              : fitting;
        expect(read).toEqual(wanted);
        expect(reading.rows.flatMap((row) => [...row.faults, ...row.guesses])).toEqual([]);
        expect(reading.unread).toEqual([]);
      }),
      { numRuns: format === 'docx' || format === 'xlsx' ? 25 : 60 },
    );
  });
});
