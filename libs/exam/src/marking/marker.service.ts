import { Injectable } from '@nestjs/common';
import type { AnswerContent, MarkerRole } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, Outbox, currentActor } from '@xuekao/platform';
import { givenMarkRefusal, markersNeeded, verdictOf } from '../core/index.js';
import type { GivenMark, GradedQuestion, MarkingPlan, Verdict } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, allowed, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { ExamMarking } from './exam-marking.js';
import type { JudgementRow, MarkerRow, ScriptRow } from './marking.entity.js';
import { planOf } from './marking-plan.service.js';
import { MarkingStore } from './marking.store.js';
import { ScriptStore } from './script.store.js';

/** A claim without marks is free for others after this long. */
export const claimMs = 30 * 60_000;

export interface MarkerTask {
  readonly exam: ExamRow;
  readonly question: GradedQuestion;
  readonly role: MarkerRole;
  readonly plan: MarkingPlan;
  /** Scripts of the question, those he has marked, and those that still lack a word of his role. */
  readonly scripts: number;
  readonly marked: number;
  readonly left: number;
}

/** What a marker sees of a script: nothing that tells whose it is or who else reads it. */
export interface BlindScript {
  readonly id: string;
  readonly examId: string;
  readonly number: number;
  readonly place: number;
  readonly cause: ScriptRow['cause'];
  readonly full: number;
  readonly role: MarkerRole;
  readonly question: GradedQuestion;
  readonly plan: MarkingPlan;
  readonly answer: AnswerContent | null;
  /** Marks of the two before him, for an arbiter alone, lowest first. */
  readonly earlier: readonly Pick<JudgementRow, 'marks' | 'points' | 'comment'>[];
}

export interface Judgement {
  readonly marks: number;
  readonly points?: readonly number[];
  readonly comment?: string;
}

/** People who mark: their questions, one script at a time, without names. */
@Injectable()
export class MarkerService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MarkingStore,
    private readonly scripts: ScriptStore,
    private readonly exams: ExamStore,
    private readonly marking: ExamMarking,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async tasks(): Promise<MarkerTask[]> {
    const me = currentMember();
    const tasks: MarkerTask[] = [];
    for (const marker of await this.scripts.tasksOf(me)) {
      const exam = found(await this.exams.byId(marker.examId));
      const question = await this.question(exam, marker.number);
      const plan = planOf(await this.scripts.plan(exam.id, marker.number));
      tasks.push({ exam, question, role: marker.role, plan, ...(await this.scripts.tallyOf(marker)) });
    }
    return tasks;
  }

  /** The script he has in hand, or the next one, which is his for half an hour. Null when nothing is left. */
  async next(examId: string, number: number): Promise<BlindScript | null> {
    return this.uow.run(async () => {
      const marker = await this.assigned(examId, number);
      const plan = planOf(await this.scripts.planForUpdate(examId, number));
      const own = await this.scripts.claimOf(examId, number, marker.memberId);
      if (own) return this.blind(own, marker, plan);
      const now = this.clock.now();
      const needed = marker.role === 'arbiter' ? 1 : markersNeeded(plan);
      const script = await this.scripts.nextFor(marker, needed, now - claimMs);
      if (!script) return null;
      await this.scripts.claim({
        scriptId: script.id,
        markerId: marker.memberId,
        role: marker.role,
        marks: null,
        points: null,
        comment: null,
        claimedAt: now,
        markedAt: null,
      });
      return this.blind(script, marker, plan);
    });
  }

  /** Gives a script back unmarked. */
  async release(scriptId: string): Promise<void> {
    found(await this.scripts.script(scriptId));
    await this.uow.run(() => this.scripts.release(scriptId, currentMember()));
  }

  /**
   * His mark. It may be changed until the script is final or before an arbiter. The last word makes the mark final; the last
   * open mark of an attempt makes its score.
   */
  async judge(scriptId: string, { marks, points, comment }: Judgement): Promise<Verdict['state']> {
    const { examId } = found(await this.scripts.script(scriptId));
    return this.uow.run(async () => {
      await this.store.forUpdate(examId);
      const script = found(await this.scripts.scriptForUpdate(scriptId));
      const marker = await this.assigned(examId, script.number);
      const plan = planOf(await this.scripts.plan(examId, script.number));
      const words = await this.scripts.judgementsOf(scriptId);
      const own = words.find((word) => word.markerId === marker.memberId);
      if (!own) throw new ExamRefused('exam.marking.not-claimed');
      if (script.state !== (own.role === 'arbiter' ? 'arbitration' : 'waiting')) {
        throw new ExamRefused('exam.marking.already-marked');
      }
      allowed(givenMarkRefusal(plan, script.full, marks, points ?? null));
      const others = words.filter((word) => word !== own).flatMap(given);
      const change = { marks, points: points ?? null, comment: comment?.trim() || null, markedAt: this.clock.now() };
      await this.scripts.judge(scriptId, marker.memberId, change);
      const verdict = verdictOf(plan, [...others, { role: own.role, marks }]);
      await this.settle(script, verdict);
      return verdict.state;
    });
  }

  private async settle(script: ScriptRow, { state, marks }: Verdict): Promise<void> {
    const finalAt = state === 'final' ? this.clock.now() : null;
    await this.scripts.changeScript(script.id, { state, marks, finalAt });
    const exam = found(await this.exams.byId(script.examId));
    await this.tell('exam.script.marked', exam, 'exam-script', script.id, {
      examId: exam.id,
      number: script.number,
      state,
    });
    if (marks === null || script.cause === 'appeal') return;
    const { score } = await this.store.setManualMark(script.attemptId, script.number, marks);
    if (score === null) return;
    await this.tell('exam.attempt.marked', exam, 'exam-attempt', script.attemptId, {
      examId: exam.id,
      memberId: script.memberId,
      score,
    });
  }

  private tell(type: string, exam: ExamRow, subjectType: string, subjectId: string, payload: object): Promise<void> {
    return this.outbox.add({ type, subjectType, subjectId, unitId: exam.unitId, payload });
  }

  private async blind(script: ScriptRow, { role }: MarkerRow, plan: MarkingPlan): Promise<BlindScript> {
    const { id, examId, number, place, cause, full, attemptId } = script;
    const exam = found(await this.exams.byId(examId));
    const words = role === 'arbiter' ? await this.scripts.judgementsOf(id) : [];
    const earlier = words
      .filter((word) => word.role === 'marker' && word.marks !== null)
      .map(({ marks, points, comment }) => ({ marks, points, comment }))
      .toSorted((a, b) => a.marks! - b.marks!);
    return {
      id,
      examId,
      number,
      place,
      cause,
      full,
      role,
      plan,
      earlier,
      question: await this.question(exam, number),
      answer: (await this.scripts.answer(attemptId, number))?.content ?? null,
    };
  }

  private async assigned(examId: string, number: number): Promise<MarkerRow> {
    const marker = await this.scripts.marker(examId, number, currentMember());
    if (!marker) throw new ExamRefused('exam.marking.not-assigned', { number });
    return marker;
  }

  private async question(exam: ExamRow, number: number): Promise<GradedQuestion> {
    const questions = await this.marking.questionsOf(exam, await this.marking.stateOf(exam.id));
    return found(questions.find((each) => each.number === number));
  }
}

function given({ role, marks }: JudgementRow): GivenMark[] {
  return marks === null ? [] : [{ role, marks }];
}

export function currentMember(): string {
  const { memberId } = currentActor();
  if (memberId === null) throw new ExamRefused('auth.forbidden', { permission: 'exam.mark' });
  return memberId;
}
