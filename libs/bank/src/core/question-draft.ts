import type { QuestionBody, QuestionOption, QuestionType } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { choiceKey, optionIdAt, questionRefusal, truthOptions } from './question.js';
import type { QuestionKey } from './question.js';

export interface OptionDraft {
  /** Of the version before; absent for a new option. */
  readonly id?: string;
  readonly text: string;
  readonly correct: boolean;
}

/** A question as an editor's form sends it. */
export interface QuestionDraft {
  readonly type: QuestionType;
  readonly stem: string;
  readonly options?: readonly OptionDraft[];
  readonly truth?: boolean;
  /** Accepted wordings per blank. */
  readonly answers?: readonly (readonly string[])[];
}

export interface BodyAndKey {
  readonly body: QuestionBody;
  readonly key: QuestionKey;
}

function withIds(drafts: readonly OptionDraft[], before: readonly QuestionOption[]): (QuestionOption & OptionDraft)[] {
  const known = new Set(before.map((option) => option.id));
  const used = new Set([...known, ...drafts.flatMap((draft) => draft.id ?? [])]);
  let next = 0;
  const taken = new Set<string>();
  return drafts.map((draft) => {
    let id = draft.id !== undefined && known.has(draft.id) && !taken.has(draft.id) ? draft.id : undefined;
    while (id === undefined) {
      const candidate = optionIdAt(next++);
      if (!used.has(candidate)) id = candidate;
    }
    taken.add(id);
    used.add(id);
    return { id, text: draft.text.trim(), correct: draft.correct };
  });
}

function read(draft: QuestionDraft, before: QuestionBody | undefined): BodyAndKey {
  const stem = draft.stem.trim();
  switch (draft.type) {
    case 'blank': {
      const accepted = (draft.answers ?? []).map((wordings) => wordings.map((wording) => wording.trim()));
      return { body: { type: 'blank', stem, blanks: accepted.length }, key: { kind: 'blank', accepted } };
    }
    case 'true-false': {
      const truth = draft.truth === undefined ? [] : [String(draft.truth)];
      return { body: { type: 'true-false', stem, options: truthOptions }, key: choiceKey(truth) };
    }
    case 'single':
    case 'multiple': {
      const kept = before && before.type !== 'blank' ? before.options : [];
      const options = withIds(draft.options ?? [], kept);
      const key = choiceKey(options.filter((option) => option.correct).map((option) => option.id));
      return { body: { type: draft.type, stem, options: options.map(({ id, text }) => ({ id, text })) }, key };
    }
  }
}

/**
 * Body and key of the next version. An option that keeps its id keeps its answers comparable between versions; a new one
 * gets an id never used in the version before. Refuses 'bank.question.type-fixed' where the type changes.
 */
export function nextVersion(draft: QuestionDraft, before?: QuestionBody): BodyAndKey | Refusal {
  if (before && before.type !== draft.type) return refuse('bank.question.type-fixed');
  const result = read(draft, before);
  const refusal = questionRefusal(result.body, result.key);
  return isRefusal(refusal) ? refusal : result;
}
