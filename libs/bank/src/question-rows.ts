import { createHash } from 'node:crypto';
import type { QuestionBody, QuestionState } from '@xuekao/contracts';
import { newId, normalText } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { stemForm } from './core/index.js';
import type { Question, QuestionKey } from './core/index.js';
import type { QuestionRow } from './question.entity.js';
import type { StoredVersion } from './question.store.js';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Options and wordings in any order hash alike: the question they make is the same. */
export function contentHashOf(body: QuestionBody, key: QuestionKey): string {
  const options =
    body.type === 'blank' ? body.blanks : body.options.map((option) => normalText(option.text)).toSorted();
  const right =
    key.kind === 'blank' || body.type === 'blank'
      ? key
      : body.options
          .filter((option) => key.optionIds.includes(option.id))
          .map((option) => normalText(option.text))
          .toSorted();
  return sha256(JSON.stringify([stemForm(body.stem), options, right]));
}

export function stemHashOf(stem: string): string {
  return sha256(stemForm(stem));
}

export function versionRow(
  questionId: string,
  number: number,
  { body, key, explanation, source }: Pick<Question, 'body' | 'key' | 'explanation' | 'source'>,
  authorId: string | null,
  now: Instant,
): StoredVersion {
  const id = newId(now);
  return {
    row: { id, questionId, number, body, contentHash: contentHashOf(body, key), authorId, createdAt: now },
    key: { versionId: id, answerKey: key, explanation, source },
  };
}

export interface Origin {
  readonly authorId: string | null;
  readonly state: QuestionState;
}

/** A new question with its first version. */
export function newQuestionRows(
  question: Question,
  { authorId, state }: Origin,
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
    factId: question.factId,
    entryKey: question.entryKey,
    state,
    headVersionId: version.row.id,
    publishedVersionId: state === 'published' ? version.row.id : null,
    authorId,
    reviewerId: null,
    stemHash: stemHashOf(question.body.stem),
    stemText: normalText(question.body.stem),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  return { row, version };
}
