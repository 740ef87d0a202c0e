import type { QuestionPicture } from '@xuekao/contracts';
import { emptyForm, inputOf, type QuestionForm } from '../question-form.js';
import type { FilePicture, FileQuestion } from './import.api.js';

/** A row of an import in the form of the bank; one that could not be read starts with its raw text. */
export function formOfFile(question: FileQuestion | null, raw: string): QuestionForm {
  const empty = emptyForm();
  if (!question) return { ...empty, stem: raw };
  const filled = <T>(given: readonly T[], otherwise: T[]): T[] => (given.length > 0 ? [...given] : otherwise);
  const partOf = (text: string): { text: string } => ({ text });
  return {
    ...empty,
    code: question.code,
    type: question.type,
    stem: question.stem,
    pictures: question.pictures,
    options: filled<QuestionForm['options'][number]>(question.options, empty.options).map((option) => ({ ...option })),
    truth: question.truth ?? undefined,
    blanks: filled(
      question.answers.map((wordings) => wordings.join('\n')),
      empty.blanks,
    ),
    orderFree: question.orderFree,
    items: filled(question.order.map(partOf), empty.items),
    pairs: filled(
      question.pairs.map(({ left, right }) => ({ left: partOf(left), right: partOf(right) })),
      empty.pairs,
    ),
    extraRights: question.spareRights.map(partOf),
    reference: question.reference,
    rubric: question.rubric.join('\n'),
    explanation: question.explanation,
    source: question.source,
    difficulty: question.difficulty ?? 2,
    topic: question.topic,
  };
}

/** The server puts in what it knows of the picture. */
const filePicture = ({ id, alt, width, height }: QuestionPicture): FilePicture => ({
  id,
  alt,
  width,
  height,
  mediaType: 'image/png',
});

/** What the form says as a row of the import; material and marks stay as they were read. */
export function fileOf(form: QuestionForm, before: FileQuestion | null): FileQuestion {
  const input = inputOf(form);
  const textOf = ({ text }: { readonly text: string }): string => text;
  return {
    type: input.type,
    stem: input.stem,
    pictures: (input.pictures ?? []).map(filePicture),
    options: (input.options ?? []).map(({ text, correct, picture }) => ({
      text,
      correct,
      ...(picture ? { picture: filePicture(picture) } : {}),
    })),
    truth: input.truth ?? null,
    answers: input.answers ?? [],
    orderFree: input.orderFree ?? false,
    order: (input.items ?? []).map(textOf),
    pairs: (input.pairs ?? []).map(({ left, right }) => ({ left: left.text, right: right.text })),
    spareRights: (input.extraRights ?? []).map(textOf),
    reference: input.reference ?? '',
    rubric: input.rubric ?? [],
    material: before?.material ?? null,
    explanation: input.explanation,
    source: input.source,
    difficulty: form.difficulty,
    topic: input.topic,
    marks: before?.marks ?? null,
    code: form.code.trim(),
  };
}
