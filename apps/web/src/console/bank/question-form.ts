import { movableOptions } from '@xuekao/contracts';
import type { QuestionBody, QuestionPicture, QuestionType } from '@xuekao/contracts';
import type { PartInput, QuestionFile, QuestionInput, QuestionKey } from './bank.api.js';

interface PartForm {
  id?: string;
  text: string;
  picture?: QuestionPicture;
}

/** A question as it stands in the form: every type's answer beside the others, so that changing the type loses nothing. */
export interface QuestionForm {
  code: string;
  type: QuestionType;
  stem: string;
  /** Carried along, so that an edit of the words keeps them. */
  pictures: readonly QuestionPicture[];
  materialId: string | null;
  materialPlace: number | null;
  options: (PartForm & { correct: boolean })[];
  truth?: boolean | undefined;
  /** Accepted wordings per blank, one wording a line. */
  blanks: string[];
  orderFree: boolean;
  /** In the right order. */
  items: PartForm[];
  pairs: { left: PartForm; right: PartForm }[];
  extraRights: PartForm[];
  reference: string;
  /** One a line. */
  rubric: string;
  maxLength: number;
  explanation: string;
  source: string;
  difficulty: 1 | 2 | 3;
  topic: string;
  entryKey: string;
}

const parts = (count: number): PartForm[] => Array.from({ length: count }, () => ({ text: '' }));
export const emptyPair = (): QuestionForm['pairs'][number] => ({ left: { text: '' }, right: { text: '' } });

export const emptyForm = (): QuestionForm => ({
  code: '',
  type: 'single',
  stem: '',
  pictures: [],
  materialId: null,
  materialPlace: null,
  options: Array.from({ length: 4 }, () => ({ text: '', correct: false })),
  blanks: [''],
  orderFree: false,
  items: parts(4),
  pairs: Array.from({ length: 4 }, emptyPair),
  extraRights: [],
  reference: '',
  rubric: '',
  maxLength: 1000,
  explanation: '',
  source: '',
  difficulty: 2,
  topic: '',
  entryKey: '',
});

/** The part of the form that the type's body and key fill. */
function answerOf(body: QuestionBody, key: QuestionKey | null): Partial<QuestionForm> {
  const right = new Set(key?.optionIds);
  const partOf = ({ id, text, picture }: PartInput): PartForm => ({
    ...(id === undefined ? {} : { id }),
    text,
    ...(picture ? { picture } : {}),
  });
  const byId = new Map(movableOptions(body).map((option) => [option.id, option]));
  switch (body.type) {
    case 'single':
    case 'multiple':
      return { options: body.options.map((option) => ({ ...partOf(option), correct: right.has(option.id) })) };
    case 'true-false':
      return { options: [], truth: key ? right.has('true') : undefined };
    case 'blank':
      return {
        blanks: (key?.accepted ?? []).map((wordings) => wordings.join('\n')),
        orderFree: key?.orderFree === true,
      };
    case 'short-answer':
      return { maxLength: body.maxLength, reference: key?.reference ?? '', rubric: (key?.rubric ?? []).join('\n') };
    case 'ordering':
      return { items: (key?.optionIds ?? [...byId.keys()]).flatMap((id) => byId.get(id) ?? []).map(partOf) };
    case 'matching': {
      const rightOf = new Map(key?.pairs?.map((pair) => [pair.left, byId.get(pair.right)]));
      const paired = new Set(key?.pairs?.map((pair) => pair.right));
      return {
        pairs: body.lefts.map((left) => ({ left: partOf(left), right: partOf(rightOf.get(left.id) ?? { text: '' }) })),
        extraRights: body.rights.filter(({ id }) => !paired.has(id)).map(partOf),
      };
    }
    default:
      return body satisfies never;
  }
}

export function formOf(file: QuestionFile): QuestionForm {
  return {
    ...emptyForm(),
    code: file.code,
    type: file.type,
    stem: file.body.stem,
    pictures: file.body.pictures ?? [],
    materialId: file.materialId ?? null,
    materialPlace: file.materialPlace ?? null,
    ...answerOf(file.body, file.key),
    explanation: file.explanation ?? '',
    source: file.source ?? '',
    difficulty: file.difficulty,
    topic: file.topic,
    entryKey: file.entryKey ?? '',
  };
}

const trimmed = <T extends PartForm>(part: T): T => ({ ...part, text: part.text.trim() });
const filled = <T extends PartForm>(given: readonly T[]): T[] =>
  given.map(trimmed).filter(({ text, picture }) => text !== '' || picture);
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function answerInput(form: QuestionForm): Partial<QuestionInput> {
  switch (form.type) {
    case 'single':
    case 'multiple':
      return { options: filled(form.options) };
    case 'true-false':
      return form.truth === undefined ? {} : { truth: form.truth };
    case 'blank':
      return { answers: form.blanks.map(linesOf), ...(form.orderFree ? { orderFree: true } : {}) };
    case 'short-answer':
      return { reference: form.reference.trim(), rubric: linesOf(form.rubric), maxLength: form.maxLength };
    case 'ordering':
      return { items: filled(form.items) };
    case 'matching':
      return {
        pairs: form.pairs
          .map(({ left, right }) => ({ left: trimmed(left), right: trimmed(right) }))
          .filter((pair) => [pair.left, pair.right].some(({ text, picture }) => text !== '' || picture)),
        extraRights: filled(form.extraRights),
      };
    default:
      return form.type satisfies never;
  }
}

/** What the server is sent: the answer of the form's type alone. Empty options and wordings go, the server judges the rest. */
export function inputOf(form: QuestionForm): QuestionInput {
  const { type, stem, explanation, source, difficulty, topic, entryKey, pictures, materialId, materialPlace } = form;
  return {
    type,
    stem: stem.trim(),
    explanation: explanation.trim(),
    source: source.trim(),
    difficulty,
    topic: topic.trim(),
    ...(entryKey.trim() ? { entryKey: entryKey.trim() } : {}),
    ...(pictures.length > 0 ? { pictures } : {}),
    ...(materialId === null ? {} : { materialId }),
    ...(materialId === null || materialPlace === null ? {} : { materialPlace }),
    ...answerInput(form),
  };
}

/** Marks one option right; a single choice has one right option. */
export function withCorrect(form: QuestionForm, at: number, correct: boolean): QuestionForm['options'] {
  return form.options.map((option, index) => ({
    ...option,
    correct: index === at ? correct : form.type === 'single' && correct ? false : option.correct,
  }));
}
