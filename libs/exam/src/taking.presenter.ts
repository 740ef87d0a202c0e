import { bodyDto, fullAnswer } from '@xuekao/bank';
import type { QuestionBodyDto } from '@xuekao/bank';
import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import { inShownOrder } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { AttemptRow } from './attempt.entity.js';
import type { SaveAck } from './attempt-saving.js';
import type { ExamAccessView } from './invigilation/exam-access.service.js';
import type { AppealCounts } from './marking/appeal.service.js';
import type { AttemptView } from './attempt.service.js';
import { countedAttempt, lastStartOf } from './core/index.js';
import { ExamRefused } from './exam.errors.js';
import { paperTextOf } from './paper-text.js';
import type { AttemptResult, MyExam, ReviewedQuestion } from './result.service.js';
import type {
  AnswerContentDto,
  AttemptDto,
  AttemptResultDto,
  HandedInDto,
  MyExamDto,
  ReviewedQuestionDto,
  SavedManyDto,
  SavedOneDto,
} from './taking.dto.js';

/** The content of a DTO whose fields fit its kind. */
export function contentOf(number: number, given: AnswerContentDto): AnswerContent {
  const { kind, optionIds, texts, pairs, text } = given;
  if ((kind === 'choice' || kind === 'order') && optionIds) return { kind, optionIds };
  if (kind === 'blank' && texts) return { kind, texts };
  if (kind === 'pairs' && pairs) return { kind, pairs: pairs.map(({ left, right }) => ({ left, right })) };
  if (kind === 'text' && text !== undefined) return { kind, text };
  throw ExamRefused.of(refuse('exam.attempt.answer-malformed', { number }));
}

function inOrder(body: QuestionBody, optionIds: readonly string[]): QuestionBodyDto {
  return bodyDto(inShownOrder(body, optionIds));
}

/** Marks of the paper that reach a line of the scale of 100. */
function marksAt(line: number, full: number): number {
  return Math.ceil((line * full) / 10_000);
}

function attemptHead({
  attempt,
  exam,
  extraMs,
  decided,
  serverNow,
}: AttemptView): Omit<AttemptDto, 'questions' | 'answers'> {
  return {
    id: attempt.id,
    examId: exam.id,
    title: exam.title,
    state: attempt.state,
    startedAt: attempt.startedAt,
    deadlineAt: attempt.deadlineAt,
    graceMs: exam.graceMs,
    limitMinutes: exam.limitMinutes + Math.round(extraMs / 60_000),
    extendedFromMinutes: extraMs > 0 ? exam.limitMinutes : null,
    decided: [...decided],
    serverNow,
  };
}

function savedAnswers({ attempt, answers }: AttemptView): AttemptDto['answers'] {
  const placeOf = new Map(attempt.layout.map(({ number }, index) => [number, index + 1]));
  return answers.map(({ number, content, clientSeq, savedAt, lateMs }) => ({
    number: placeOf.get(number)!,
    content,
    clientSeq,
    savedAt,
    lateMs,
  }));
}

export function attemptDto(view: AttemptView): AttemptDto {
  const { attempt, paper } = view;
  const items = new Map(paper.items.map((item) => [item.number, item]));
  return {
    ...attemptHead(view),
    questions: attempt.layout.map(({ number, optionIds }, index) => {
      const item = items.get(number)!;
      const body = inOrder(paper.bodies.get(item.versionId)!, optionIds);
      return { number: index + 1, section: item.sectionName, marks: item.marks, body };
    }),
    answers: savedAnswers(view),
  };
}

/** {@link attemptDto} as JSON in UTF-8, from the paper's text that is made once: only the own order is added. */
export function attemptJson(view: AttemptView): Buffer {
  const head = Buffer.from(`${JSON.stringify(attemptHead(view)).slice(0, -1)},"questions":[`);
  const questions = paperTextOf(view.paper).inOrder(view.attempt.layout);
  return Buffer.concat([head, ...questions, Buffer.from(`],"answers":${JSON.stringify(savedAnswers(view))}}`)]);
}

export function savedManyDto({ saved, deadlineAt, serverNow }: SaveAck): SavedManyDto {
  return { items: [...saved], deadlineAt, serverNow };
}

export function savedOneDto({ saved, deadlineAt, serverNow }: SaveAck): SavedOneDto {
  return { ...saved[0]!, deadlineAt, serverNow };
}

export function handedInDto({ id, state, endedAt, endedBy }: AttemptRow, serverNow: number): HandedInDto {
  return { id, state, endedAt: endedAt!, endedBy: endedBy!, serverNow };
}

export function myExamDto(mine: MyExam, now: number, needs?: ExamAccessView, appeals?: AppealCounts): MyExamDto {
  const { exam, place, attempts, questions, full, reviewVisible, shown } = mine;
  const newest = attempts.at(-1) ?? null;
  const closesAt = lastStartOf(exam, place);
  const isOver = exam.state !== 'published' || now >= Math.max(closesAt, newest?.deadlineAt ?? 0);
  const extraMs = exam.extraMs + place.extraMs;
  const counted = countedAttempt(exam.attemptPolicy, attempts);
  return {
    id: exam.id,
    title: exam.title,
    phase: isOver ? 'closed' : now < exam.opensAt ? 'upcoming' : 'open',
    opensAt: exam.opensAt,
    closesAt,
    limitMinutes: exam.limitMinutes + Math.round(extraMs / 60_000),
    extendedFromMinutes: extraMs > 0 ? exam.limitMinutes : null,
    questionCount: questions,
    totalMarks: full,
    passMarks: marksAt(exam.passLine, full),
    book: exam.book,
    review: exam.review,
    maxAttempts: exam.attempts,
    attemptPolicy: exam.attemptPolicy,
    usedAttempts: attempts.length,
    rulesText: exam.rules,
    exemption: place.exemption,
    isMakeUp: exam.makeUpOf !== null,
    needsPassword: needs?.hasPassword ?? false,
    needsExamBrowser: (needs?.sebKeys.length ?? 0) > 0,
    attempt: newest && { id: newest.id, state: newest.state, deadlineAt: newest.deadlineAt },
    resultVisible: shown.has('score') && shown.has('pass-line'),
    isWaiting: mine.isWaiting,
    reviewVisible,
    countedMarks: shown.has('score') ? (counted?.raw ?? null) : null,
    correction: mine.correction && { ...mine.correction },
    appeals: appeals ? { ...appeals } : null,
  };
}

export function resultDto(result: AttemptResult): AttemptResultDto {
  const { attempt, exam } = result;
  return {
    attemptId: attempt.id,
    examId: exam.id,
    title: exam.title,
    marks: attempt.raw,
    totalMarks: attempt.full,
    passMarks: marksAt(exam.passLine, attempt.full),
    score: attempt.score,
    isPassed: result.passed,
    isExcellent: result.excellent,
    handedInAt: attempt.endedAt,
    endedBy: attempt.endedBy!,
    tookMs: attempt.endedAt - attempt.startedAt,
    correctCount: result.correct,
    answeredCount: result.answered,
    questionCount: result.questions,
    reviewVisible: result.reviewAllowed,
    serverNow: result.serverNow,
  };
}

export function reviewedDto(question: ReviewedQuestion, index: number): ReviewedQuestionDto {
  const { item, optionIds, keyed, answer, mark } = question;
  return {
    number: index + 1,
    section: item.sectionName,
    marks: item.marks,
    body: inOrder(keyed.body, optionIds),
    answer: answer?.content ?? null,
    key: fullAnswer(keyed.key),
    awarded: mark.marks ?? 0,
    explanation: keyed.explanation,
    source: keyed.source,
    entryKey: keyed.entryKey,
  };
}
