import type { FileQuestion } from '../file-question.js';
import { metaLines } from '../meta-lines.js';

const escaped = (text: string): string => text.replace(/[\\~=#{}:]/gu, (sign) => `\\${sign}`).replace(/\n/gu, '\\n');

/** GIFT has no blanks in the plural, no order and no rights without a left that keep their place. */
export function fitsGift(question: FileQuestion): boolean {
  if (question.type === 'ordering') return false;
  return question.type !== 'blank' || question.answers.length === 1;
}

function answersOf(question: FileQuestion, feedback: string): string {
  switch (question.type) {
    case 'single':
      return (
        question.options.map(({ text, correct }) => `${correct ? '=' : '~'}${escaped(text)}`).join('\n') + feedback
      );
    case 'multiple': {
      const right = question.options.filter((option) => option.correct).length;
      const share = String(Number((100 / right).toFixed(5)));
      const lines = question.options.map(({ text, correct }) => `~%${correct ? share : '-100'}%${escaped(text)}`);
      return lines.join('\n') + feedback;
    }
    case 'true-false':
      return `${question.truth ? 'TRUE' : 'FALSE'}${feedback}`;
    case 'blank':
      return question.answers[0]!.map((wording) => `=${escaped(wording)}`).join(' ') + feedback;
    case 'matching': {
      const pairs = [...question.pairs, ...question.spareRights.map((right) => ({ left: '', right }))];
      return pairs.map(({ left, right }) => `=${escaped(left)} -> ${escaped(right)}`).join('\n') + feedback;
    }
    case 'short-answer':
    case 'ordering':
      return feedback;
  }
}

function written(question: FileQuestion): string {
  const fields = [
    'source',
    'difficulty',
    'topic',
    'marks',
    'reference',
    'rubric',
    'materialTitle',
    'material',
  ] as const;
  const notes = metaLines(question, fields).map((line) => `// ${line}`);
  const title = question.code === '' ? '' : `::${escaped(question.code)}:: `;
  const feedback = question.explanation === '' ? '' : `\n####${escaped(question.explanation)}`;
  const answers = `{${answersOf(question, feedback)}}`;
  const text = `${title}${escaped(question.stem)} ${answers}`;
  return [...notes, text].join('\n');
}

export function writeGift(questions: readonly FileQuestion[]): string {
  return `${questions.filter(fitsGift).map(written).join('\n\n')}\n`;
}
