import { difficulties as difficultyNames, sectionTypes } from '@xuekao/contracts';
import type { Difficulty } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { mostQuestions } from './paper.js';
import type { Blueprint, BlueprintSection, PoolQuestion } from './paper.js';

/** Places of one section with the same demand: the whole section, or one difficulty of its mix. */
export interface Cell {
  readonly section: number;
  readonly count: number;
  readonly difficulty: number | null;
}

function mixOf({ mix }: BlueprintSection): [number, number][] {
  return Object.entries(mix ?? {}).map(([difficulty, count]) => [Number(difficulty), count]);
}

const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 1 && count <= mostQuestions;

export const isOfMaterials = ({ type }: BlueprintSection): boolean => type === 'material';

function sectionRefusal(section: BlueprintSection): Refusal | undefined {
  const { name, count, marks, questionsEach = 1, must = [] } = section;
  if (!isCount(count) || !isCount(questionsEach))
    return refuse('exam.paper.count-invalid', { section: name, most: mostQuestions });
  if (!Number.isSafeInteger(marks) || marks <= 0) return refuse('exam.paper.marks-invalid', { section: name });
  const mix = mixOf(section);
  const isWhole = mix.every(([level, part]) => level in difficultyNames && Number.isSafeInteger(part) && part >= 0);
  const sum = mix.reduce((total, [, part]) => total + part, 0);
  if (section.mix && (!isWhole || sum !== count)) {
    return refuse('exam.paper.mix-invalid', { section: name, wanted: count, found: sum });
  }
  if (must.length > count && !isOfMaterials(section)) {
    return refuse('exam.paper.must-too-many', { section: name, wanted: must.length, places: count });
  }
  return undefined;
}

/** What is wrong with the blueprint itself, whatever the bank holds. */
export function blueprintRefusal({ sections, mustNot = [] }: Blueprint): Refusal | undefined {
  if (sections.length === 0) return refuse('exam.paper.empty');
  const total = sections.reduce((sum, { count, questionsEach = 1 }) => sum + count * questionsEach, 0);
  if (total > mostQuestions) return refuse('exam.paper.count-invalid', { section: '全卷', most: mostQuestions });
  for (const section of sections) {
    const refusal = sectionRefusal(section);
    if (refusal) return refusal;
  }
  const wanted = sections.flatMap((section) => section.must ?? []);
  const repeated = wanted.find((code, index) => wanted.indexOf(code) !== index);
  if (repeated !== undefined) return refuse('exam.paper.question-repeated', { code: repeated });
  const barred = wanted.find((code) => mustNot.includes(code));
  return barred === undefined ? undefined : refuse('exam.paper.must-barred', { code: barred });
}

export function cellsOf({ sections }: Blueprint): Cell[] {
  return sections.flatMap((section, index): Cell[] =>
    section.mix
      ? mixOf(section)
          .filter(([, count]) => count > 0)
          .map(([difficulty, count]) => ({ section: index, count, difficulty }))
      : [{ section: index, count: section.count, difficulty: null }],
  );
}

export function fits(section: BlueprintSection, { difficulty }: Cell, question: PoolQuestion): boolean {
  const { topics = [], difficulties = [] } = section;
  return (
    question.type === section.type &&
    (topics.length === 0 || topics.includes(question.topic)) &&
    (difficulty === null
      ? difficulties.length === 0 || difficulties.includes(question.difficulty)
      : question.difficulty === difficulty)
  );
}

/** Whether the questions of one material, taken together, are what the cell of a section of materials asks for. */
export function fitsWhole(
  section: BlueprintSection,
  { difficulty }: Cell,
  questions: readonly PoolQuestion[],
): boolean {
  const { topics = [], difficulties = [], questionsEach = questions.length } = section;
  const mean = Math.round(questions.reduce((sum, question) => sum + question.difficulty, 0) / questions.length);
  return (
    isOfMaterials(section) &&
    questions.length === questionsEach &&
    (topics.length === 0 || questions.every((question) => topics.includes(question.topic))) &&
    (difficulty === null ? difficulties.length === 0 || difficulties.includes(mean) : mean === difficulty)
  );
}

/** Near twins share a group; of a group one comes at most. */
export const groupOf = (question: PoolQuestion): string => question.factId ?? question.questionId;

/** `单选题（党章、十九大报告；难）`, `材料题（每篇 5 题）`: what a cell asks for, in words. */
export function demandText(section: BlueprintSection, { difficulty }: Cell): string {
  const { type, topics = [], difficulties = [], questionsEach } = section;
  const levels = (difficulty === null ? difficulties : [difficulty]).map((each) => difficultyNames[each as Difficulty]);
  const size = isOfMaterials(section) && questionsEach !== undefined ? `每篇 ${questionsEach} 题` : '';
  const limits = [topics.join('、'), levels.join('、'), size].filter((text) => text !== '').join('；');
  return limits === '' ? sectionTypes[type] : `${sectionTypes[type]}（${limits}）`;
}
