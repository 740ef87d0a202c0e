import type { Page, PictureType, QuestionBody, QuestionKey, QuestionType } from '@xuekao/contracts';
import type { PageQuery } from '@xuekao/platform';
import type { PoolQuestion } from './core/battle/question-draw.js';
import type { QuizRules } from './core/grading.js';

/** A question with its key, as the bank tells it. */
export interface LiveQuestion {
  readonly versionId: string;
  readonly body: QuestionBody;
  readonly key: QuestionKey;
  readonly explanation: string;
  /** Of the handbook entry that the question is about, where the bank knows one. */
  readonly entryKey?: string | null;
}

export interface LivePicture {
  readonly mediaType: PictureType;
  readonly content: Uint8Array;
}

/** Port: questions of the bank. */
export abstract class LiveQuestionSource implements QuizRules {
  /** Keyed by version id; unknown ids are missing. Server only: the answer holds the keys. */
  abstract load(versionIds: readonly string[]): Promise<ReadonlyMap<string, LiveQuestion>>;
  /** Every published question of these types, without its text. */
  abstract published(types: readonly QuestionType[]): Promise<readonly PoolQuestion[]>;
  /** Of these versions those that may be chosen anew today: published, not replaced since, not retired. */
  abstract publishedAmong(versionIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The room has settled who may see it. Null for an unknown one. */
  abstract picture(id: string): Promise<LivePicture | null>;
  abstract blankMatches(accepted: readonly string[], given: string): boolean;
}

/** A member with the unit he plays for: his branch, or what stands for it. */
export interface LiveMember {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  /** Members on the unit's roll today. */
  readonly unitRoll: number;
}

/** Port: names and branches. */
export abstract class LiveMembers {
  /** Null for one who is on no roll today. */
  abstract playerOf(memberId: string): Promise<LiveMember | null>;
  /** The unit itself and every unit below it. */
  abstract unitsBelow(unitId: string): Promise<ReadonlySet<string>>;
}

/** An account that may be asked to the judges' table. */
export interface JudgeAccount {
  readonly accountId: string;
  readonly name: string;
  readonly unitName: string;
}

/** Port: accounts of the people in the units the actor may host for. */
export abstract class LiveJudges {
  /** `total` counts the people of the scope, with or without an account; a page holds those who have one. */
  abstract list(query: PageQuery): Promise<Page<JudgeAccount>>;
  /** Those of the ids that are no such account. */
  abstract unknownOf(accountIds: readonly string[]): Promise<readonly string[]>;
}
