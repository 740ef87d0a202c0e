/** Question types that can be marked by the machine. Written answers come later as further members. */
export const questionTypes = {
  single: { name: '单选题' },
  multiple: { name: '多选题' },
  'true-false': { name: '判断题' },
  blank: { name: '填空题' },
} as const;
export type QuestionType = keyof typeof questionTypes;

export function isQuestionType(name: string): name is QuestionType {
  return Object.hasOwn(questionTypes, name);
}

/** Of the newest version: draft → reviewed (by somebody else) → published. */
export const questionStates = { draft: '草稿', reviewed: '已审核', published: '已发布' } as const;
export type QuestionState = keyof typeof questionStates;

export const difficulties = { 1: '易', 2: '中', 3: '难' } as const;
export type Difficulty = 1 | 2 | 3;

/** An option keeps its id through edits and shuffles; its letter is only its place on one paper. */
export interface QuestionOption {
  readonly id: string;
  readonly text: string;
}

export interface ChoiceBody {
  readonly type: 'single' | 'multiple' | 'true-false';
  readonly stem: string;
  readonly options: readonly QuestionOption[];
}

export interface BlankBody {
  readonly type: 'blank';
  readonly stem: string;
  readonly blanks: number;
}

/** What a person who answers may see. No key, no explanation: those have types of their own. */
export type QuestionBody = ChoiceBody | BlankBody;

export interface ChoiceAnswer {
  readonly kind: 'choice';
  readonly optionIds: readonly string[];
}

/** One text per blank; an empty text is a blank left open. */
export interface BlankAnswer {
  readonly kind: 'blank';
  readonly texts: readonly string[];
}

export type AnswerContent = ChoiceAnswer | BlankAnswer;
