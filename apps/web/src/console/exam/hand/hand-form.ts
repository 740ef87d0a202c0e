import { questionTypes } from '@xuekao/contracts';
import type { QuestionType } from '@xuekao/contracts';
import type { QuestionRow } from '../../bank/bank.api.js';
import type { Paper } from '../exam.api.js';

/** A question that was chosen for a paper. */
export interface HandQuestion {
  readonly code: string;
  readonly type: QuestionType;
  readonly stem: string;
  readonly material: { readonly id: string; readonly title: string } | null;
  readonly materialPlace: number;
  /** Hundredths: what the imported file gave; null where it said nothing. */
  readonly suggested: number | null;
  /** Points; null until somebody says. */
  points: number | null;
}

export interface HandSection {
  readonly name: string;
  readonly questions: readonly HandQuestion[];
  /** The number of its first question on the paper. */
  readonly first: number;
}

/** The server takes no more on one paper. */
export const mostQuestions = 300;

export const isUsable = (row: QuestionRow): boolean => row.isPublished && !row.isRetired;

const hundredths = (points: number): number => Math.round(points * 100);
const sectionNameOf = ({ type, material }: HandQuestion): string => (material ? '材料题' : questionTypes[type].name);

export function handQuestionOf({ code, type, body, materialPlace, suggestedMarks }: QuestionRow): HandQuestion {
  return {
    code,
    type,
    stem: body.stem,
    material: body.material ? { id: body.material.id, title: body.material.title } : null,
    materialPlace: materialPlace ?? 0,
    suggested: suggestedMarks,
    points: suggestedMarks === null ? null : suggestedMarks / 100,
  };
}

/** The questions of a paper that was chosen by hand, as the form holds them. */
export function handOf({ kind, items }: Pick<Paper, 'kind' | 'items'>): HandQuestion[] {
  if (kind !== 'hand') return [];
  return items.map(({ code, body, marks, number }) => ({
    code,
    type: body.type,
    stem: body.stem,
    material: body.material ? { id: body.material.id, title: body.material.title } : null,
    materialPlace: number,
    suggested: null,
    points: marks / 100,
  }));
}

/** Sections by type, in the order in which their first questions were chosen; the questions of a material stand together. */
export function handSections(chosen: readonly HandQuestion[]): HandSection[] {
  const byName = new Map<string, HandQuestion[]>();
  for (const question of chosen) {
    const name = sectionNameOf(question);
    byName.set(name, [...(byName.get(name) ?? []), question]);
  }
  let first = 1;
  return [...byName].map(([name, own]) => {
    const section = { name, questions: together(own), first };
    first += own.length;
    return section;
  });
}

function together(own: readonly HandQuestion[]): HandQuestion[] {
  const seen = new Set<string>();
  return own.flatMap((question) => {
    const { material } = question;
    if (!material) return [question];
    if (seen.has(material.id)) return [];
    seen.add(material.id);
    const group = own.filter((each) => each.material?.id === material.id);
    return group.toSorted((a, b) => a.materialPlace - b.materialPlace);
  });
}

export interface Added {
  readonly chosen: HandQuestion[];
  readonly added: number;
  /** Not published, or retired. */
  readonly unusable: number;
  /** On the paper already. */
  readonly known: number;
  /** More than a paper takes. */
  readonly beyond: number;
}

/** What can be used and is not there yet comes behind what is there. */
export function withAdded(before: readonly HandQuestion[], rows: readonly QuestionRow[]): Added {
  const codes = new Set(before.map((question) => question.code));
  const usable = rows.filter(isUsable);
  const fresh = usable.filter((row) => codes.size < codes.add(row.code).size);
  const taken = fresh.slice(0, Math.max(0, mostQuestions - before.length)).map(handQuestionOf);
  return {
    chosen: [...before, ...taken],
    added: taken.length,
    unusable: rows.length - usable.length,
    known: usable.length - fresh.length,
    beyond: fresh.length - taken.length,
  };
}

/** The section one place up or down; the questions keep their order in it. */
export function withMoved(chosen: readonly HandQuestion[], name: string, by: -1 | 1): HandQuestion[] {
  const sections = handSections(chosen);
  const at = sections.findIndex((section) => section.name === name);
  const other = sections[at + by];
  if (at < 0 || !other) return [...chosen];
  const moved = sections.with(at, other).with(at + by, sections[at]!);
  return moved.flatMap((section) => section.questions);
}

/** What the files that the questions came from say about the marks of one section. */
export interface MarksAdvice {
  /** Different suggestions with their counts, most frequent first. */
  readonly suggestions: readonly { readonly marks: number; readonly count: number }[];
  /** Questions without a suggestion. */
  readonly without: number;
  /** Every question that has a suggestion has the marks of it. */
  readonly isFollowed: boolean;
}

export function marksAdvice(questions: readonly HandQuestion[]): MarksAdvice {
  const counts = new Map<number, number>();
  for (const { suggested } of questions) {
    if (suggested !== null) counts.set(suggested, (counts.get(suggested) ?? 0) + 1);
  }
  const suggestions = [...counts].map(([marks, count]) => ({ marks, count }));
  const advised = questions.filter((question) => question.suggested !== null);
  return {
    suggestions: suggestions.toSorted((a, b) => b.count - a.count || a.marks - b.marks),
    without: questions.length - advised.length,
    isFollowed:
      advised.length > 0 &&
      advised.every(({ points, suggested }) => points !== null && hundredths(points) === suggested),
  };
}

/** Points of a question where all have the same; null where they differ or are missing. */
export function commonPoints(questions: readonly HandQuestion[]): number | null {
  const [first] = questions;
  return first && questions.every((question) => question.points === first.points) ? first.points : null;
}

export const pointsOf = (questions: readonly HandQuestion[]): number =>
  questions.reduce((sum, { points }) => sum + hundredths(points ?? 0), 0) / 100;

export const withoutPoints = (questions: readonly HandQuestion[]): number =>
  questions.filter(({ points }) => points === null || hundredths(points) <= 0).length;

/** What the server is sent: every question with its marks, in the order of the sections. */
export function picksOf(chosen: readonly HandQuestion[]): { readonly code: string; readonly marks: number }[] {
  return handSections(chosen).flatMap((section) =>
    section.questions.map(({ code, points }) => ({ code, marks: hundredths(points ?? 0) })),
  );
}
