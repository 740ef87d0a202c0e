import { Injectable } from '@nestjs/common';
import { PictureViewers } from '@xuekao/bank';
import { OwnPapersQuery } from '@xuekao/exam';
import { currentActorOrNull } from '@xuekao/platform';

/** A picture of a question is seen by who has, or had, that question on a paper of his own. */
@Injectable()
export class ExamPictureViewers extends PictureViewers {
  constructor(private readonly papers: OwnPapersQuery) {
    super();
  }

  async maySee(versionIds: readonly string[]): Promise<boolean> {
    const memberId = currentActorOrNull()?.memberId ?? null;
    return memberId !== null && this.papers.hasAnyOf(memberId, versionIds);
  }
}
