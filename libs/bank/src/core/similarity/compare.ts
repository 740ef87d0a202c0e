import type { LikenessKind, LikenessReason } from '@xuekao/contracts';
import { align } from './alignment.js';
import type { Span } from './alignment.js';
import type { Fingerprint, RightForm } from './fingerprint.js';

export interface Likeness {
  readonly kind: LikenessKind;
  /** 0 to 100: the share of signs that both stems have in order. */
  readonly score: number;
  readonly reason: LikenessReason;
}

/** What names a thing that cannot be exchanged for another without asking something else. */
const names = /会议|大会|全会|条例|准则|规则|规定|章程|党章|讲话|纲要|决议|战争|战役|起义|革命|阶段|部分|时期|第/u;
const shortForm = 6;

/** Share of the shorter list that the other one has too. */
function overlap(left: readonly string[], right: readonly string[]): number {
  const least = Math.min(left.length, right.length);
  if (least === 0) return 0;
  const others = new Set(right);
  const same = left.filter((text) => others.has(text)).length;
  if (same === least) return 1;
  const rest = right.filter((text) => !left.includes(text));
  const alike = left.filter((text) => !others.has(text) && rest.some((other) => isAlike(text, other))).length;
  return Math.min(1, (same + alike) / least);
}

/** Two short texts with a slip of the pen between them; a figure is no slip. */
function isAlike(left: string, right: string): boolean {
  if (left === right) return true;
  const longest = Math.max(left.length, right.length);
  if (longest < 4 || Math.abs(left.length - right.length) > 2) return false;
  if ((left.match(/\d+/gu) ?? []).join() !== (right.match(/\d+/gu) ?? []).join()) return false;
  return align(left, right).common >= longest - Math.max(1, Math.floor(longest / 8));
}

/** Undefined where the two cannot be compared. */
function sameRight(left: RightForm, right: RightForm): boolean | undefined {
  if (left.kind === 'free' || right.kind === 'free') return undefined;
  if (left.kind === 'truth' && right.kind === 'truth') return left.truth === right.truth;
  if (left.kind === 'texts' && right.kind === 'texts') {
    return left.texts.length === right.texts.length && overlap(left.texts, right.texts) === 1;
  }
  if (left.kind === 'sequence' && right.kind === 'sequence') {
    return left.texts.length === right.texts.length && left.texts.every((text, at) => isAlike(text, right.texts[at]!));
  }
  if (left.kind === 'blanks' && right.kind === 'blanks') {
    const { accepted } = right;
    return (
      left.accepted.length === accepted.length &&
      left.accepted.every((wordings, at) => wordings.some((one) => accepted[at]!.some((other) => isAlike(one, other))))
    );
  }
  const texts = left.kind === 'texts' ? left.texts : right.kind === 'texts' ? right.texts : undefined;
  const blanks = left.kind === 'blanks' ? left.accepted : right.kind === 'blanks' ? right.accepted : undefined;
  if (!texts || !blanks) return undefined;
  return texts.length === 1 && blanks.length === 1 ? blanks[0]!.some((one) => isAlike(one, texts[0]!)) : undefined;
}

interface Difference {
  /** Signs exchanged one for one. */
  readonly slips: number;
  /** Signs that one side has more. */
  readonly extra: number;
  /** Signs in stretches that say something else. */
  readonly exchanged: number;
  /** A name exchanged for another. */
  readonly isOtherName: boolean;
}

function differenceOf(spans: readonly Span[]): Difference {
  let [slips, extra, exchanged, isOtherName] = [0, 0, 0, false];
  for (const { left, right, next } of spans) {
    if (left === '' || right === '') {
      extra += left.length + right.length;
      if (names.test(left + right)) isOtherName = true;
      continue;
    }
    // 大会 and 全会 differ in a sign that is no slip: a name may end in what both have.
    if (left.length === 1 && right.length === 1) {
      slips += 1;
      const sign = next.slice(0, 1);
      if (names.test(left + sign) && names.test(right + sign)) isOtherName = true;
    } else {
      exchanged += Math.max(left.length, right.length);
      if (names.test(left + next) || names.test(right + next)) isOtherName = true;
    }
  }
  return { slips, extra, exchanged, isOtherName };
}

/** Whether stems that are not the same may still ask the same, with the answers as witnesses. */
function isSimilar(
  left: Fingerprint,
  right: Fingerprint,
  { slips, extra, exchanged, isOtherName }: Difference,
): boolean {
  const length = Math.max(left.form.length, right.form.length);
  if (isOtherName) return false;
  const shared = overlap(left.options, right.options);
  const isVouched = shared >= 0.75 && left.options.length >= 3;
  if (exchanged > 0) {
    const isSame = sameRight(left.right, right.right) === true;
    return isVouched && isSame && exchanged + extra + slips * 2 <= length * 0.3;
  }
  if (isVouched) return slips <= Math.max(2, length / 6) && extra <= Math.max(4, length * 0.4);
  if (slips > Math.max(1, Math.floor(length / 14))) return false;
  const isCertain = sameRight(left.right, right.right) !== false || left.type !== right.type;
  return extra <= (isCertain ? Math.max(2, Math.floor(length * 0.15)) : 2);
}

/**
 * Whether two questions ask the same: exact, near (same answer) or conflict (another answer). Null where they ask
 * different things. Another figure, date or meeting, a negation or a contrast makes another question.
 */
export function compareQuestions(left: Fingerprint, right: Fingerprint): Likeness | null {
  if (left.about !== right.about || left.sense !== right.sense) return null;
  const isSameStem = left.stem === right.stem;
  const isGeneric = Math.min(left.form.length, right.form.length) < shortForm;
  const shared = overlap(left.options, right.options);
  if (isGeneric && left.options.length > 0 && right.options.length > 0 && shared < 0.5) return null;
  const { common, spans } = align(left.form, right.form);
  const score = isSameStem ? 100 : Math.round((200 * common) / Math.max(1, left.form.length + right.form.length));
  if (!isSameStem && (isGeneric ? spans.length > 0 : !isSimilar(left, right, differenceOf(spans)))) return null;
  const same = sameRight(left.right, right.right);
  if (same === false) {
    return { kind: 'conflict', score, reason: isSameStem ? 'other-answer' : 'similar-stem-other-answer' };
  }
  if (left.type !== right.type) return { kind: 'near', score, reason: 'other-type' };
  if (!isSameStem) return { kind: 'near', score, reason: 'similar-stem' };
  const isSameOptions = left.options.length === right.options.length && (left.options.length === 0 || shared === 1);
  return isSameOptions
    ? { kind: 'exact', score, reason: 'same-content' }
    : { kind: 'near', score, reason: 'other-options' };
}
