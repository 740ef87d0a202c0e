import type {
  ChoiceKey,
  QuestionBody,
  QuestionKey,
  QuestionMaterial,
  QuestionOption,
  QuestionPicture,
  QuestionType,
} from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { optionForm, questionRefusal } from './question-rules.js';

/** A part of a question: an item to order, one side of a pair. */
export interface PartDraft {
  /** Of the version before; absent for a new part. */
  readonly id?: string;
  readonly text: string;
  readonly picture?: QuestionPicture;
}

export interface OptionDraft extends PartDraft {
  readonly correct: boolean;
}

export interface PairDraft {
  readonly left: PartDraft;
  readonly right: PartDraft;
}

/** A question as an editor's form or an import sends it; only what belongs to its type is read. */
export interface QuestionDraft {
  readonly type: QuestionType;
  readonly stem: string;
  readonly pictures?: readonly QuestionPicture[];
  readonly material?: QuestionMaterial;
  /** Choices. */
  readonly options?: readonly OptionDraft[];
  readonly truth?: boolean;
  /** Accepted wordings per blank. */
  readonly answers?: readonly (readonly string[])[];
  readonly orderFree?: boolean;
  /** What is to be ordered, in the right order. */
  readonly items?: readonly PartDraft[];
  /** What belongs together; a right that stands in several pairs is one right. */
  readonly pairs?: readonly PairDraft[];
  /** Rights without a left. */
  readonly extraRights?: readonly PartDraft[];
  /** Short answers: the reference answer, what earns marks, and the most characters (1000 when absent). */
  readonly reference?: string;
  readonly rubric?: readonly string[];
  readonly maxLength?: number;
}

export interface BodyAndKey {
  readonly body: QuestionBody;
  readonly key: QuestionKey;
}

export const usualMaxLength = 1000;

/** The two options of every true-false question. */
export const truthOptions: readonly QuestionOption[] = [
  { id: 'true', text: '正确' },
  { id: 'false', text: '错误' },
];

/** Option ids by first place: `o1`, `o2`, … They stay with their option when it moves. */
export function optionIdAt(index: number, prefix = 'o'): string {
  return `${prefix}${index + 1}`;
}

/** Sorted, without repeats, so that equal keys are equal values. */
export function choiceKey(optionIds: Iterable<string>): ChoiceKey {
  return { kind: 'choice', optionIds: [...new Set(optionIds)].toSorted() };
}

function partOf({ text, picture }: PartDraft): Omit<QuestionOption, 'id'> {
  return { text: text.trim(), ...(picture ? { picture } : {}) };
}

/** Ids for drafts in this order: kept where the version before had them, otherwise never used in it. */
function idsFor(drafts: readonly PartDraft[], before: readonly QuestionOption[], prefix: string): string[] {
  const known = new Set(before.map((option) => option.id));
  const used = new Set([...known, ...drafts.flatMap((draft) => draft.id ?? [])]);
  const taken = new Set<string>();
  let next = 0;
  return drafts.map((draft) => {
    let id = draft.id !== undefined && known.has(draft.id) && !taken.has(draft.id) ? draft.id : undefined;
    while (id === undefined) {
      const candidate = optionIdAt(next++, prefix);
      if (!used.has(candidate)) id = candidate;
    }
    taken.add(id);
    used.add(id);
    return id;
  });
}

/** By form and nothing else, so that neither place nor id tells what is right. */
function byForm(a: PartDraft, b: PartDraft): number {
  const [left, right] = [optionForm(a), optionForm(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Placed<T extends PartDraft> {
  readonly options: readonly QuestionOption[];
  readonly idOf: ReadonlyMap<T, string>;
}

function placed<T extends PartDraft>(
  drafts: readonly T[],
  before: readonly QuestionOption[],
  prefix: string,
): Placed<T> {
  const ids = idsFor(drafts, before, prefix);
  return {
    options: drafts.map((draft, index) => ({ id: ids[index]!, ...partOf(draft) })),
    idOf: new Map(drafts.map((draft, index) => [draft, ids[index]!])),
  };
}

type Base = Pick<QuestionBody, 'stem' | 'pictures' | 'material'>;

function orderingOf(base: Base, draft: QuestionDraft, before: QuestionBody | undefined): BodyAndKey {
  const items = draft.items ?? [];
  const kept = before?.type === 'ordering' ? before.options : [];
  const { options, idOf } = placed(items.toSorted(byForm), kept, 'o');
  return {
    body: { type: 'ordering', ...base, options },
    key: { kind: 'order', optionIds: items.map((item) => idOf.get(item)!) },
  };
}

function matchingOf(base: Base, draft: QuestionDraft, before: QuestionBody | undefined): BodyAndKey {
  const pairs = draft.pairs ?? [];
  const known = before?.type === 'matching' ? before : undefined;
  const lefts = placed(
    pairs.map((pair) => pair.left),
    known?.lefts ?? [],
    'l',
  );
  const paired = new Map(pairs.toReversed().map(({ right }) => [optionForm(right), right]));
  const distinct = [...paired.values(), ...(draft.extraRights ?? [])].toSorted(byForm);
  const rights = placed(distinct, known?.rights ?? [], 'r');
  return {
    body: { type: 'matching', ...base, lefts: lefts.options, rights: rights.options },
    key: {
      kind: 'pairs',
      pairs: pairs.map(({ left, right }) => ({
        left: lefts.idOf.get(left)!,
        right: rights.idOf.get(paired.get(optionForm(right))!)!,
      })),
    },
  };
}

/** Body and key that the draft means, unchecked. */
export function bodyAndKeyOf(draft: QuestionDraft, before?: QuestionBody): BodyAndKey {
  const base: Base = {
    stem: draft.stem.trim(),
    ...(draft.pictures?.length ? { pictures: draft.pictures } : {}),
    ...(draft.material ? { material: draft.material } : {}),
  };
  switch (draft.type) {
    case 'blank': {
      const accepted = (draft.answers ?? []).map((wordings) => wordings.map((wording) => wording.trim()));
      const free = draft.orderFree && accepted.length > 1 ? { orderFree: true } : {};
      return { body: { type: 'blank', ...base, blanks: accepted.length }, key: { kind: 'blank', accepted, ...free } };
    }
    case 'true-false': {
      const truth = draft.truth === undefined ? [] : [String(draft.truth)];
      return { body: { type: 'true-false', ...base, options: truthOptions }, key: choiceKey(truth) };
    }
    case 'short-answer': {
      const rubric = (draft.rubric ?? []).map((line) => line.trim()).filter((line) => line !== '');
      return {
        body: { type: 'short-answer', ...base, maxLength: draft.maxLength ?? usualMaxLength },
        key: { kind: 'text', reference: (draft.reference ?? '').trim(), rubric },
      };
    }
    case 'ordering':
      return orderingOf(base, draft, before);
    case 'matching':
      return matchingOf(base, draft, before);
    case 'single':
    case 'multiple': {
      const drafts = draft.options ?? [];
      const kept = before?.type === 'single' || before?.type === 'multiple' ? before.options : [];
      const { options, idOf } = placed(drafts, kept, 'o');
      const right = drafts.filter((option) => option.correct).map((option) => idOf.get(option)!);
      return { body: { type: draft.type, ...base, options }, key: choiceKey(right) };
    }
    default:
      return draft.type satisfies never;
  }
}

/**
 * Body and key of the next version. An option that keeps its id keeps its answers comparable between versions; a new one
 * gets an id never used in the version before. Refuses 'bank.question.type-fixed' where the type changes.
 */
export function nextVersion(draft: QuestionDraft, before?: QuestionBody): BodyAndKey | Refusal {
  if (before && before.type !== draft.type) return refuse('bank.question.type-fixed');
  const result = bodyAndKeyOf(draft, before);
  const refusal = questionRefusal(result.body, result.key);
  return isRefusal(refusal) ? refusal : result;
}

/** The body with every picture of its stem and options replaced; those of its material are the material's. */
export function withPictures<T extends QuestionBody>(body: T, of: (picture: QuestionPicture) => QuestionPicture): T {
  const option = (given: QuestionOption): QuestionOption =>
    given.picture ? { ...given, picture: of(given.picture) } : given;
  const whole: QuestionBody = body.pictures ? { ...body, pictures: body.pictures.map(of) } : body;
  switch (whole.type) {
    case 'blank':
    case 'short-answer':
      return whole as T;
    case 'matching':
      return { ...whole, lefts: whole.lefts.map(option), rights: whole.rights.map(option) } as QuestionBody as T;
    case 'single':
    case 'multiple':
    case 'true-false':
    case 'ordering':
      return { ...whole, options: whole.options.map(option) } as QuestionBody as T;
    default:
      return whole satisfies never;
  }
}
