import type { PairsKey, QuestionBody, QuestionKey, QuestionOption, QuestionType } from '@xuekao/contracts';
import { answerKinds, questionTypes } from '@xuekao/contracts';
import { normalText, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';

export const stemLimit = 2000;
export const optionLimit = 10;
export const rightLimit = 15;
export const longestShortAnswer = 5000;

export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Gaps of a fill-in stem: runs of two or more underscores, or empty brackets. Zero when the stem marks none. */
export function gapsIn(stem: string): number {
  return stem.normalize('NFKC').match(/_{2,}|\(\s*\)|【\s*】/gu)?.length ?? 0;
}

/** What makes two options the same: normal text and picture. */
export function optionForm({ text, picture }: Pick<QuestionOption, 'text' | 'picture'>): string {
  return picture ? `${normalText(text)}#${picture.id}` : normalText(text);
}

function stemRefusal(stem: string): Refusal | undefined {
  const length = [...stem.trim()].length;
  if (length === 0) return refuse('bank.question.stem-missing');
  if (length > stemLimit) return refuse('bank.question.stem-too-long', { length, limit: stemLimit });
  return undefined;
}

function optionsRefusal(
  options: readonly QuestionOption[],
  most = optionLimit,
  nameOf: (index: number) => string = letterOf,
): Refusal | undefined {
  if (options.length < 2) return refuse('bank.question.options-too-few', { found: options.length, least: 2 });
  if (options.length > most) return refuse('bank.question.options-too-many', { found: options.length, most });
  const places = new Map<string, number>();
  for (const [index, option] of options.entries()) {
    const form = optionForm(option);
    if (form === '') return refuse('bank.question.option-empty', { option: nameOf(index) });
    const first = places.get(form);
    if (first !== undefined) {
      return refuse('bank.question.option-repeated', { first: nameOf(first), second: nameOf(index) });
    }
    places.set(form, index);
  }
  return undefined;
}

function letterOfId(id: string): string {
  const place = /^o(\d+)$/.exec(id);
  return place ? letterOf(Number(place[1]) - 1) : id;
}

function choiceKeyRefusal(
  type: QuestionType,
  optionIds: readonly string[],
  options: readonly QuestionOption[],
): Refusal | undefined {
  const known = new Set(options.map((option) => option.id));
  if (optionIds.length === 0) return refuse('bank.question.key-missing');
  for (const id of optionIds) {
    if (!known.has(id)) return refuse('bank.question.key-unknown-option', { option: letterOfId(id) });
  }
  if (type !== 'multiple' && optionIds.length !== 1) {
    return refuse('bank.question.key-count', { type: questionTypes[type].name, expected: 1, found: optionIds.length });
  }
  return undefined;
}

function blankKeyRefusal(stem: string, accepted: readonly (readonly string[])[]): Refusal | undefined {
  if (accepted.length === 0) return refuse('bank.question.key-missing');
  const empty = accepted.findIndex((wordings) => wordings.length === 0 || wordings.some((w) => w.trim() === ''));
  if (empty >= 0) return refuse('bank.question.blank-empty', { blank: empty + 1 });
  const gaps = gapsIn(stem);
  if (gaps > 0 && gaps !== accepted.length) {
    return refuse('bank.question.blank-count', { found: gaps, expected: accepted.length });
  }
  return undefined;
}

function orderKeyRefusal(options: readonly QuestionOption[], order: readonly string[]): Refusal | undefined {
  const placed = new Set(order);
  const isWhole = order.length === options.length && options.every(({ id }) => placed.has(id));
  return isWhole
    ? undefined
    : refuse('bank.question.key-count', {
        type: questionTypes.ordering.name,
        expected: options.length,
        found: placed.size,
      });
}

function pairsRefusal(
  lefts: readonly QuestionOption[],
  rights: readonly QuestionOption[],
  { pairs }: PairsKey,
): Refusal | undefined {
  const faulty =
    optionsRefusal(lefts, optionLimit, (index) => `左侧第 ${index + 1} 项`) ??
    optionsRefusal(rights, rightLimit, (index) => `右侧第 ${index + 1} 项`);
  if (faulty) return faulty;
  const known = new Set(rights.map((right) => right.id));
  const ofLeft = new Map(pairs.map((pair) => [pair.left, pair.right]));
  for (const [index, left] of lefts.entries()) {
    const right = ofLeft.get(left.id);
    if (right === undefined || !known.has(right)) return refuse('bank.question.pair-missing', { left: index + 1 });
  }
  return pairs.length === lefts.length
    ? undefined
    : refuse('bank.question.key-count', {
        type: questionTypes.matching.name,
        expected: lefts.length,
        found: pairs.length,
      });
}

/** Whether body and key belong together. The first fault found is returned; undefined when all is well. */
export function questionRefusal(body: QuestionBody, key: QuestionKey): Refusal | undefined {
  const stem = stemRefusal(body.stem);
  if (stem) return stem;
  if (answerKinds[body.type] !== key.kind) return refuse('bank.question.key-missing');
  switch (body.type) {
    case 'blank':
      return key.kind === 'blank' ? blankKeyRefusal(body.stem, key.accepted) : undefined;
    case 'short-answer': {
      const { maxLength } = body;
      if (!Number.isSafeInteger(maxLength) || maxLength < 1 || maxLength > longestShortAnswer) {
        return refuse('bank.question.length-invalid', { most: longestShortAnswer });
      }
      return key.kind === 'text' && key.reference.trim() === '' ? refuse('bank.question.key-missing') : undefined;
    }
    case 'ordering':
      return (
        optionsRefusal(body.options) ??
        (key.kind === 'order' ? orderKeyRefusal(body.options, key.optionIds) : undefined)
      );
    case 'matching':
      return key.kind === 'pairs' ? pairsRefusal(body.lefts, body.rights, key) : undefined;
    case 'single':
    case 'multiple':
    case 'true-false':
      return (
        optionsRefusal(body.options) ??
        (key.kind === 'choice' ? choiceKeyRefusal(body.type, key.optionIds, body.options) : undefined)
      );
    default:
      return body satisfies never;
  }
}
