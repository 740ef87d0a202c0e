import { figureUnits, type Figure, type Sentence, type SentenceKey, type SentencePart } from '@xuekao/contracts';
import { rate } from '@xuekao/kernel';
import { fuzzyCount, hoursText, meanFloor, sharePhrase } from './wording.js';

/** What a slot prints: words with the figures behind them, or a gap with the name of what is missing. */
export type Slot =
  | { readonly kind: 'words'; readonly text: string; readonly figures: readonly Figure[] }
  | { readonly kind: 'gap'; readonly label: string };

const words = (text: string, ...figures: Figure[]): Slot => ({ kind: 'words', text, figures });
const gap = (label: string): Slot => ({ kind: 'gap', label });

/** Fixed words that are no figure, such as the level list; a gap when there is nothing to name. */
export function phrase(text: string, label: string): Slot {
  return text === '' ? gap(label) : words(text);
}

function shown(figure: Figure): string {
  return figure.unit === 'hours' ? hoursText(figure.value) : String(figure.value);
}

/** The exact value; zero means that nothing was recorded and leaves a gap. */
export function recorded(figure: Figure): Slot {
  return figure.value === 0 ? gap(figure.label) : words(shown(figure), figure);
}

/** The exact value of a part; zero is a true zero as long as its base was recorded. */
export function partOf(figure: Figure, base: Figure): Slot {
  return base.value === 0 ? gap(figure.label) : words(shown(figure), figure, base);
}

/** `30余` for 31 to 39; a gap at zero. */
export function rough(figure: Figure): Slot {
  return figure.value === 0 ? gap(figure.label) : words(fuzzyCount(figure.value), figure);
}

/** `98%以上`, floored; a gap without a base. */
export function share(numerator: Figure, denominator: Figure, label: string): Slot {
  const text = sharePhrase(rate(numerator.value, denominator.value));
  return text === null ? gap(label) : words(text, numerator, denominator);
}

/** Floored mean with one decimal; a gap without a base or without any hours. */
export function mean(total: Figure, base: Figure, label: string): Slot {
  const text = total.value === 0 ? null : meanFloor(total.value, base.value);
  return text === null ? gap(label) : words(text, total, base);
}

/** The unit's word, such as 人次. */
export function unitWord(figure: Figure): string {
  return figureUnits[figure.unit];
}

export function gapText(label: string): string {
  return `【数据缺口：${label}】`;
}

/**
 * Fills `{slot}` in a template. A slot that is named but not given, or given but not named, is a fault: a sentence never
 * prints a brace and never drops a figure.
 */
export function sentence(key: SentenceKey, template: string, slots: Readonly<Record<string, Slot>>): Sentence {
  const used = new Set<string>();
  const parts = template
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece): SentencePart => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1];
      if (!name) return { kind: 'text', text: piece };
      const slot = slots[name];
      if (!slot) throw new Error(`Sentence ${key} has no slot ${name}`);
      used.add(name);
      return slot.kind === 'gap'
        ? { kind: 'gap', slot: name, text: gapText(slot.label), label: slot.label }
        : { kind: 'slot', slot: name, text: slot.text, figures: slot.figures };
    });
  const unused = Object.keys(slots).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`Sentence ${key} does not print ${unused.join(', ')}`);
  return { key, text: parts.map((part) => part.text).join(''), parts };
}
