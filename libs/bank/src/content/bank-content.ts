// Types of the question content that ships with the product.

export type QuestionContent = SingleContent | MultipleContent | TrueFalseContent | BlankContent;

interface Base {
  /** Unique code: 'q' + fact id + letter, for example 'q001a'. */
  readonly code: string;
  /** Id of the fact in the fact bank, for example '001'. */
  readonly factId: string;
  /** Key of the handbook entry that explains the question: 'f' + fact id. */
  readonly entryKey: string;
  readonly stem: string;
  readonly explanation: string;
  /** Document and part or article. */
  readonly source: string;
  /** 1 easy, 2 medium, 3 hard. */
  readonly difficulty: 1 | 2 | 3;
  readonly topic: string;
}

export interface SingleContent extends Base {
  readonly type: 'single';
  /** Four options, without letters. */
  readonly options: readonly string[];
  /** Index of the right option. */
  readonly answer: number;
}

export interface MultipleContent extends Base {
  readonly type: 'multiple';
  /** Four to six options, without letters. */
  readonly options: readonly string[];
  /** Indexes of the right options, ascending, two or more. */
  readonly answer: readonly number[];
}

export interface TrueFalseContent extends Base {
  readonly type: 'true-false';
  readonly answer: boolean;
}

export interface BlankContent extends Base {
  readonly type: 'blank';
  /** The accepted variants of each blank, in the order of the '____' in the stem. */
  readonly answers: readonly (readonly string[])[];
}
