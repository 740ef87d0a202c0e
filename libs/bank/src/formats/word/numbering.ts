import { childOf, childrenOf } from '../xml/xml-tree.js';
import type { XmlElement } from '../xml/xml-tree.js';

interface Level {
  readonly format: string;
  /** Such as `%1.` or `(%2)`. */
  readonly text: string;
  readonly start: number;
}

const chinese = '零一二三四五六七八九';

function chineseNumber(value: number): string {
  if (value >= 100) return String(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  if (tens === 0) return chinese[value]!;
  return `${tens === 1 ? '' : chinese[tens]}十${ones === 0 ? '' : chinese[ones]}`;
}

function numberText(value: number, format: string): string {
  switch (format) {
    case 'upperLetter':
      return String.fromCharCode(65 + ((value - 1) % 26));
    case 'lowerLetter':
      return String.fromCharCode(97 + ((value - 1) % 26));
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'ideographDigital':
    case 'taiwaneseCounting':
      return chineseNumber(value);
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return value <= 20 ? String.fromCharCode(0x2460 + value - 1) : String(value);
    case 'bullet':
    case 'none':
      return '';
    default:
      return String(value);
  }
}

const value = (element: XmlElement | undefined): string => element?.attributes.val ?? '';

/** The numbers that Word shows and does not write into the text: question numbers and option letters of automatic lists. */
export class Numbering {
  private readonly levels = new Map<string, Level>();
  private readonly counters = new Map<string, number>();

  constructor(root: XmlElement | undefined) {
    if (!root) return;
    const abstract = new Map<string, XmlElement>();
    for (const each of childrenOf(root, 'abstractNum')) abstract.set(each.attributes.abstractnumid ?? '', each);
    for (const num of childrenOf(root, 'num')) {
      const definition = abstract.get(value(childOf(num, 'abstractNumId')));
      for (const level of definition ? childrenOf(definition, 'lvl') : []) {
        this.levels.set(`${num.attributes.numid}/${level.attributes.ilvl}`, {
          format: value(childOf(level, 'numFmt')),
          text: value(childOf(level, 'lvlText')),
          start: Number(value(childOf(level, 'start')) || 1),
        });
      }
    }
  }

  /** The mark of the next paragraph of this list and level; empty where it is none. */
  next(numId: string, level: number): string {
    const found = this.levels.get(`${numId}/${level}`);
    if (!found || numId === '0') return '';
    const key = `${numId}/${level}`;
    const number = (this.counters.get(key) ?? found.start - 1) + 1;
    this.counters.set(key, number);
    for (let deeper = level + 1; deeper < 9; deeper++) this.counters.delete(`${numId}/${deeper}`);
    const text = found.text.replace(/%(\d)/gu, (_all, digit: string) => {
      const at = Number(digit) - 1;
      const of = this.levels.get(`${numId}/${at}`);
      const count = at === level ? number : (this.counters.get(`${numId}/${at}`) ?? of?.start ?? 1);
      return numberText(count, of?.format ?? 'decimal');
    });
    return /[\p{L}\p{N}]/u.test(text) ? (/[.、．)）]$/u.test(text) ? text : `${text} `) : '';
  }
}
