import { Injectable } from '@nestjs/common';
import type { AnswerContent, AppealState, QuestionBody } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, currentActor } from '@xuekao/platform';
import type { MarkRow } from '../attempt.entity.js';
import { AttemptStore } from '../attempt.store.js';
import type { RosterRow } from '../exam.entity.js';
import { ExamRefused, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { PaperCache } from '../paper-cache.js';
import type { RegradeRow } from '../regrade/regrade.entity.js';
import { RegradeStore } from '../regrade/regrade.store.js';
import { AppealStore } from './appeal.store.js';
import { ExamActs } from './exam-act.js';
import type { AppealRow, ScriptRow } from './marking.entity.js';
import { ScriptStore } from './script.store.js';

export interface AppealOnDesk {
  readonly appeal: AppealRow;
  readonly place: RosterRow;
  readonly body: QuestionBody;
  readonly content: AnswerContent | null;
  readonly mark: MarkRow | undefined;
  /** The second reading of a blank or a short answer. */
  readonly script: ScriptRow | undefined;
  /** Begun from it, or with its second mark; oldest first. */
  readonly runs: readonly RegradeRow[];
}

export interface AppealAnswer {
  readonly state: Exclude<AppealState, 'open'>;
  readonly answer: string;
}

/** Appeals as the organisers of an exam see and answer them. An answer changes no mark: a regrade does. */
@Injectable()
export class AppealDesk {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: AppealStore,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly scripts: ScriptStore,
    private readonly papers: PaperCache,
    private readonly regrades: RegradeStore,
    private readonly acts: ExamActs,
    private readonly clock: AppClock,
  ) {}

  /** In the order they came. */
  async of(examId: string): Promise<AppealOnDesk[]> {
    const exam = await this.acts.permitted(examId);
    const appeals = await this.store.ofExam(examId);
    const paper = await this.papers.get(exam.paperId);
    const places = new Map(
      (await this.exams.placesIn(examId, [...new Set(appeals.map(({ memberId }) => memberId))])).map((place) => [
        place.memberId,
        place,
      ]),
    );
    const runs = (await this.regrades.ofExam(examId)).toReversed();
    const desk: AppealOnDesk[] = [];
    for (const appeal of appeals) {
      const { attemptId, memberId, number } = appeal;
      const script = (await this.scripts.scriptsOfAttempt(attemptId)).find(
        (each) => each.number === number && each.cause === 'appeal',
      );
      const [answer] = await this.attempts.answersOf(attemptId, [number]);
      desk.push({
        appeal,
        place: found(places.get(memberId)),
        body: paper.bodyOf(number)!,
        content: answer?.content ?? null,
        mark: (await this.attempts.marksOf(attemptId)).find((each) => each.number === number),
        script,
        runs: runs.filter((run) => run.appealId === appeal.id || run.id === script?.runId),
      });
    }
    return desk;
  }

  /** Once, by somebody else than who asked. */
  async answer(id: string, { state, answer }: AppealAnswer): Promise<void> {
    await this.uow.run(async () => {
      const appeal = found(await this.store.byIdForUpdate(id));
      const exam = await this.acts.permitted(appeal.examId);
      const { accountId, memberId, name } = currentActor();
      if (appeal.state !== 'open') throw new ExamRefused('exam.appeal.answered', { name: appeal.answererName });
      if (memberId !== null && memberId === appeal.memberId) throw new ExamRefused('exam.appeal.own');
      const answeredAt = this.clock.now();
      const change = { state, answer: answer.trim(), answeredBy: accountId, answererName: name, answeredAt };
      await this.store.change(id, change);
      const { number, attemptId } = appeal;
      await this.acts.tell('exam.appeal.answered', exam, { number, attemptId, memberId: appeal.memberId, state });
    });
  }
}
