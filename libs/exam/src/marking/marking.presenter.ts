import { bodyDto, fullAnswer } from '@xuekao/bank';
import type { QuestionKey } from '@xuekao/contracts';
import { inShownOrder } from '@xuekao/contracts';
import type { AttemptOutcomeView } from '../result.service.js';
import type { BlindScript, MarkerTask } from './marker.service.js';
import type {
  BlindScriptDto,
  MarkerTaskDto,
  MarkingSettingsDto,
  PolicyExamplesDto,
  QuestionMarkingDto,
  QuestionPlanDto,
} from './marking.dto.js';
import type { AppealOnDesk } from './appeal-desk.service.js';
import type { DeskAppealDto } from './appeal.dto.js';
import type { OwnAppeals } from './appeal.service.js';
import type { AppealListDto, AttemptOutcomeDto, OutcomeQuestionDto } from './outcome.dto.js';
import type { QuestionProgress } from './marking-plan.service.js';
import type { MarkingSettings, PolicyExamples } from './marking-settings.service.js';
import { appealDaysOf } from '../core/index.js';
import type { MarkingPlan } from '../core/index.js';

export function settingsDto({ exam, revision, rules, acts, review, isMarked }: MarkingSettings): MarkingSettingsDto {
  const { shown, laterAfterDays } = review;
  return {
    examId: exam.id,
    revision,
    rules,
    acts: Object.entries(acts).map(([number, { kind }]) => ({ number: Number(number), kind })),
    review: {
      shown: { 'hand-in': [...shown['hand-in']], close: [...shown.close], later: [...shown.later] },
      laterAfterDays,
      appealDays: appealDaysOf(review),
    },
    isMarked,
  };
}

export function examplesDto({ full, optionIds, correct, examples, marks }: PolicyExamples): PolicyExamplesDto {
  return {
    full,
    optionIds: [...optionIds],
    correct: [...correct],
    examples: examples.map(({ kind, chosen }) => ({ kind, chosen: [...chosen] })),
    marks: marks.map((each) => [...each]),
  };
}

function planDto(plan: MarkingPlan): QuestionPlanDto {
  return { ...plan, rubric: plan.rubric.map(({ text, points }) => ({ text, points })) };
}

export function questionMarkingDto({ question, plan, markers, ...progress }: QuestionProgress): QuestionMarkingDto {
  return {
    number: question.number,
    body: bodyDto(question.body),
    full: question.full,
    plan: planDto(plan),
    markers: [...markers],
    ...progress,
  };
}

export function taskDto({ exam, question, role, scripts, marked, left }: MarkerTask): MarkerTaskDto {
  const { number, body } = question;
  return { examId: exam.id, title: exam.title, number, body: bodyDto(body), role, scripts, marked, left };
}

/** For markers only. */
function referenceOf(key: QuestionKey): string[] {
  if (key.kind === 'blank') return key.accepted.map((wordings) => wordings.join(' / '));
  return key.kind === 'text' ? [key.reference, ...key.rubric] : [];
}

export function scriptDto(script: BlindScript): BlindScriptDto {
  const { id, examId, number, place, cause, full, role, question, plan, answer, earlier } = script;
  return {
    id,
    examId,
    number,
    place,
    cause,
    full,
    role,
    answer,
    body: bodyDto(question.body),
    reference: referenceOf(question.key),
    plan: planDto(plan),
    earlier: earlier.map(({ marks, points, comment }) => ({ marks: marks!, points: points && [...points], comment })),
  };
}

function questionDto(view: AttemptOutcomeView, index: number): OutcomeQuestionDto {
  const { shown } = view;
  const { item, optionIds, keyed, answer, mark } = view.questions[index]!;
  return {
    number: index + 1,
    section: item.sectionName,
    full: item.marks,
    body: shown.has('answers') || shown.has('key') ? bodyDto(inShownOrder(keyed.body, optionIds)) : null,
    answer: shown.has('answers') ? (answer?.content ?? null) : null,
    awarded: shown.has('marks') ? (mark?.marks ?? null) : null,
    decidedBy: shown.has('marks') ? (mark?.source ?? null) : null,
    key: shown.has('key') ? fullAnswer(keyed.key) : null,
    explanation: shown.has('explanation') ? keyed.explanation : null,
    source: shown.has('explanation') ? keyed.source : null,
  };
}

export function appealsDto({ items, window, serverNow }: OwnAppeals): AppealListDto {
  return {
    items: items.map((each) => ({ ...each })),
    from: window?.from ?? null,
    until: window?.until ?? null,
    serverNow,
  };
}

export function deskAppealDto({ appeal, place, body, content, mark, script, runs }: AppealOnDesk): DeskAppealDto {
  const { id, attemptId, memberId, number, reason, state, filedAt, answer, answererName, answeredAt } = appeal;
  return {
    id,
    attemptId,
    memberId,
    name: place.name,
    staffNumber: place.staffNumber,
    unitName: place.unitName,
    number,
    body: bodyDto(body),
    content,
    marks: mark?.marks ?? null,
    full: mark?.full ?? 0,
    decidedBy: mark?.source ?? null,
    reason,
    state,
    filedAt,
    answer,
    answererName,
    answeredAt,
    marking: script?.state ?? null,
    markingMarks: script?.marks ?? null,
    isApplied: runs.some((run) => run.state === 'applied' && run.kind !== 'reverse' && run.reversedBy === null),
    regrades: runs.map((run) => ({
      id: run.id,
      kind: run.kind,
      state: run.state,
      proposedAt: run.proposedAt,
      isReversed: run.reversedBy !== null,
    })),
  };
}

export function outcomeDto(view: AttemptOutcomeView): AttemptOutcomeDto {
  const { attempt, exam, shown, isWaiting, correction, questions, serverNow } = view;
  const { raw, score } = attempt;
  return {
    attemptId: attempt.id,
    examId: exam.id,
    title: exam.title,
    shown: [...shown],
    isWaiting,
    handedInAt: attempt.endedAt!,
    marks: shown.has('score') ? raw : null,
    totalMarks: attempt.full,
    score: shown.has('score') ? score : null,
    passLine: shown.has('pass-line') ? exam.passLine : null,
    isPassed: shown.has('pass-line') && score !== null ? score >= exam.passLine : null,
    correction: correction && { ...correction },
    questions: questions.map((_, index) => questionDto(view, index)),
    serverNow,
  };
}
