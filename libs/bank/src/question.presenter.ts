import type { QuestionBody } from '@xuekao/contracts';
import { fillFacts, problems } from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import type { QuestionKey } from './core/index.js';
import type {
  PastePreviewDto,
  QuestionBodyDto,
  QuestionChangedDto,
  QuestionDetailDto,
  QuestionKeyDto,
  QuestionSummaryDto,
  RowFaultDto,
} from './question.dto.js';
import type { QuestionRow } from './question.entity.js';
import type { PastePreview } from './paste-import.service.js';
import type { QuestionDetail, QuestionSummary } from './question.service.js';

export function bodyDto(body: QuestionBody): QuestionBodyDto {
  const { type, stem } = body;
  return body.type === 'blank' ? { type, stem, blanks: body.blanks } : { type, stem, options: [...body.options] };
}

function keyDto(key: QuestionKey): QuestionKeyDto {
  return key.kind === 'choice'
    ? { optionIds: [...key.optionIds] }
    : { accepted: key.accepted.map((wordings) => [...wordings]) };
}

function faultDto({ code, facts }: Refusal): RowFaultDto {
  const text = problems[code];
  return {
    code,
    message: text ? [text.title, text.detail && fillFacts(text.detail, facts)].filter(Boolean).join('：') : code,
  };
}

export function summaryDto({ question, body }: QuestionSummary): QuestionSummaryDto {
  const { id, code, type, topic, difficulty, state, entryKey, factId, version, updatedAt } = question;
  const isPublished = question.publishedVersionId !== null;
  return {
    id,
    code,
    type,
    topic,
    difficulty,
    state,
    entryKey,
    factId,
    version,
    updatedAt,
    isPublished,
    publishedVersionId: question.publishedVersionId,
    body: bodyDto(body),
  };
}

export function detailDto(detail: QuestionDetail): QuestionDetailDto {
  const { keyed, number } = detail;
  return {
    ...summaryDto(detail),
    number,
    key: keyed && keyDto(keyed.key),
    explanation: keyed && keyed.explanation,
    source: keyed && keyed.source,
  };
}

export function changedDto({ id, code, state, version }: QuestionRow): QuestionChangedDto {
  return { id, code, state, version };
}

export function previewDto({ rows, good, bad }: PastePreview): PastePreviewDto {
  return {
    good,
    bad,
    rows: rows.map(({ line, number, stem, body, key, refusal }) => ({
      line,
      number,
      stem,
      body: body && bodyDto(body),
      key: key && keyDto(key),
      fault: refusal && faultDto(refusal),
    })),
  };
}
