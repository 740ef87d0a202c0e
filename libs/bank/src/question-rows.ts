import { createHash } from 'node:crypto';
import type { QuestionBody, QuestionState } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { assertNever, newId, normalText } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { optionForm, stemForm } from './core/index.js';
import type { Question, QuestionKey } from './core/index.js';
import type { QuestionRow } from './question.entity.js';
import type { StoredVersion } from './question.store.js';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Options and wordings in any order hash alike: the question they make is the same. */
export function contentHashOf(body: QuestionBody, key: QuestionKey): string {
  const parts = body.type === 'blank' ? body.blanks : movableOptions(body).map(optionForm).toSorted();
  return sha256(JSON.stringify([stemFormOf(body), parts, rightForm(body, key)]));
}

function rightForm(body: QuestionBody, key: QuestionKey): unknown {
  const forms = new Map(movableOptions(body).map((option) => [option.id, optionForm(option)]));
  const formOf = (id: string): string => forms.get(id) ?? id;
  switch (key.kind) {
    case 'blank':
    case 'text':
      return key;
    case 'choice':
      return key.optionIds.map(formOf).toSorted();
    case 'order':
      return key.optionIds.map(formOf);
    case 'pairs': {
      const lefts = new Map(body.type === 'matching' ? body.lefts.map((left) => [left.id, optionForm(left)]) : []);
      return key.pairs.map(({ left, right }) => `${lefts.get(left)}=${formOf(right)}`).toSorted();
    }
    default:
      return assertNever(key);
  }
}

/** The same words about another material or picture are another question. */
function stemFormOf({ stem, material, pictures = [] }: Pick<QuestionBody, 'stem' | 'material' | 'pictures'>): string {
  return [stemForm(stem), ...(material ? [material.id] : []), ...pictures.map((picture) => picture.id)].join('#');
}

export function stemHashOf(body: Pick<QuestionBody, 'stem' | 'material' | 'pictures'>): string {
  return sha256(stemFormOf(body));
}

export function versionRow(
  questionId: string,
  number: number,
  { body, key, explanation, source }: Pick<Question, 'body' | 'key' | 'explanation' | 'source'>,
  authorId: string | null,
  now: Instant,
): StoredVersion {
  const id = newId(now);
  const { material, ...stored } = body;
  const materialVersionId = material?.versionId ?? null;
  return {
    row: {
      id,
      questionId,
      number,
      body: stored,
      materialVersionId,
      contentHash: contentHashOf(body, key),
      authorId,
      createdAt: now,
    },
    key: { versionId: id, answerKey: key, explanation, source },
  };
}

export interface Origin {
  readonly authorId: string | null;
  readonly state: QuestionState;
  /** Among the questions of its material. */
  readonly materialPlace?: number | null;
  readonly entryVersion?: number | null;
  /** Hundredths. */
  readonly suggestedMarks?: number | null;
}

/** A new question with its first version. */
export function newQuestionRows(
  question: Question,
  { authorId, state, materialPlace = null, entryVersion = null, suggestedMarks = null }: Origin,
  now: Instant,
): { row: QuestionRow; version: StoredVersion } {
  const id = newId(now);
  const version = versionRow(id, 1, question, authorId, now);
  const row: QuestionRow = {
    id,
    code: question.code,
    type: question.body.type,
    topic: question.topic,
    difficulty: question.difficulty,
    suggestedMarks,
    factId: question.factId,
    entryKey: question.entryKey,
    entryVersion,
    state,
    headVersionId: version.row.id,
    publishedVersionId: state === 'published' ? version.row.id : null,
    authorId,
    reviewerId: null,
    materialId: question.body.material?.id ?? null,
    materialPlace: question.body.material ? materialPlace : null,
    retiredAt: null,
    retiredReason: null,
    recheckSince: null,
    recheckReason: null,
    recheckNote: null,
    stemHash: stemHashOf(question.body),
    stemText: normalText(question.body.stem),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return { row, version };
}
