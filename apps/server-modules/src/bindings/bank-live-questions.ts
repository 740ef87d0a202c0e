import { Injectable } from '@nestjs/common';
import { blankMatches, PictureService, QuestionSource } from '@xuekao/bank';
import type { QuestionType } from '@xuekao/contracts';
import { LiveQuestionSource } from '@xuekao/live';
import type { LivePicture, LiveQuestion, PoolQuestion } from '@xuekao/live';

/** Questions of contests, from the bank. Pinned versions are also those that have been replaced meanwhile. */
@Injectable()
export class BankLiveQuestions extends LiveQuestionSource {
  constructor(
    private readonly questions: QuestionSource,
    private readonly pictures: PictureService,
  ) {
    super();
  }

  load(versionIds: readonly string[]): Promise<ReadonlyMap<string, LiveQuestion>> {
    return this.questions.withKeys(versionIds);
  }

  async published(types: readonly QuestionType[]): Promise<readonly PoolQuestion[]> {
    const found = await this.questions.published({ types });
    return found.map(({ questionId, versionId, difficulty }) => ({ questionId, versionId, difficulty }));
  }

  publishedAmong(versionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.questions.publishedAmong(versionIds);
  }

  picture(id: string): Promise<LivePicture | null> {
    return this.pictures.stored(id);
  }

  blankMatches(accepted: readonly string[], given: string): boolean {
    return blankMatches(accepted, given);
  }
}
