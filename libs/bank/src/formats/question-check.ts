import type { QuestionMaterial } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { nextVersion, sourceRefusal } from '../core/index.js';
import type { BodyAndKey, QuestionDraft } from '../core/index.js';
import { shownPicture } from './file-question.js';
import type { FileQuestion } from './file-question.js';
import type { RowFault } from './import-row.js';

const textLimits = { explanation: 4000, topic: 60 } as const;
const textNames = { explanation: '解析', topic: '专题' } as const;

/** The draft that the question means. Its material is a row of the bank and is given apart. */
export function draftOfFile(question: FileQuestion, material?: QuestionMaterial): QuestionDraft {
  const { type, stem, options, truth, answers, orderFree, order, pairs, spareRights, reference, rubric } = question;
  return {
    type,
    stem,
    options: options.map(({ text, correct, picture }) => ({
      text,
      correct,
      ...(picture ? { picture: shownPicture(picture) } : {}),
    })),
    ...(question.pictures.length > 0 ? { pictures: question.pictures.map(shownPicture) } : {}),
    answers,
    orderFree,
    reference,
    rubric,
    items: order.map((text) => ({ text })),
    pairs: pairs.map(({ left, right }) => ({ left: { text: left }, right: { text: right } })),
    extraRights: spareRights.map((text) => ({ text })),
    ...(truth === null ? {} : { truth }),
    ...(material ? { material } : {}),
  };
}

/** Body and key as a new question of the bank has them, or the first fault found. */
export function bodyAndKeyOf(question: FileQuestion, material?: QuestionMaterial): BodyAndKey | Refusal {
  const long = question.options.find((option) => [...option.text].length > 500);
  if (long) return refuse('bank.import.cell-too-long', { what: '选项', length: [...long.text].length, limit: 500 });
  return nextVersion(draftOfFile(question, material));
}

/** Every fault that keeps a draft out of the bank. */
export function faultsOf(draft: FileQuestion): RowFault[] {
  const read = bodyAndKeyOf(draft);
  const refusals: (Refusal | undefined)[] = [isRefusal(read) ? read : undefined, sourceRefusal(draft.source)];
  for (const field of ['explanation', 'topic'] as const) {
    const length = [...draft[field]].length;
    const limit = textLimits[field];
    if (length > limit) refusals.push(refuse('bank.import.cell-too-long', { what: textNames[field], length, limit }));
  }
  return refusals.flatMap((refusal) => (refusal ? [{ refusal }] : []));
}
