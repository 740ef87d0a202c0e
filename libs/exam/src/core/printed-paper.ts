import { inShownOrder, movableOptions } from '@xuekao/contracts';
import type { QuestionBody, QuestionKey, QuestionMaterial, QuestionOption, QuestionPicture } from '@xuekao/contracts';
import { assertNever, formatPoints, hundredths } from '@xuekao/kernel';
import type { LayoutPlace } from './layout.js';
import type { PaperItem } from './paper.js';

/** An option or one side of a matching as it is printed. */
export interface PrintedOption {
  readonly text: string;
  readonly picture: QuestionPicture | null;
}

/** One question as it stands on a printed paper. */
export interface PrintedQuestion {
  /** From 1 through this paper: 1 is the first question of paper B too. */
  readonly place: number;
  readonly type: QuestionBody['type'];
  readonly stem: string;
  /** Below the stem. */
  readonly pictures: readonly QuestionPicture[];
  /** Shown before the first question that asks about it. */
  readonly material: PrintedMaterial | null;
  /** In shown order. Left and right for a matching, otherwise empty right. */
  readonly options: readonly PrintedOption[];
  readonly rights: readonly PrintedOption[];
  readonly answer: string;
  /** Hundredths. */
  readonly marks: number;
}

export interface PrintedMaterial {
  /** Empty where the text begins with it. */
  readonly title: string;
  readonly text: string;
  readonly pictures: readonly QuestionPicture[];
  /** Places of the questions about it. */
  readonly first: number;
  readonly last: number;
}

export interface PrintedSection {
  /** `一、单选题（共 20 题，每题 2 分，共 40 分）`, `五、材料题（2 篇材料，共 7 题，每题 3 分，共 21 分）`. */
  readonly heading: string;
  readonly questions: readonly PrintedQuestion[];
}

export interface PrintedPaper {
  readonly sections: readonly PrintedSection[];
  readonly count: number;
  /** Hundredths. */
  readonly full: number;
}

const numerals = '零一二三四五六七八九十';

/** 1 to 99 as they number sections: 一, 十二, 二十. */
export function chineseNumber(n: number): string {
  if (n <= 10) return numerals[n]!;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens === 1 ? '' : numerals[tens]!}十${ones === 0 ? '' : numerals[ones]!}`;
}

export const letterAt = (place: number): string => String.fromCodePoint(65 + place);
const points = (marks: number): string => formatPoints(hundredths(marks));

function headingOf(section: number, items: readonly PaperItem[], bodies: readonly QuestionBody[]): string {
  const name = items[0]!.sectionName.replace(
    /^(?:第?[一二三四五六七八九十]+(?:部分|、)|[（(][一二三四五六七八九十]+[)）])\s*/u,
    '',
  );
  const sum = items.reduce((total, item) => total + item.marks, 0);
  const isEven = items.every((item) => item.marks === items[0]!.marks);
  const each = isEven ? `每题 ${points(items[0]!.marks)} 分，` : '';
  const materials = new Set(bodies.map(({ material }) => material?.versionId));
  const about = materials.has(undefined) ? '' : `${materials.size} 篇材料，`;
  return `${chineseNumber(section)}、${name}（${about}共 ${items.length} 题，${each}共 ${points(sum)} 分）`;
}

interface Shown {
  readonly options: readonly QuestionOption[];
  readonly rights: readonly QuestionOption[];
}

function shownOf(body: QuestionBody, optionIds: readonly string[]): Shown {
  const shown = inShownOrder(body, optionIds.length > 0 ? optionIds : movableOptions(body).map((each) => each.id));
  if (shown.type === 'matching') return { options: shown.lefts, rights: shown.rights };
  return { options: 'options' in shown ? shown.options : [], rights: [] };
}

/** The key in the letters of this paper. */
function answerOf(key: QuestionKey, body: QuestionBody, { options, rights }: Shown): string {
  const letterOf = (id: string): string => letterAt(options.findIndex((option) => option.id === id));
  switch (key.kind) {
    case 'choice': {
      if (body.type === 'true-false') {
        const text = options.find((option) => option.id === key.optionIds[0])?.text ?? '';
        return /^(?:对|正确|√)$/u.test(text) ? '√' : '×';
      }
      return key.optionIds.map(letterOf).toSorted().join('');
    }
    case 'blank':
      return key.accepted.map((wordings, index) => `（${index + 1}）${wordings.join(' / ')}`).join('　');
    case 'order':
      return key.optionIds.map(letterOf).join(' → ');
    case 'pairs':
      return key.pairs
        .map(({ left, right }) => {
          const line = options.findIndex((option) => option.id === left) + 1;
          return `${line}—${letterAt(rights.findIndex((option) => option.id === right))}`;
        })
        .toSorted()
        .join('　');
    case 'text':
      return key.reference;
    default:
      return assertNever(key);
  }
}

const printedOption = ({ text, picture }: QuestionOption): PrintedOption => ({ text, picture: picture ?? null });

/** Every picture that the paper shows, each once. */
export function picturesOnPaper({ sections }: PrintedPaper): QuestionPicture[] {
  const all = sections.flatMap(({ questions }) =>
    questions.flatMap(({ pictures, material, options, rights }) => [
      ...pictures,
      ...(material?.pictures ?? []),
      ...[...options, ...rights].flatMap((option) => option.picture ?? []),
    ]),
  );
  return [...new Map(all.map((picture) => [picture.id, picture])).values()];
}

export interface KeyedBody {
  readonly body: QuestionBody;
  readonly key: QuestionKey;
}

function printedMaterial(material: QuestionMaterial, first: number, last: number): PrintedMaterial {
  const { title, text, pictures = [] } = material;
  return { title: text.startsWith(title) ? '' : title, text, pictures, first, last };
}

/** `第 21–24 题`: the questions about a material, by their places. */
export function placesText({ first, last }: Pick<PrintedMaterial, 'first' | 'last'>): string {
  return first === last ? `第 ${first} 题` : `第 ${first}–${last} 题`;
}

/** A paper in the order of a layout, with its key in that order's letters. */
export function printedPaper(
  items: readonly PaperItem[],
  layout: readonly LayoutPlace[],
  keyed: (versionId: string) => KeyedBody,
): PrintedPaper {
  const itemOf = new Map(items.map((item) => [item.number, item]));
  const placed = layout.map((each, index) => ({ item: itemOf.get(each.number)!, place: index + 1, ...each }));
  const numbers = [...new Set(items.map((item) => item.section))].toSorted((a, b) => a - b);
  const shownMaterials = new Set<string>();
  const sections = numbers.map((number, index): PrintedSection => {
    const own = placed.filter(({ item }) => item.section === number);
    const bodies = own.map(({ item }) => keyed(item.versionId).body);
    const items = own.map(({ item }) => item);
    return {
      heading: headingOf(index + 1, items, bodies),
      questions: own.map(({ item, place, optionIds }, at) => {
        const { body, key } = keyed(item.versionId);
        const shown = shownOf(body, optionIds);
        const { material } = body;
        const isNew = material !== undefined && !shownMaterials.has(material.versionId);
        if (material) shownMaterials.add(material.versionId);
        const beyond = bodies.findIndex((each, i) => i > at && each.material?.versionId !== material?.versionId);
        const last = place + (beyond < 0 ? bodies.length : beyond) - at - 1;
        return {
          place,
          type: body.type,
          stem: body.stem,
          pictures: body.pictures ?? [],
          material: isNew ? printedMaterial(material, place, last) : null,
          options: shown.options.map(printedOption),
          rights: shown.rights.map(printedOption),
          answer: answerOf(key, body, shown),
          marks: item.marks,
        };
      }),
    };
  });
  return { sections, count: items.length, full: items.reduce((sum, item) => sum + item.marks, 0) };
}
