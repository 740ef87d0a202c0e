import { bodyDto } from '@xuekao/bank';
import { hundredths } from '@xuekao/kernel';
import type { BlueprintSection } from './core/index.js';
import type {
  BlueprintSectionDto,
  DifficultyMixDto,
  ExamDto,
  ExamProgressDto,
  ExamResultsDto,
  PaperDto,
  PaperPlanDto,
  SittingDto,
  UnitProgressDto,
} from './exam.dto.js';
import type { ExamRow } from './exam.entity.js';
import { ExamRefused } from './exam.errors.js';
import type { ExamSittings, SittingRow } from './exam.query.js';
import type { PaperPlan, PaperView } from './paper.service.js';

export function planOf({ sections, mustNot, seed, picks }: PaperPlanDto): PaperPlan {
  if ((sections === undefined) === (picks === undefined)) throw new ExamRefused('exam.paper.empty');
  if (picks)
    return {
      kind: 'hand',
      picks: picks.map(({ code, marks }) => (marks === undefined ? { code } : { code, marks: hundredths(marks) })),
    };
  const blueprint = {
    sections: (sections ?? []).map(({ mix, ...section }) => ({
      ...section,
      marks: hundredths(section.marks),
      ...(mix ? { mix: countsOf(mix) } : {}),
    })),
    ...(mustNot ? { mustNot } : {}),
  };
  return seed === undefined ? { kind: 'draw', blueprint } : { kind: 'draw', blueprint, seed };
}

function countsOf(mix: DifficultyMixDto): Record<string, number> {
  return Object.fromEntries(Object.entries(mix).filter((entry): entry is [string, number] => entry[1] !== undefined));
}

export function examDto(exam: ExamRow): ExamDto {
  const { extraMs, ...rest } = exam;
  return {
    id: rest.id,
    title: rest.title,
    unitId: rest.unitId,
    level: rest.level,
    state: rest.state,
    paperId: rest.paperId,
    opensAt: rest.opensAt,
    closesAt: rest.closesAt,
    limitMinutes: rest.limitMinutes,
    graceMs: rest.graceMs,
    extraMinutes: Math.round(extraMs / 60_000),
    passLine: rest.passLine,
    excellentLine: rest.excellentLine,
    attempts: rest.attempts,
    attemptPolicy: rest.attemptPolicy,
    review: rest.review,
    book: rest.book,
    rules: rest.rules,
    multiplePolicy: rest.multiplePolicy,
    shuffleQuestions: rest.shuffleQuestions,
    shuffleOptions: rest.shuffleOptions,
    makeUpOf: rest.makeUpOf,
    publishedAt: rest.publishedAt,
    closedAt: rest.closedAt,
    version: rest.version,
  };
}

export function paperDto({ paper, items }: PaperView): PaperDto {
  const { id, kind, seed, full, blueprint } = paper;
  return {
    id,
    kind,
    seed,
    full,
    sections: blueprint && blueprint.sections.map(sectionDto),
    mustNot: blueprint && [...(blueprint.mustNot ?? [])],
    toCheck: items.filter((item) => item.attention).length,
    items: items.map(({ number, section, sectionName, code, questionId, versionId, marks, body, attention }) => ({
      number,
      section,
      sectionName,
      code,
      questionId,
      versionId,
      marks,
      body: bodyDto(body),
      attention: attention && {
        recheck: attention.recheck?.reason ?? null,
        note: attention.recheck?.note ?? null,
        retiredReason: attention.retiredReason,
      },
    })),
  };
}

function sectionDto({ topics, difficulties, mix, must, ...section }: BlueprintSection): BlueprintSectionDto {
  return {
    ...section,
    ...(topics ? { topics: [...topics] } : {}),
    ...(difficulties ? { difficulties: [...difficulties] } : {}),
    ...(mix ? { mix } : {}),
    ...(must ? { must: [...must] } : {}),
  };
}

export function sittingDto(
  exam: ExamRow,
  { place, state, attempt, score, saved, lastSavedAt }: SittingRow,
): SittingDto {
  const { memberId, staffNumber, name, unitId, unitName, exemption } = place;
  return {
    memberId,
    staffNumber,
    name,
    unitId,
    unitName,
    exemption,
    state,
    startedAt: attempt?.startedAt ?? null,
    deadlineAt: attempt?.deadlineAt ?? null,
    endedAt: attempt?.endedAt ?? null,
    saved,
    lastSavedAt,
    score,
    isPassed: score === null ? null : score >= exam.passLine,
  };
}

function progressOf(unitId: string | null, unitName: string, rows: readonly SittingRow[]): UnitProgressDto {
  const count = (state: SittingRow['state']): number => rows.filter((row) => row.state === state).length;
  return {
    unitId,
    unitName,
    due: rows.filter((row) => row.place.exemption === null).length,
    notStarted: count('not-started'),
    working: count('working'),
    handedIn: count('handed-in'),
    absent: count('absent'),
    exempt: count('exempt'),
  };
}

export function progressDto({ exam, rows, serverNow }: ExamSittings): ExamProgressDto {
  const unitIds = [...new Set(rows.map((row) => row.place.unitId))];
  const units = unitIds.map((unitId) => {
    const own = rows.filter((row) => row.place.unitId === unitId);
    return progressOf(unitId, own[0]!.place.unitName, own);
  });
  const total = progressOf(null, '合计', rows);
  return { examId: exam.id, serverNow, units, total, members: rows.map((row) => sittingDto(exam, row)) };
}

export function resultsDto({ exam, rows }: ExamSittings): ExamResultsDto {
  const scores = rows.flatMap((row) => row.score ?? []);
  const sat = rows.filter((row) => row.score !== null || row.state === 'handed-in').length;
  return {
    exam: examDto(exam),
    due: rows.filter((row) => row.place.exemption === null || row.score !== null).length,
    sat,
    waiting: sat - scores.length,
    passed: scores.filter((score) => score >= exam.passLine).length,
    excellent: scores.filter((score) => score >= exam.excellentLine).length,
    mean: scores.length === 0 ? null : Math.floor(scores.reduce((sum, score) => sum + score, 0) / scores.length),
    members: rows.map((row) => sittingDto(exam, row)),
  };
}
