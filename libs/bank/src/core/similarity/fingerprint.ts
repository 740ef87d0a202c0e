import type { QuestionBody, QuestionKey, QuestionType } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { blankForm } from '../blank-text.js';
import { optionForm } from '../question-rules.js';
import { stemForm } from '../stem-form.js';
import { canonicalStem, plainForm } from './canonical.js';

/** What the right answer says, in a form that survives shuffles and retyping. */
export type RightForm =
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'truth'; readonly truth: boolean }
  | { readonly kind: 'blanks'; readonly accepted: readonly (readonly string[])[] }
  | { readonly kind: 'sequence'; readonly texts: readonly string[] }
  | { readonly kind: 'free' };

/** All of a question that a comparison looks at. */
export interface Fingerprint {
  readonly type: QuestionType;
  /** Material and pictures: the same words about something else are another question. */
  readonly about: string;
  readonly stem: string;
  readonly form: string;
  readonly sense: string;
  readonly options: readonly string[];
  readonly right: RightForm;
}

function rightOf(body: QuestionBody, key: QuestionKey): RightForm {
  const texts = new Map(movableOptions(body).map((option) => [option.id, plainForm(optionForm(option))]));
  const textOf = (id: string): string => texts.get(id) ?? id;
  switch (key.kind) {
    case 'choice':
      return body.type === 'true-false'
        ? { kind: 'truth', truth: key.optionIds.includes('true') }
        : { kind: 'texts', texts: key.optionIds.map(textOf).toSorted() };
    case 'blank':
      return { kind: 'blanks', accepted: key.accepted.map((wordings) => wordings.map(blankForm)) };
    case 'order':
      return { kind: 'sequence', texts: key.optionIds.map(textOf) };
    case 'pairs': {
      const lefts = new Map(
        body.type === 'matching' ? body.lefts.map((left) => [left.id, plainForm(optionForm(left))]) : [],
      );
      return {
        kind: 'sequence',
        texts: key.pairs.map((pair) => `${lefts.get(pair.left)}=${textOf(pair.right)}`).toSorted(),
      };
    }
    case 'text':
      return { kind: 'free' };
    default:
      return key satisfies never;
  }
}

export function fingerprintOf(body: QuestionBody, key: QuestionKey): Fingerprint {
  const { form, sense } = canonicalStem(body.stem);
  const pictures = (body.pictures ?? []).map((picture) => picture.id);
  const options = body.type === 'true-false' ? [] : movableOptions(body).map((option) => plainForm(optionForm(option)));
  return {
    type: body.type,
    about: [body.material?.id ?? '', ...pictures].join('#'),
    stem: stemForm(body.stem),
    form,
    sense,
    options: options.toSorted(),
    right: rightOf(body, key),
  };
}
