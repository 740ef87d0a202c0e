import { difficulties, questionTypes } from '@xuekao/contracts';
import type { QuestionType } from '@xuekao/contracts';
import { letterOf } from '../../core/index.js';
import { marksText } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { printWordings } from '../wordings.js';
import { listTitleEnd, listedAnswers } from './answers.js';
import { goesOn } from './document.js';
import { foldedLine, isWrapped } from './folding.js';
import { headingOf, isPageFoot, labelOf, optionMarks, startOf } from './marks.js';

/** One of the layouts that circulate. The first of each is the one of our own documents. */
export interface TextLayout {
  readonly number: '1. ' | '1、' | '（1）' | '第1题 ' | '１．' | '1）';
  readonly option: 'A. ' | 'A、' | 'A．' | '(A)' | 'Ａ．' | 'A) ' | '①';
  readonly options: 'lines' | 'one-line';
  readonly answer: '答案：' | '【答案】:' | '正确答案 ' | '参考答案：' | 'in-stem' | 'list';
  readonly truth: readonly [yes: string, no: string];
  readonly hasHeadings: boolean;
}

export const usualLayout: TextLayout = {
  number: '1. ',
  option: 'A. ',
  options: 'lines',
  answer: '答案：',
  truth: ['正确', '错误'],
  hasHeadings: true,
};

const ordinals = '一二三四五六七八九十';
const circledLetters = '①②③④⑤⑥⑦⑧⑨⑩';

function looksOther(line: string): boolean {
  const folded = foldedLine(line);
  return (
    line.trim() === '' ||
    line.startsWith(goesOn) ||
    startOf(folded) !== undefined ||
    headingOf(folded) !== undefined ||
    labelOf(folded) !== undefined ||
    listTitleEnd(folded) !== undefined ||
    listedAnswers(folded) !== undefined ||
    optionMarks(folded, 0, false).length > 0 ||
    isPageFoot(folded) ||
    /^\s*(?:[①-⑩]|[(（【[]?材料|案例)/u.test(line)
  );
}

/** Several lines of one text, so marked that they are read as one text again. */
function textLines(text: string): string[] {
  const lines = text.split('\n');
  return lines.map((line, index) => {
    if (index === 0) return line;
    return looksOther(line) || isWrapped(lines[index - 1]!.trim()) ? `${goesOn}${line}` : line;
  });
}

function numbered(number: number, style: TextLayout['number']): string {
  if (style === '１．')
    return `${[...String(number)].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join('')}．`;
  return style.replace('1', String(number));
}

function marked(index: number, style: TextLayout['option']): string {
  if (style === '①') return circledLetters[index]!;
  if (style === 'Ａ．') return `${String.fromCharCode(0xff21 + index)}．`;
  return style.replace('A', letterOf(index));
}

/** The items of an ordering in an order that tells nothing. */
function shownItems(order: readonly string[]): string[] {
  return order.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function optionTexts(question: FileQuestion): string[] {
  if (question.type === 'ordering') return shownItems(question.order);
  return question.options.map((option) => option.text);
}

/** The answer in words, as the layout writes it. */
export function answerWords(question: FileQuestion, layout: TextLayout = usualLayout): string {
  switch (question.type) {
    case 'single':
    case 'multiple':
      return question.options.flatMap(({ correct }, index) => (correct ? [letterOf(index)] : [])).join('');
    case 'true-false':
      return question.truth === null ? '' : layout.truth[question.truth ? 0 : 1];
    case 'blank':
      return printWordings(question.answers, question.orderFree);
    case 'short-answer':
      return question.reference;
    case 'ordering': {
      const shown = shownItems(question.order);
      return question.order.map((text) => letterOf(shown.indexOf(text))).join('');
    }
    case 'matching':
      return question.pairs.map(({ left, right }) => `${left} ⇔ ${right}`).join('\n');
  }
}

const isMarkedByLetter = (type: QuestionType): boolean =>
  type === 'single' || type === 'multiple' || type === 'true-false';

function stemOf(question: FileQuestion, layout: TextLayout, hasKeys: boolean): string {
  if (!hasKeys || layout.answer !== 'in-stem' || !isMarkedByLetter(question.type)) return question.stem;
  const answer = answerWords(question, layout);
  const place = /[(（]\s*[)）]/u;
  return place.test(question.stem) ? question.stem.replace(place, `（ ${answer} ）`) : `${question.stem}（${answer}）`;
}

function optionLines(question: FileQuestion, layout: TextLayout): string[] {
  const texts = optionTexts(question).map(
    (text, index) => `${marked(index, layout.option)}${text.replace(/\s*\n\s*/gu, ' ')}`,
  );
  return layout.options === 'lines' || texts.length === 0 ? texts : [texts.join('  ')];
}

/** Both sides of a matching apart, for a paper without its key. */
function sides({ pairs, spareRights }: FileQuestion): string[] {
  const rights = [...new Set([...pairs.map(({ right }) => right), ...spareRights])].toSorted();
  return [`左列：${pairs.map(({ left }) => left).join('；')}`, `右列：${rights.join('；')}`];
}

function keyLines(question: FileQuestion, layout: TextLayout): string[] {
  const isOutside = layout.answer === 'in-stem' ? !isMarkedByLetter(question.type) : layout.answer !== 'list';
  const isLoose = layout.answer === '正确答案 ' && !isMarkedByLetter(question.type);
  const isListed = layout.answer === 'list' && (isMarkedByLetter(question.type) || question.type === 'blank');
  const label = layout.answer === 'in-stem' || layout.answer === 'list' || isLoose ? '答案：' : layout.answer;
  const spare = question.spareRights.length ? [`多余选项：${question.spareRights.join('；')}`] : [];
  const rubric = question.rubric.length ? textLines(`评分要点：${question.rubric.join('\n')}`) : [];
  return [
    ...(isOutside || (layout.answer === 'list' && !isListed)
      ? textLines(`${label}${answerWords(question, layout)}`)
      : []),
    ...spare,
    ...rubric,
    ...(question.explanation ? textLines(`解析：${question.explanation}`) : []),
    ...(question.source ? [`出处：${question.source}`] : []),
    ...(question.difficulty === null ? [] : [`难度：${difficulties[question.difficulty]}`]),
    ...(question.topic ? [`专题：${question.topic}`] : []),
    ...(question.marks === null ? [] : [`分值：${marksText(question.marks)}`]),
    ...(question.code ? [`题号：${question.code}`] : []),
  ];
}

function questionLines(question: FileQuestion, number: number, layout: TextLayout, hasKeys: boolean): string[] {
  const [first = '', ...more] = textLines(stemOf(question, layout, hasKeys));
  return [
    `${numbered(number, layout.number)}${first}`,
    ...more,
    ...optionLines(question, layout),
    ...(question.type === 'matching' && !hasKeys ? sides(question) : []),
    ...(hasKeys ? keyLines(question, layout) : []),
  ];
}

interface Section {
  readonly type: QuestionType;
  readonly questions: readonly FileQuestion[];
}

function sectionsOf(questions: readonly FileQuestion[]): Section[] {
  return (Object.keys(questionTypes) as QuestionType[]).flatMap((type) => {
    const ofType = questions.filter((question) => question.type === type);
    return ofType.length > 0 ? [{ type, questions: ofType }] : [];
  });
}

/** The questions of one material one after another, after those without one. */
function byMaterial(questions: readonly FileQuestion[]): FileQuestion[] {
  const groups = new Map<string, FileQuestion[]>([['', []]]);
  for (const question of questions) {
    const text = question.material?.text ?? '';
    groups.set(text, [...(groups.get(text) ?? []), question]);
  }
  return [...groups.values()].flat();
}

function answerList(sections: readonly Section[], layout: TextLayout): string[] {
  const lines = ['参考答案'];
  for (const { type, questions } of sections) {
    if (!isMarkedByLetter(type) && type !== 'blank') continue;
    lines.push(`${questionTypes[type].name}：`);
    const ordered = byMaterial(questions);
    lines.push(...ordered.map((question, index) => `${index + 1}. ${answerWords(question, layout)}`));
  }
  return lines;
}

/** The questions as lines, in sections by type. Without keys it is a paper to answer. */
export function printLines(
  questions: readonly FileQuestion[],
  layout: TextLayout = usualLayout,
  hasKeys: boolean = true,
): string[] {
  const sections = sectionsOf(questions);
  const lines: string[] = [];
  for (const [index, { type, questions: ofType }] of sections.entries()) {
    if (layout.hasHeadings) lines.push(`${ordinals[index]}、${questionTypes[type].name}（共${ofType.length}题）`);
    let material: string | null = null;
    for (const [at, question] of byMaterial(ofType).entries()) {
      const text = question.material?.text ?? null;
      if (text !== null && text !== material) lines.push(...textLines(`材料：${text}`));
      material = text;
      lines.push(...questionLines(question, at + 1, layout, hasKeys), '');
    }
  }
  return hasKeys && layout.answer === 'list' ? [...lines, ...answerList(sections, layout)] : lines;
}

export function writeText(questions: readonly FileQuestion[], hasKeys: boolean): string {
  return `${printLines(questions, usualLayout, hasKeys).join('\n').trimEnd()}\n`;
}
