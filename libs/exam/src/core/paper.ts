import type { QuestionType } from '@xuekao/contracts';
import { questionTypes } from '@xuekao/contracts';
import { hundredths, refuse, sumPoints } from '@xuekao/kernel';
import type { Points, Refusal, Rng } from '@xuekao/kernel';

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
}

export interface BlueprintSection {
  readonly name: string;
  readonly type: QuestionType;
  readonly count: number;
  /** Per question, in hundredths. */
  readonly marks: Points;
  /** Empty or absent: any. */
  readonly topics?: readonly string[];
  readonly difficulties?: readonly number[];
}

export interface Blueprint {
  readonly sections: readonly BlueprintSection[];
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

function fits(section: BlueprintSection, question: PoolQuestion): boolean {
  const { topics = [], difficulties = [] } = section;
  return (
    question.type === section.type &&
    (topics.length === 0 || topics.includes(question.topic)) &&
    (difficulties.length === 0 || difficulties.includes(question.difficulty))
  );
}

function blueprintRefusal(blueprint: Blueprint): Refusal | undefined {
  if (blueprint.sections.length === 0) return refuse('exam.paper.empty');
  for (const { name, count, marks } of blueprint.sections) {
    if (!Number.isSafeInteger(count) || count < 1 || count > mostQuestions) {
      return refuse('exam.paper.count-invalid', { section: name, most: mostQuestions });
    }
    if (!Number.isSafeInteger(marks) || marks <= 0) return refuse('exam.paper.marks-invalid', { section: name });
  }
  return undefined;
}

/**
 * Gives every place of every section a group of near twins, each group used once. Augmenting paths (Kuhn), so that
 * sections whose pools overlap are filled whenever any filling exists. Places in order of the sections.
 */
class Matching {
  readonly #placeOfGroup = new Map<string, number>();
  readonly groupOfPlace: (string | undefined)[] = [];

  constructor(private readonly groupsFor: (place: number) => readonly string[]) {}

  fill(place: number): boolean {
    return this.#augment(place, new Set());
  }

  #augment(place: number, seen: Set<string>): boolean {
    const groups = this.groupsFor(place);
    const free = groups.find((group) => !this.#placeOfGroup.has(group) && !seen.has(group));
    for (const group of free === undefined ? groups : [free]) {
      if (seen.has(group)) continue;
      seen.add(group);
      const holder = this.#placeOfGroup.get(group);
      if (holder === undefined || this.#augment(holder, seen)) {
        this.#placeOfGroup.set(group, place);
        this.groupOfPlace[place] = group;
        return true;
      }
    }
    return false;
  }
}

function groupsBySection(blueprint: Blueprint, drawn: readonly PoolQuestion[]): Map<string, PoolQuestion[]>[] {
  return blueprint.sections.map((section) => {
    const groups = new Map<string, PoolQuestion[]>();
    for (const question of drawn) {
      if (!fits(section, question)) continue;
      const group = question.factId ?? question.questionId;
      groups.set(group, [...(groups.get(group) ?? []), question]);
    }
    return groups;
  });
}

/**
 * Draws a paper from the pool: no question twice, no two on the same fact. The same blueprint, pool (in any order) and
 * seed give the same paper. Refuses 'exam.paper.too-few-questions' naming the first section that cannot be filled and by
 * how many, given that the sections before it are.
 */
export function drawPaper(blueprint: Blueprint, pool: readonly PoolQuestion[], rng: Rng): Paper | Refusal {
  const invalid = blueprintRefusal(blueprint);
  if (invalid) return invalid;
  const ordered = pool.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const groups = groupsBySection(blueprint, rng.shuffle(ordered));
  const choices = groups.map((section) => [...section.keys()]);
  const sectionOfPlace = blueprint.sections.flatMap((section, index) => Array<number>(section.count).fill(index));
  const matching = new Matching((place) => choices[sectionOfPlace[place]!]!);
  const filled = blueprint.sections.map(() => 0);
  for (const [place, index] of sectionOfPlace.entries()) if (matching.fill(place)) filled[index]! += 1;
  for (const [index, section] of blueprint.sections.entries()) {
    const found = filled[index]!;
    if (found < section.count) {
      return refuse('exam.paper.too-few-questions', {
        section: section.name,
        type: questionTypes[section.type].name,
        wanted: section.count,
        found,
        missing: section.count - found,
      });
    }
  }
  const drawn = sectionOfPlace.map((index, place) => groups[index]!.get(matching.groupOfPlace[place]!)![0]!);
  const items = blueprint.sections
    .flatMap((section, index) =>
      together(drawn.filter((_, place) => sectionOfPlace[place] === index)).map((question) => ({
        section,
        index,
        question,
      })),
    )
    .map(({ section, index, question }, place) => itemOf(place + 1, index + 1, section, question));
  return { items, full: sumPoints(items.map((item) => item.marks)) };
}

/** The questions of one material follow the first of them, in order of their places; the others keep theirs. */
function together<T extends Pick<PoolQuestion, 'materialId' | 'materialPlace'>>(questions: readonly T[]): T[] {
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

function itemOf(
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
  readonly marks: Points;
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
  for (const { code, marks } of picks) {
    const question = byCode.get(code);
    if (!question) return refuse('exam.paper.question-unknown', { code });
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
