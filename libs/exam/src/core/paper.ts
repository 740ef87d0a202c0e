import type { QuestionType, SectionType } from '@xuekao/contracts';
import { questionTypes } from '@xuekao/contracts';
import { hundredths, refuse, sumPoints } from '@xuekao/kernel';
import type { Points, Refusal } from '@xuekao/kernel';

/** A published question as the draw sees it: no text, no key. */
export interface PoolQuestion {
  readonly questionId: string;
  readonly versionId: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly topic: string;
  readonly difficulty: number;
  /** Questions on the same fact are near twins: at most one of them comes into a paper. */
  readonly factId: string | null;
  /** Questions about one material stand together, in order of their places. */
  readonly materialId?: string | null;
  readonly materialPlace?: number | null;
  /** Hundredths. */
  readonly suggestedMarks?: number | null;
}

export interface BlueprintSection {
  readonly name: string;
  /** `material`: whole materials, whatever the types of their questions; materials then come into no other section. */
  readonly type: SectionType;
  /** Questions; of a section of materials, materials. */
  readonly count: number;
  /** Per question, in hundredths. */
  readonly marks: Points;
  /** Of a section of materials: exactly so many questions about each. Any number when absent. */
  readonly questionsEach?: number;
  /** Empty or absent: any. All questions of a material are of these. */
  readonly topics?: readonly string[];
  /** A material is as difficult as its questions are on average. */
  readonly difficulties?: readonly number[];
  /** So many of each difficulty; together `count`. Instead of `difficulties`. */
  readonly mix?: Readonly<Record<string, number>>;
  /** Codes that must come into this section. */
  readonly must?: readonly string[];
}

export interface Blueprint {
  readonly sections: readonly BlueprintSection[];
  /** Codes that must not come. */
  readonly mustNot?: readonly string[];
}

export interface PaperItem {
  /** From 1 through the whole paper. */
  readonly number: number;
  /** From 1. */
  readonly section: number;
  readonly sectionName: string;
  readonly questionId: string;
  /** Pinned: a later edit of the question does not change this paper. */
  readonly versionId: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly marks: Points;
}

export interface Paper {
  readonly items: readonly PaperItem[];
  readonly full: Points;
}

export const mostQuestions = 300;

/** The questions of one material follow the first of them, in order of their places; the others keep theirs. */
export function together<T extends Pick<PoolQuestion, 'materialId' | 'materialPlace'>>(questions: readonly T[]): T[] {
  const placed = new Set<string>();
  return questions.flatMap((question) => {
    const { materialId } = question;
    if (!materialId) return [question];
    if (placed.has(materialId)) return [];
    placed.add(materialId);
    return questions
      .filter((each) => each.materialId === materialId)
      .toSorted((a, b) => (a.materialPlace ?? 0) - (b.materialPlace ?? 0));
  });
}

export function itemOf(
  number: number,
  section: number,
  { name, marks }: { readonly name: string; readonly marks: Points },
  { questionId, versionId, code, type }: PoolQuestion,
): PaperItem {
  return { number, section, sectionName: name, questionId, versionId, code, type, marks: hundredths(marks) };
}

function sectionNameOf({ type, materialId }: PoolQuestion): string {
  return materialId ? '材料题' : questionTypes[type].name;
}

export interface HandPick {
  readonly code: string;
  /** The suggested marks of the question where absent. */
  readonly marks?: Points;
}

/**
 * A paper from chosen questions in their given order, those of one material together; a new section begins where the
 * type changes. Questions about materials make sections of their own, whatever their types.
 */
export function paperByHand(picks: readonly HandPick[], pool: readonly PoolQuestion[]): Paper | Refusal {
  if (picks.length === 0) return refuse('exam.paper.empty');
  if (picks.length > mostQuestions) {
    return refuse('exam.paper.count-invalid', { section: '手工组卷', most: mostQuestions });
  }
  const byCode = new Map(pool.map((question) => [question.code, question]));
  const chosen = new Map<string, PoolQuestion & { readonly marks: Points }>();
  for (const { code, marks: given } of picks) {
    const question = byCode.get(code);
    if (!question) return refuse('exam.paper.question-unknown', { code });
    const marks = given ?? (question.suggestedMarks ? hundredths(question.suggestedMarks) : undefined);
    if (marks === undefined) return refuse('exam.paper.marks-missing', { code });
    if (chosen.has(code)) return refuse('exam.paper.question-repeated', { code });
    if (!Number.isSafeInteger(marks) || marks <= 0) {
      return refuse('exam.paper.marks-invalid', { section: sectionNameOf(question) });
    }
    chosen.set(code, { ...question, marks });
  }
  const items: PaperItem[] = [];
  for (const question of together([...chosen.values()])) {
    const name = sectionNameOf(question);
    const last = items.at(-1);
    const section = last ? last.section + (last.sectionName === name ? 0 : 1) : 1;
    items.push(itemOf(items.length + 1, section, { name, marks: question.marks }, question));
  }
  return { items, full: sumPoints(items.map((item) => item.marks)) };
}
