/** Every question type; `short-answer` is marked by people, all others by the machine. */
export const questionTypes = {
  single: { name: '单选题' },
  multiple: { name: '多选题' },
  'true-false': { name: '判断题' },
  blank: { name: '填空题' },
  'short-answer': { name: '简答题' },
  ordering: { name: '排序题' },
  matching: { name: '连线题' },
} as const;
export type QuestionType = keyof typeof questionTypes;

export function isQuestionType(name: string): name is QuestionType {
  return Object.hasOwn(questionTypes, name);
}

/** Of the newest version: draft → reviewed (by somebody else) → published. */
export const questionStates = { draft: '草稿', reviewed: '已审核', published: '已发布' } as const;
export type QuestionState = keyof typeof questionStates;

/** Why a question waits for another look (待复核). */
export const recheckReasons = { 'entry-changed': '手册条目已修订', 'entry-withdrawn': '手册条目已撤下' } as const;
export type RecheckReason = keyof typeof recheckReasons;

/** What can be decided about two questions that look alike. */
export const twinDecisions = { keep: '都保留', merged: '已合并' } as const;
export type TwinDecision = keyof typeof twinDecisions;

/** How alike a question is to one that is there. */
export const likenessKinds = { exact: '相同', near: '近似', conflict: '答案冲突' } as const;
export type LikenessKind = keyof typeof likenessKinds;

export const likenessReasons = {
  'same-content': '题干、选项和答案都相同',
  'other-options': '题干和答案相同，选项不同',
  'other-type': '题干相同，题型不同',
  'similar-stem': '题干近似，答案相同',
  'other-answer': '题干相同，答案不同',
  'similar-stem-other-answer': '题干近似，答案不同',
} as const;
export type LikenessReason = keyof typeof likenessReasons;

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

export const difficulties = { 1: '易', 2: '中', 3: '难' } as const;
export type Difficulty = 1 | 2 | 3;

/** A stored picture by the hash of its bytes; `alt` says what it shows to who cannot see it. Pixels. */
export interface QuestionPicture {
  readonly id: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
}

/** An option keeps its id through edits and shuffles; its letter is only its place on one paper. */
export interface QuestionOption {
  readonly id: string;
  /** May be empty where a picture speaks. */
  readonly text: string;
  readonly picture?: QuestionPicture;
}

/** What several questions ask about (材料题), in the version that the question pins. */
export interface QuestionMaterial {
  readonly id: string;
  readonly versionId: string;
  readonly title: string;
  readonly text: string;
  readonly pictures?: readonly QuestionPicture[];
}

interface BodyBase {
  readonly stem: string;
  readonly pictures?: readonly QuestionPicture[];
  readonly material?: QuestionMaterial;
}

export interface ChoiceBody extends BodyBase {
  readonly type: 'single' | 'multiple' | 'true-false';
  readonly options: readonly QuestionOption[];
}

export interface BlankBody extends BodyBase {
  readonly type: 'blank';
  readonly blanks: number;
}

export interface ShortAnswerBody extends BodyBase {
  readonly type: 'short-answer';
  /** Most characters of an answer. */
  readonly maxLength: number;
}

/** Stored in an order that tells nothing of the right one; every paper shuffles it. */
export interface OrderingBody extends BodyBase {
  readonly type: 'ordering';
  readonly options: readonly QuestionOption[];
}

/** Each left belongs to one right; a right may have several lefts or none. */
export interface MatchingBody extends BodyBase {
  readonly type: 'matching';
  readonly lefts: readonly QuestionOption[];
  /** Stored in an order that tells nothing of the pairs; every paper shuffles it. */
  readonly rights: readonly QuestionOption[];
}

/** What a person who answers may see. No key, no explanation: those have types of their own. */
export type QuestionBody = ChoiceBody | BlankBody | ShortAnswerBody | OrderingBody | MatchingBody;

export interface ChoiceAnswer {
  readonly kind: 'choice';
  readonly optionIds: readonly string[];
}

/** One text per blank; an empty text is a blank left open. */
export interface BlankAnswer {
  readonly kind: 'blank';
  readonly texts: readonly string[];
}

/** All options in the chosen order; empty where the order was taken back. */
export interface OrderAnswer {
  readonly kind: 'order';
  readonly optionIds: readonly string[];
}

export interface Pair {
  readonly left: string;
  readonly right: string;
}

/** At most one pair per left; a left without one is open. */
export interface PairsAnswer {
  readonly kind: 'pairs';
  readonly pairs: readonly Pair[];
}

export interface TextAnswer {
  readonly kind: 'text';
  readonly text: string;
}

export type AnswerContent = ChoiceAnswer | BlankAnswer | OrderAnswer | PairsAnswer | TextAnswer;
export type AnswerKind = AnswerContent['kind'];

/** The answer that each type takes. */
export const answerKinds = {
  single: 'choice',
  multiple: 'choice',
  'true-false': 'choice',
  blank: 'blank',
  'short-answer': 'text',
  ordering: 'order',
  matching: 'pairs',
} as const satisfies Record<QuestionType, AnswerKind>;

export interface ChoiceKey {
  readonly kind: 'choice';
  /** Sorted and without repeats. */
  readonly optionIds: readonly string[];
}

export interface BlankKey {
  readonly kind: 'blank';
  /** Per blank, every accepted wording; the first is the one shown. */
  readonly accepted: readonly (readonly string[])[];
  /** The blanks may be filled in any order, each accepted list used once. */
  readonly orderFree?: boolean;
}

export interface OrderKey {
  readonly kind: 'order';
  readonly optionIds: readonly string[];
}

/** One pair for every left. */
export interface PairsKey {
  readonly kind: 'pairs';
  readonly pairs: readonly Pair[];
}

/** For people who mark. */
export interface TextKey {
  readonly kind: 'text';
  readonly reference: string;
  /** What earns marks, a line each; may be empty. */
  readonly rubric: readonly string[];
}

/** Server and editors only; never a property of a body. */
export type QuestionKey = ChoiceKey | BlankKey | OrderKey | PairsKey | TextKey;

/** Types that a person must mark. */
export const manualTypes: readonly QuestionType[] = ['short-answer'];

/** What may move on a paper: the options of choices and orderings, the right side of a matching; none otherwise. */
export function movableOptions(body: QuestionBody): readonly QuestionOption[] {
  switch (body.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
    case 'ordering':
      return body.options;
    case 'matching':
      return body.rights;
    case 'blank':
    case 'short-answer':
      return [];
    default:
      return body satisfies never;
  }
}

/** The body with what may move in this order; ids that it does not have are left out. */
export function inShownOrder<T extends QuestionBody>(body: T, optionIds: readonly string[]): T {
  const byId = new Map(movableOptions(body).map((option) => [option.id, option]));
  const shown = optionIds.flatMap((id) => byId.get(id) ?? []);
  if (body.type === 'matching') return { ...body, rights: shown };
  return body.type === 'blank' || body.type === 'short-answer' ? body : { ...body, options: shown };
}

/** Whether nothing is answered; of several parts one is enough to be no longer open. */
export function isOpenAnswer(answer: AnswerContent | null | undefined): boolean {
  if (!answer) return true;
  switch (answer.kind) {
    case 'choice':
    case 'order':
      return answer.optionIds.length === 0;
    case 'blank':
      return answer.texts.every((text) => text.trim() === '');
    case 'pairs':
      return answer.pairs.length === 0;
    case 'text':
      return answer.text.trim() === '';
    default:
      return answer satisfies never;
  }
}
