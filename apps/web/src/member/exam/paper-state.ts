import type { AnswerContent, QuestionBody } from '@xuekao/contracts';

/** A, B, C … for the place of an option on this paper. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** Whether anything was answered; of blanks one filled text is enough. */
export function isAnswered(content: AnswerContent | null | undefined): boolean {
  if (!content) return false;
  return content.kind === 'choice' ? content.optionIds.length > 0 : content.texts.some((text) => text.trim() !== '');
}

/** The answer after a tap on an option: one of a single choice, on and off of a multiple choice, in the paper's order. */
export function afterTap(
  body: QuestionBody,
  current: AnswerContent | null | undefined,
  optionId: string,
): AnswerContent {
  if (body.type === 'blank') throw new Error('A blank has no options');
  const chosen = new Set(current?.kind === 'choice' ? current.optionIds : []);
  if (body.type !== 'multiple') return { kind: 'choice', optionIds: [optionId] };
  if (!chosen.delete(optionId)) chosen.add(optionId);
  return { kind: 'choice', optionIds: body.options.map(({ id }) => id).filter((id) => chosen.has(id)) };
}

/** `A、C` or the texts of the blanks; an em dash where nothing was answered. */
export function answerText(body: QuestionBody, content: AnswerContent | null): string {
  if (!content || !isAnswered(content)) return '—';
  if (content.kind === 'blank') return content.texts.map((text) => text.trim() || '—').join('；');
  if (body.type === 'blank') return '—';
  const places = body.options.flatMap(({ id }, place) => (content.optionIds.includes(id) ? [letterOf(place)] : []));
  return places.join('、');
}
