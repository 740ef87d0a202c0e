import type { Difficulty, QuestionBody, QuestionKey, QuestionOption } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import { fileQuestion } from '../formats/index.js';
import type { FileQuestion } from '../formats/index.js';
import type { QuestionRow } from '../question.entity.js';

export interface StoredKey {
  readonly key: QuestionKey;
  readonly explanation: string;
  readonly source: string;
}

const textOf = (options: readonly QuestionOption[], id: string): string =>
  options.find((option) => option.id === id)?.text ?? '';

function partsOf(body: QuestionBody, key: QuestionKey | null): Partial<FileQuestion> {
  switch (body.type) {
    case 'single':
    case 'multiple': {
      const right = key?.kind === 'choice' ? key.optionIds : [];
      return { options: body.options.map(({ id, text }) => ({ text, correct: right.includes(id) })) };
    }
    case 'true-false':
      return { truth: key?.kind === 'choice' ? key.optionIds.includes('true') : null };
    case 'blank':
      return key?.kind === 'blank' ? { answers: key.accepted, orderFree: key.orderFree ?? false } : {};
    case 'short-answer':
      return key?.kind === 'text' ? { reference: key.reference, rubric: key.rubric } : {};
    case 'ordering': {
      const order = key?.kind === 'order' ? key.optionIds : body.options.map((option) => option.id);
      return { order: order.map((id) => textOf(body.options, id)) };
    }
    case 'matching': {
      // Without its key a matching has its two sides and no pairs: each left stands with an empty right.
      const pairs = key?.kind === 'pairs' ? key.pairs : body.lefts.map(({ id }) => ({ left: id, right: '' }));
      const used = new Set(pairs.map(({ right }) => right));
      return {
        pairs: pairs.map(({ left, right }) => ({ left: textOf(body.lefts, left), right: textOf(body.rights, right) })),
        spareRights: body.rights.filter(({ id }) => !used.has(id)).map(({ text }) => text),
      };
    }
    default:
      return assertNever(body);
  }
}

/** A question of the bank as files carry it; without a key nothing of the answer is in it. */
export function fileQuestionOf(row: QuestionRow, body: QuestionBody, keyed: StoredKey | null): FileQuestion {
  const { material } = body;
  return fileQuestion({
    type: body.type,
    stem: body.stem,
    ...partsOf(body, keyed?.key ?? null),
    material: material ? { title: material.title, text: material.text } : null,
    explanation: keyed?.explanation ?? '',
    source: keyed?.source ?? '',
    difficulty: row.difficulty as Difficulty,
    topic: row.topic,
    code: row.code,
  });
}
