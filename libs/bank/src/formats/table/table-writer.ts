import { difficulties, questionTypes } from '@xuekao/contracts';
import { marksText } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { printWordings } from '../wordings.js';
import { columnNames, optionLetters } from './columns.js';
import type { TableColumn } from './columns.js';

const before: readonly TableColumn[] = ['code', 'type', 'stem'];
const after: readonly TableColumn[] = [
  'answer',
  'explanation',
  'source',
  'difficulty',
  'topic',
  'marks',
  'rubric',
  'materialTitle',
  'material',
];
const title = (column: TableColumn): string => columnNames[column][0]!;

/** The header of our template; `options` is how many option columns the questions need, at least four. */
export function tableTitles(options: number): string[] {
  const letters = optionLetters
    .slice(0, Math.max(4, options))
    .split('')
    .map((letter) => `选项${letter}`);
  return [...before.map(title), ...letters, ...after.map(title)];
}

export function optionCells(draft: FileQuestion): string[] {
  switch (draft.type) {
    case 'single':
    case 'multiple':
      return draft.options.map((option) => option.text);
    case 'ordering':
      return [...draft.order];
    case 'matching':
      return [...draft.pairs.map(({ left, right }) => `${left} ⇔ ${right}`), ...draft.spareRights.map((r) => `⇔ ${r}`)];
    default:
      return [];
  }
}

export function answerText(draft: FileQuestion): string {
  switch (draft.type) {
    case 'single':
    case 'multiple':
      return draft.options.flatMap((option, at) => (option.correct ? [optionLetters[at]!] : [])).join('');
    case 'true-false':
      return draft.truth === null ? '' : draft.truth ? '正确' : '错误';
    case 'blank':
      return printWordings(draft.answers, draft.orderFree);
    case 'ordering':
      return optionLetters.slice(0, draft.order.length);
    case 'short-answer':
      return draft.reference;
    case 'matching':
      return '';
  }
}

/** One row of our template, without keys where they are not to leave. */
export function tableCells(draft: FileQuestion, options: number): string[] {
  const cells = optionCells(draft);
  return [
    draft.code,
    questionTypes[draft.type].name,
    draft.stem,
    ...Array.from({ length: Math.max(4, options) }, (_, at) => cells[at] ?? ''),
    answerText(draft),
    draft.explanation,
    draft.source,
    draft.difficulty === null ? '' : difficulties[draft.difficulty],
    draft.topic,
    draft.marks === null ? '' : marksText(draft.marks),
    draft.rubric.join('\n'),
    draft.material?.title ?? '',
    draft.material?.text ?? '',
  ];
}

export function mostOptions(drafts: readonly FileQuestion[]): number {
  return Math.max(4, ...drafts.map((draft) => optionCells(draft).length));
}
