import { Injectable } from '@nestjs/common';
import type { MarkerRole } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, seededRng } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';
import { intraclassCorrelation, isManual, markersNeeded, planRefusal, usualPlan } from '../core/index.js';
import type { GradedQuestion, MarkingPlan } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, allowed } from '../exam.errors.js';
import { ExamActs } from './exam-act.js';
import { ExamMarking } from './exam-marking.js';
import type { JudgementRow, MarkerRow, QuestionPlanRow, ScriptRow } from './marking.entity.js';
import { MarkingStore } from './marking.store.js';
import { ScriptStore } from './script.store.js';

export interface PlanInput extends Partial<MarkingPlan> {
  readonly markerIds: readonly string[];
  readonly arbiterIds?: readonly string[];
}

export interface MarkerProgress {
  readonly memberId: string;
  readonly role: MarkerRole;
  readonly marked: number;
}

export interface QuestionProgress {
  readonly question: GradedQuestion;
  readonly plan: MarkingPlan;
  readonly isPlanned: boolean;
  readonly markers: readonly MarkerProgress[];
  readonly scripts: number;
  readonly waiting: number;
  readonly arbitration: number;
  readonly final: number;
  /** Scripts that two people marked, and how well they agree; see {@link intraclassCorrelation}. */
  readonly pairs: number;
  readonly icc: number | null;
  readonly arbitrated: number;
}

/** Organisers: who marks which question, how, and how far it is. */
@Injectable()
export class MarkingPlanService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MarkingStore,
    private readonly scripts: ScriptStore,
    private readonly marking: ExamMarking,
    private readonly acts: ExamActs,
    private readonly clock: AppClock,
  ) {}

  /** Mode, rubric and step stand once somebody has marked; people may be changed at any time. */
  async plan(examId: string, number: number, input: PlanInput): Promise<QuestionProgress> {
    await this.uow.run(async () => {
      const exam = await this.acts.permitted(examId);
      await this.store.forUpdate(examId);
      const question = await this.question(exam, number);
      const { markerIds, arbiterIds = [], ...changes } = input;
      const before = await this.scripts.plan(examId, number);
      const plan = { ...planOf(before), ...changes };
      allowed(planRefusal(plan, question.full));
      peopleFit(plan, markerIds, arbiterIds);
      const isBegun = (await this.scripts.judgements(examId, number)).length > 0;
      if (isBegun && JSON.stringify(plan) !== JSON.stringify(planOf(before))) {
        throw new ExamRefused('exam.marking.begun', { number });
      }
      await this.scripts.putPlan({ examId, number, ...plan, seed: before?.seed ?? newId() });
      await this.scripts.putMarkers(examId, number, this.markersOf(examId, number, markerIds, arbiterIds));
      const payload = { number, markerIds, arbiterIds, mode: plan.mode };
      await this.acts.tell('exam.marking.planned', exam, payload);
    });
    return this.progressOf(examId, number);
  }

  private markersOf(
    examId: string,
    number: number,
    markerIds: readonly string[],
    arbiterIds: readonly string[],
  ): MarkerRow[] {
    const of = (role: MarkerRole) => (memberId: string) => ({
      examId,
      number,
      memberId,
      role,
      assignedAt: this.clock.now(),
    });
    return [...markerIds.map(of('marker')), ...arbiterIds.map(of('arbiter'))];
  }

  /** Puts what waits for a person before the markers, in an order drawn from a seed. Again, it adds what came since. */
  async open(examId: string): Promise<{ added: number }> {
    return this.uow.run(async () => {
      const exam = await this.acts.permitted(examId);
      await this.store.forUpdate(examId);
      let added = 0;
      for (const { number, body } of await this.marking.questionsOf(exam, await this.marking.stateOf(examId))) {
        if (isManual(body)) added += await this.openQuestion(examId, number);
      }
      if (added > 0) await this.acts.tell('exam.marking.opened', exam, { count: added });
      return { added };
    });
  }

  private async openQuestion(examId: string, number: number): Promise<number> {
    const plan = await this.scripts.plan(examId, number);
    const seed = plan?.seed ?? newId();
    if (!plan) await this.scripts.putPlan({ examId, number, ...usualPlan, seed });
    const answers = await this.scripts.unmarked(examId, number);
    const first = await this.scripts.lastPlace(examId, number);
    const createdAt = this.clock.now();
    const rows = seededRng(`${seed} ${first}`)
      .shuffle(answers)
      .map((answer, index): ScriptRow => ({
        ...newScript(examId, number, createdAt),
        ...answer,
        place: first + index + 1,
      }));
    await this.scripts.addScripts(rows);
    return rows.length;
  }

  /** Questions that people mark: short answers, and others that have a plan or an appeal. */
  async overview(examId: string): Promise<{ exam: ExamRow; questions: QuestionProgress[] }> {
    const exam = await this.acts.permitted(examId, 'exam.read');
    const planned = new Set((await this.scripts.plansOf(examId)).map((plan) => plan.number));
    const scripts = await this.scripts.scriptsOf(examId);
    for (const script of scripts) planned.add(script.number);
    const questions = await this.marking.questionsOf(exam, await this.marking.stateOf(examId));
    const rows: QuestionProgress[] = [];
    for (const question of questions) {
      if (!isManual(question.body) && !planned.has(question.number)) continue;
      rows.push(await this.progress(examId, question, scripts));
    }
    return { exam, questions: rows };
  }

  private async progressOf(examId: string, number: number): Promise<QuestionProgress> {
    const exam = await this.acts.permitted(examId, 'exam.read');
    return this.progress(examId, await this.question(exam, number), await this.scripts.scriptsOf(examId));
  }

  private async progress(
    examId: string,
    question: GradedQuestion,
    all: readonly ScriptRow[],
  ): Promise<QuestionProgress> {
    const { number } = question;
    const scripts = all.filter((script) => script.number === number);
    const plan = await this.scripts.plan(examId, number);
    const words = await this.scripts.judgements(examId, number);
    const markers = await this.scripts.markersOf(examId, number);
    const count = (state: ScriptRow['state']): number => scripts.filter((script) => script.state === state).length;
    const pairs = pairsOf(words);
    return {
      question,
      plan: planOf(plan),
      isPlanned: plan !== null && markers.length > 0,
      markers: markers.map(({ memberId, role }) => ({
        memberId,
        role,
        marked: words.filter((word) => word.markerId === memberId).length,
      })),
      scripts: scripts.length,
      waiting: count('waiting'),
      arbitration: count('arbitration'),
      final: count('final'),
      pairs: pairs.length,
      icc: intraclassCorrelation(pairs),
      arbitrated: words.filter((word) => word.role === 'arbiter').length,
    };
  }

  private async question(exam: ExamRow, number: number): Promise<GradedQuestion> {
    const questions = await this.marking.questionsOf(exam, await this.marking.stateOf(exam.id));
    const question = questions.find((each) => each.number === number);
    if (!question) throw new ExamRefused('exam.marking.no-such-question', { number });
    return question;
  }
}

export function newScript(
  examId: string,
  number: number,
  createdAt: number,
): Omit<ScriptRow, 'attemptId' | 'memberId' | 'full' | 'place'> {
  const open = { marks: null, reason: null, finalAt: null, runId: null };
  return { id: newId(), examId, number, cause: 'written', state: 'waiting', createdAt, ...open };
}

export function planOf(row: QuestionPlanRow | null): MarkingPlan {
  if (!row) return usualPlan;
  const { mode, threshold, step, rounding, arbiterRule, rubric } = row;
  return { mode, threshold, step, rounding, arbiterRule, rubric };
}

function peopleFit(plan: MarkingPlan, markerIds: readonly string[], arbiterIds: readonly string[]): void {
  const people = [...markerIds, ...arbiterIds];
  if (new Set(people).size !== people.length) throw new ExamRefused('exam.marking.markers-repeated');
  const wanted = markersNeeded(plan);
  const isShort = markerIds.length < wanted || (plan.mode === 'double' && arbiterIds.length === 0);
  if (isShort) throw new ExamRefused('exam.marking.markers-too-few', { wanted });
}

/** Both first words of every script that two markers read. */
function pairsOf(words: readonly JudgementRow[]): [number, number][] {
  const byScript = new Map<string, number[]>();
  for (const { scriptId, role, marks } of words) {
    if (role !== 'marker' || marks === null) continue;
    byScript.set(scriptId, [...(byScript.get(scriptId) ?? []), marks]);
  }
  return [...byScript.values()].flatMap(([a, b]): [number, number][] =>
    a === undefined || b === undefined ? [] : [[a, b]],
  );
}
