import { isOpenAnswer, movableOptions } from '@xuekao/contracts';
import type { AnswerContent, QuestionBody } from '@xuekao/contracts';

/** A, B, C … for the place of an option on this paper. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** Whether anything was answered; of several parts one is enough. */
export function isAnswered(content: AnswerContent | null | undefined): boolean {
  return !isOpenAnswer(content);
}

/** The answer after a tap on an option: one of a single choice, on and off of a multiple choice, in the paper's order. */
export function afterTap(
  body: QuestionBody,
  current: AnswerContent | null | undefined,
  optionId: string,
): AnswerContent {
  const chosen = new Set(current?.kind === 'choice' ? current.optionIds : []);
  if (body.type !== 'multiple') return { kind: 'choice', optionIds: [optionId] };
  if (!chosen.delete(optionId)) chosen.add(optionId);
  return { kind: 'choice', optionIds: body.options.map(({ id }) => id).filter((id) => chosen.has(id)) };
}

/** The ids after one of them went a step up or down; unchanged at the ends. */
export function afterMove(optionIds: readonly string[], from: number, by: -1 | 1): readonly string[] {
  const to = from + by;
  const moved = optionIds[from];
  if (moved === undefined || to < 0 || to >= optionIds.length) return optionIds;
  const rest = optionIds.filter((_, at) => at !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** `A、C` of a choice, `C → A → B` of an order, `1-B；2-A` of pairs, otherwise the texts; an em dash where nothing was answered. */
export function answerText(body: QuestionBody, content: AnswerContent | null): string {
  if (!content || !isAnswered(content)) return '—';
  const letters = new Map(movableOptions(body).map(({ id }, place) => [id, letterOf(place)]));
  switch (content.kind) {
    case 'blank':
      return content.texts.map((text) => text.trim() || '—').join('；');
    case 'text':
      return content.text;
    case 'order':
      return content.optionIds.map((id) => letters.get(id) ?? '—').join(' → ');
    case 'pairs': {
      const chosen = new Map(content.pairs.map(({ left, right }) => [left, right]));
      const lefts = body.type === 'matching' ? body.lefts : [];
      return lefts.map(({ id }, at) => `${at + 1}-${letters.get(chosen.get(id) ?? '') ?? '—'}`).join('；');
    }
    case 'choice': {
      const right = new Set(content.optionIds);
      return [...letters].flatMap(([id, letter]) => (right.has(id) ? [letter] : [])).join('、') || '—';
    }
    default:
      return content satisfies never;
  }
}
