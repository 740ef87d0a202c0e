import type { QuestionBody } from '@xuekao/contracts';
import type { CorrectedKey } from './regrade.api.js';

export interface KeyForm {
  from: 'hand' | 'bank';
  optionIds: string[];
  /** Of every blank: accepted wordings, one a line. */
  wordings: string[];
}

/** Orders and pairs are corrected in the bank, where they can be seen whole. */
export const isWrittenByHand = ({ type }: QuestionBody): boolean =>
  type === 'single' || type === 'multiple' || type === 'true-false' || type === 'blank';

export const emptyKey = (body: QuestionBody): KeyForm => ({
  from: isWrittenByHand(body) ? 'hand' : 'bank',
  optionIds: [],
  wordings: body.type === 'blank' ? Array.from({ length: body.blanks }, () => '') : [],
});

/** The key to send; undefined where the bank's new version is meant, null where something is still open. */
export function keyOf(form: KeyForm, body: QuestionBody): CorrectedKey | undefined | null {
  if (form.from === 'bank') return undefined;
  if (body.type === 'blank') {
    const accepted = form.wordings.map((text) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    );
    return accepted.length === body.blanks && accepted.every((list) => list.length > 0)
      ? { kind: 'blank', accepted }
      : null;
  }
  return form.optionIds.length > 0 ? { kind: 'choice', optionIds: form.optionIds } : null;
}
