import type { QuestionBody, QuestionMaterial, QuestionOption } from '@xuekao/contracts';
import { fillFacts, problems } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import type { QuestionKey } from './core/index.js';
import type {
  BodyMaterialDto,
  QuestionBodyDto,
  QuestionChangedDto,
  QuestionDetailDto,
  QuestionKeyDto,
  QuestionOptionDto,
  QuestionRecheckDto,
  QuestionSummaryDto,
  RowFaultDto,
} from './question.dto.js';
import type { QuestionRow } from './question.entity.js';
import type { QuestionDetail, QuestionSummary } from './question.service.js';

export function bodyDto(body: QuestionBody): QuestionBodyDto {
  const { type, stem, pictures, material } = body;
  const base = {
    type,
    stem,
    ...(pictures ? { pictures: [...pictures] } : {}),
    ...(material ? { material: materialDto(material) } : {}),
  };
  switch (body.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
    case 'ordering':
      return { ...base, options: body.options.map(optionDto) };
    case 'blank':
      return { ...base, blanks: body.blanks };
    case 'short-answer':
      return { ...base, maxLength: body.maxLength };
    case 'matching':
      return { ...base, lefts: body.lefts.map(optionDto), rights: body.rights.map(optionDto) };
    default:
      return assertNever(body);
  }
}

function optionDto({ id, text, picture }: QuestionOption): QuestionOptionDto {
  return { id, text, ...(picture ? { picture } : {}) };
}

function materialDto({ id, versionId, title, text, pictures }: QuestionMaterial): BodyMaterialDto {
  return { id, versionId, title, text, ...(pictures ? { pictures: [...pictures] } : {}) };
}

export function keyDto(key: QuestionKey): QuestionKeyDto {
  switch (key.kind) {
    case 'choice':
    case 'order':
      return { optionIds: [...key.optionIds] };
    case 'blank': {
      const accepted = key.accepted.map((wordings) => [...wordings]);
      return key.orderFree ? { accepted, orderFree: true } : { accepted };
    }
    case 'pairs':
      return { pairs: [...key.pairs] };
    case 'text':
      return { reference: key.reference, rubric: [...key.rubric] };
    default:
      return assertNever(key);
  }
}

export function faultDto({ code, facts }: Refusal): RowFaultDto {
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
    suggestedMarks: question.suggestedMarks,
    state,
    entryKey,
    entryVersion: question.entryVersion,
    factId,
    materialId: question.materialId,
    materialPlace: question.materialPlace,
    isRetired: question.retiredAt !== null,
    retiredReason: question.retiredReason,
    recheck: recheckDto(question),
    version,
    updatedAt,
    isPublished,
    publishedVersionId: question.publishedVersionId,
    body: bodyDto(body),
  };
}

function recheckDto({ recheckSince, recheckReason, recheckNote }: QuestionRow): QuestionRecheckDto | null {
  if (recheckSince === null || recheckReason === null) return null;
  return { since: recheckSince, reason: recheckReason, note: recheckNote ?? '' };
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
