import { likenessReasons } from '@xuekao/contracts';
import { versionFields } from './core/index.js';
import type {
  BulkResultDto,
  QuestionVersionDetailDto,
  QuestionVersionDto,
  SimilarQuestionDto,
  VersionComparisonDto,
} from './question-life.dto.js';
import type { BulkRow } from './question-life.service.js';
import { bodyDto, changedDto, faultDto, keyDto } from './question.presenter.js';
import type { SimilarityFinding } from './question-similarity.service.js';
import type { VersionComparison, VersionDetail, VersionSummary } from './question-versions.service.js';

export function bulkDto(rows: readonly BulkRow[]): BulkResultDto {
  const failed = rows.filter((row) => row.refusal).length;
  return {
    done: rows.length - failed,
    failed,
    items: rows.map(({ id, question, refusal }) => ({
      id,
      question: question && changedDto(question),
      fault: refusal && faultDto(refusal),
    })),
  };
}

export function versionDto({ version, isHead, isPublished }: VersionSummary): QuestionVersionDto {
  const { id: versionId, number, authorId, createdAt } = version;
  return { versionId, number, authorId, createdAt, isHead, isPublished };
}

export function versionDetailDto(detail: VersionDetail): QuestionVersionDetailDto {
  const { keyed } = detail;
  return {
    ...versionDto(detail),
    body: bodyDto(detail.version.body),
    key: keyed?.key ? keyDto(keyed.key) : null,
    explanation: keyed?.explanation ?? null,
    source: keyed?.source ?? null,
  };
}

export function comparisonDto({ from, to, changes }: VersionComparison): VersionComparisonDto {
  return {
    from: versionDto(from),
    to: versionDto(to),
    changes: changes.map((change) => ({ ...change, name: versionFields[change.field] })),
  };
}

/** Findings about questions of the bank; a row of the same batch is no question yet. */
export function similarDto({ kind, score, reason, questionId, code }: SimilarityFinding): SimilarQuestionDto[] {
  if (questionId === null || code === null) return [];
  return [{ kind, score, reason, message: likenessReasons[reason], questionId, code }];
}
