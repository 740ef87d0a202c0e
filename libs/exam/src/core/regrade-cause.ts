import type { MarkingRules, QuestionBody, QuestionKey } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import type { GradedQuestion } from './grading.js';
import { withoutAct } from './marking-state.js';
import type { MarkingAct, MarkingState } from './marking-state.js';

/** Why marks are made anew; what a reverse or an appeal does is stored elsewhere. */
export type RegradeCause =
  | { readonly kind: 'key'; readonly number: number; readonly key: QuestionKey; readonly versionId: string | null }
  | { readonly kind: 'policy'; readonly rules: MarkingRules }
  | { readonly kind: 'give-all'; readonly numbers: readonly number[] }
  | { readonly kind: 'void'; readonly numbers: readonly number[] }
  /** What was void or given to all counts again, above all where it was decided while the exam ran. */
  | { readonly kind: 'restore'; readonly numbers: readonly number[] };

function idsOf(key: QuestionKey): readonly string[] {
  switch (key.kind) {
    case 'choice':
    case 'order':
      return key.optionIds;
    case 'pairs':
      return key.pairs.map((pair) => pair.right);
    case 'blank':
    case 'text':
      return [];
    default:
      return assertNever(key);
  }
}

/** Whether a corrected key can stand under the body that was shown: the same options, the same number of blanks. */
export function keyFits(body: QuestionBody, key: QuestionKey): boolean {
  const known = new Set(movableOptions(body).map((option) => option.id));
  const ids = idsOf(key);
  if (!ids.every((id) => known.has(id))) return false;
  switch (key.kind) {
    case 'choice': {
      const isOne = ids.length === 1 && (body.type === 'single' || body.type === 'true-false');
      return new Set(ids).size === ids.length && (isOne || (body.type === 'multiple' && ids.length > 0));
    }
    case 'order':
      return body.type === 'ordering' && ids.length === known.size && new Set(ids).size === ids.length;
    case 'pairs': {
      if (body.type !== 'matching') return false;
      const lefts = new Set(key.pairs.map((pair) => pair.left));
      return key.pairs.length === body.lefts.length && body.lefts.every((left) => lefts.has(left.id));
    }
    case 'blank': {
      const { accepted } = key;
      const isFull = accepted.every((list) => list.length > 0 && list.every((wording) => wording.trim() !== ''));
      return body.type === 'blank' && accepted.length === body.blanks && isFull;
    }
    case 'text':
      return body.type === 'short-answer';
    default:
      return assertNever(key);
  }
}

/** Whether a newer version of a question asks the same: its type, its options by id, its blanks. */
export function sameShape(shown: QuestionBody, newer: QuestionBody): boolean {
  if (shown.type !== newer.type) return false;
  const ids = (body: QuestionBody): string =>
    movableOptions(body)
      .map((option) => option.id)
      .toSorted()
      .join();
  const parts = (body: QuestionBody): number =>
    body.type === 'blank' ? body.blanks : body.type === 'matching' ? body.lefts.length : 0;
  return ids(shown) === ids(newer) && parts(shown) === parts(newer);
}

function withActs(
  state: MarkingState,
  numbers: readonly number[],
  questions: ReadonlyMap<number, GradedQuestion>,
  actOf: (question: GradedQuestion) => MarkingAct | Refusal,
): MarkingState | Refusal {
  const acts: Record<string, MarkingAct> = { ...state.acts };
  for (const number of numbers) {
    const question = questions.get(number);
    if (!question) return refuse('exam.regrade.number-invalid', { number });
    if (question.act) return refuse('exam.regrade.act-taken', { number });
    const act = actOf(question);
    if (act.kind === 'refusal') return act;
    acts[String(number)] = act;
  }
  return { ...state, acts };
}

function withoutActs(state: MarkingState, numbers: readonly number[]): MarkingState | Refusal {
  let after = state;
  for (const number of numbers) {
    const next = withoutAct(after, number);
    if ('code' in next) return next;
    after = next;
  }
  return after;
}

/** The marking that the cause asks for. Refuses numbers that the paper does not have or that were decided before. */
export function stateAfter(
  state: MarkingState,
  cause: RegradeCause,
  questions: readonly GradedQuestion[],
): MarkingState | Refusal {
  const byNumber = new Map(questions.map((question) => [question.number, question]));
  switch (cause.kind) {
    case 'policy':
      return { ...state, rules: cause.rules };
    case 'give-all':
    case 'void':
      return withActs(state, cause.numbers, byNumber, () => ({ kind: cause.kind }));
    case 'restore':
      return withoutActs(state, cause.numbers);
    case 'key': {
      const { key, versionId, number } = cause;
      return withActs(state, [number], byNumber, ({ body }) =>
        keyFits(body, key) ? { kind: 'key', key, versionId } : refuse('exam.regrade.key-invalid', { number }),
      );
    }
    default:
      return assertNever(cause);
  }
}

/** Numbers whose marks may differ between two markings: another key, act or policy of their type. */
export function touchedNumbers(before: readonly GradedQuestion[], after: readonly GradedQuestion[]): number[] {
  const was = new Map(before.map((question) => [question.number, deciding(question)]));
  return after.filter((question) => was.get(question.number) !== deciding(question)).map((question) => question.number);
}

function deciding({ key, act, body, policies }: GradedQuestion): string {
  const { type } = body;
  const policy =
    type === 'multiple' || type === 'blank' || type === 'ordering' || type === 'matching' ? policies[type] : null;
  return JSON.stringify([key, act ?? null, policy]);
}
