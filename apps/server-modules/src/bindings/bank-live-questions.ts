import { Injectable } from '@nestjs/common';
import { blankMatches, QuestionSource } from '@xuekao/bank';
import { LiveQuestionSource } from '@xuekao/live';
import type { LiveQuestion } from '@xuekao/live';

/** Questions of contests, from the bank. Pinned versions are also those that have been replaced meanwhile. */
@Injectable()
export class BankLiveQuestions extends LiveQuestionSource {
  constructor(private readonly questions: QuestionSource) {
    super();
  }

  load(versionIds: readonly string[]): Promise<ReadonlyMap<string, LiveQuestion>> {
    return this.questions.withKeys(versionIds);
  }

  blankMatches(accepted: readonly string[], given: string): boolean {
    return blankMatches(accepted, given);
  }
}
