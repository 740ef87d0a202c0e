import type {
  Difficulty,
  PictureType,
  QuestionBody,
  QuestionKey,
  QuestionOption,
  QuestionPicture,
} from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import { fileQuestion } from '../formats/index.js';
import type { FilePicture, FileQuestion } from '../formats/index.js';
import type { QuestionRow } from '../question.entity.js';

export interface StoredKey {
  readonly key: QuestionKey;
  readonly explanation: string;
  readonly source: string;
}

const textOf = (options: readonly QuestionOption[], id: string): string =>
  options.find((option) => option.id === id)?.text ?? '';

function partsOf(
  body: QuestionBody,
  key: QuestionKey | null,
  of: (picture: QuestionPicture) => FilePicture,
): Partial<FileQuestion> {
  switch (body.type) {
    case 'single':
    case 'multiple': {
      const right = key?.kind === 'choice' ? key.optionIds : [];
      return {
        options: body.options.map(({ id, text, picture }) => ({
          text,
          correct: right.includes(id),
          ...(picture ? { picture: of(picture) } : {}),
        })),
      };
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
export function fileQuestionOf(
  row: QuestionRow,
  body: QuestionBody,
  keyed: StoredKey | null,
  pictures: ReadonlyMap<string, PictureType>,
): FileQuestion {
  const { material } = body;
  const of = (picture: QuestionPicture): FilePicture => ({
    ...picture,
    mediaType: pictures.get(picture.id) ?? 'image/png',
  });
  return fileQuestion({
    type: body.type,
    stem: body.stem,
    ...partsOf(body, keyed?.key ?? null, of),
    pictures: (body.pictures ?? []).map(of),
    material: material
      ? {
          title: material.title,
          text: material.text,
          ...(material.pictures?.length ? { pictures: material.pictures.map(of) } : {}),
        }
      : null,
    explanation: keyed?.explanation ?? '',
    source: keyed?.source ?? '',
    difficulty: row.difficulty as Difficulty,
    topic: row.topic,
    marks: row.suggestedMarks,
    code: row.code,
  });
}

/** Pictures on what is ordered or matched: no file here has a place for them. */
export function hasPartPictures(body: QuestionBody): boolean {
  switch (body.type) {
    case 'ordering':
      return body.options.some((option) => option.picture);
    case 'matching':
      return [...body.lefts, ...body.rights].some((option) => option.picture);
    default:
      return false;
  }
}
