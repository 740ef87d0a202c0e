import type { QuestionType } from '@xuekao/contracts';
import type {} from '../file-question.js';
import { typeNamed } from '../file-question.js';

/** All patterns of the layouts work on folded lines (see `foldedLine`). */

export interface Heading {
  readonly type: QuestionType | 'choice' | 'material';
  /** Hundredths per question. */
  readonly marks: number | null;
}

const typeName =
  '(?:单(?:项)?选(?:择)?|多(?:项)?选(?:择)?|不定项选择|判断(?:正误|对错)?|是非|对错|填空|简答|问答|论述|主观|名词解释|排序|连线|配对|匹配|材料(?:分析)?|案例(?:分析)?|阅读(?:理解)?|选择)';
const ordinal =
  '(?:第?[一二三四五六七八九十百]+(?:部分|大题|章|节|卷|类)?|第\\d{1,2}(?:部分|大题|章|节|卷)|\\d{1,2}(?=[、.]))';
const headingPattern = new RegExp(
  `^[【\\[]?\\s*(?:\\(?${ordinal}\\)?\\s*[、.,:]?\\s*)?[【\\[]?(${typeName}题?)[】\\]]?\\s*(?:[、与和及].{0,6}题)?[】\\]]?\\s*([:,.。、;(].*|(?:共|每|本|以下|下列|合计|总计|计)\\S*.*|\\d{1,4}\\s*(?:道|题|小题|个).*)?$`,
  'u',
);
const perQuestion = /每(?:小|道)?题(?:得|计|为)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分/u;

/** `第一部分单选题(50题)`, `二、多项选择题（每题2分，共20分）`, `判断题：`; undefined for any other line. */
export function headingOf(folded: string): Heading | undefined {
  const line = folded.trim();
  if (line.length > 120) return undefined;
  const match = headingPattern.exec(line);
  if (!match) return undefined;
  const word = match[1]!;
  // A bare word without 题, ordinal or brackets is prose: `选择`, `判断`.
  if (!/题/u.test(line) && !/^[【[(第一二三四五六七八九十]/u.test(line)) return undefined;
  const rest = match[2] ?? '';
  if (/[?？]$/u.test(line) || (rest.startsWith(':') && rest.length > 1 && !/分|题|答案|选/u.test(rest)))
    return undefined;
  const type = typeNamed(word) ?? (/^(?:材料|案例|阅读)/u.test(word) ? 'material' : 'choice');
  const marks = perQuestion.exec(line);
  return { type, marks: marks ? Math.round(Number(marks[1]) * 100) : null };
}

export interface Start {
  readonly number: string;
  readonly style: 'dot' | 'paren' | 'half' | 'ti' | 'bracket';
  /** What stood in brackets before the number: `（√）1.` */
  readonly before: string;
  /** Where the stem begins. */
  readonly at: number;
}

const starts: readonly (readonly [Start['style'], RegExp])[] = [
  ['ti', /^()(?:第\s*(\d{1,4})\s*题|题\s*(\d{1,4}))\s*[:.、,]?\s*/u],
  ['dot', /^(?:\(\s*([^()]{0,6}?)\s*\)\s*)?(\d{1,4})\s*[.、,](?!\d)\s*/u],
  ['half', /^()(\d{1,4})\s*\)\s*/u],
  ['paren', /^()\(\s*(\d{1,4})\s*\)\s*[.、,]?\s*/u],
  ['bracket', /^()(?:【|\[)\s*(\d{1,4})\s*(?:】|\])\s*/u],
];

export function startOf(folded: string): Start | undefined {
  const lead = /^\s*/u.exec(folded)![0].length;
  const line = folded.slice(lead);
  for (const [style, pattern] of starts) {
    const match = pattern.exec(line);
    if (match) return { style, number: match[2] ?? match[3]!, before: match[1] ?? '', at: lead + match[0].length };
  }
  return undefined;
}

export type Label =
  'answer' | 'explanation' | 'source' | 'difficulty' | 'topic' | 'marks' | 'code' | 'type' | 'rubric' | 'spare';

const labelWords: readonly (readonly [Label, string])[] = [
  ['explanation', '(?:答案|试题|题目)?(?:解析|详解|分析|解释|说明)'],
  ['answer', '(?:正确|参考|标准|本题)?答案(?:要点)?(?:是|为)?|答'],
  ['source', '出处|来源|依据|参考资料'],
  ['difficulty', '难度(?:系数|等级)?|难易(?:程度|度)'],
  ['topic', '知识点|专题|分类|考点|章节'],
  ['marks', '分值|分数'],
  ['code', '题号|编号|试题编号'],
  ['type', '题型|题目类型|试题类型'],
  ['rubric', '评分(?:要点|标准|细则)|采分点'],
  ['spare', '多余选项|干扰项'],
];
const bare = labelWords.map(([label, words]) => [label, new RegExp(`^(?:${words})\\s*:\\s*`, 'u')] as const);
const framed = labelWords.map(
  ([label, words]) => [label, new RegExp(`^[【\\[](?:${words})\\s*:?\\s*[】\\]]\\s*:?\\s*`, 'u')] as const,
);
/** `正确答案 A,B,D`: without a colon only before letters and truth words. */
const loose = /^(?:正确|参考|标准)?答案\s*(?=(?:[A-JTa-j](?![a-z])|√|×|对|错|正确|错误|[①-⑩]))/u;

export interface Labelled {
  readonly label: Label;
  readonly at: number;
}

/** The label at the beginning of a line and where its text begins. */
export function labelOf(folded: string): Labelled | undefined {
  const lead = /^\s*/u.exec(folded)![0].length;
  const line = folded.slice(lead);
  for (const [label, pattern] of [...framed, ...bare]) {
    const match = pattern.exec(line);
    if (match && !(label === 'answer' && /^答\s*:/u.test(match[0]) && line.length > 400)) {
      return { label, at: lead + match[0].length };
    }
  }
  const match = loose.exec(line);
  return match ? { label: 'answer', at: lead + match[0].length } : undefined;
}

/** After a comma or semicolon these are labels; others may be words of the sentence. */
const plainLabels: readonly Label[] = ['answer', 'explanation', 'source', 'difficulty', 'topic', 'marks'];

/** Places in a line, after white space or the end of a clause, where a further label begins: `答案：A  解析：…`. */
export function labelPlaces(folded: string): number[] {
  const places: number[] = [];
  for (const match of folded.matchAll(/(?<=[\s】\]。.;,)]|^)(?=[【[]?[\u4E00-\u9FFF]{1,6}(?:[】\]]|\s*:))/gu)) {
    const rest = folded.slice(match.index);
    const found = labelOf(rest);
    if (!found || /^\s*答\s*:/u.test(rest)) continue;
    const isInSentence = /[;,)]/u.test(folded[match.index - 1] ?? '');
    if (!isInSentence || (plainLabels.includes(found.label) && !/^(?:说明|依据|来源|分类|章节|分数)/u.test(rest)))
      places.push(match.index);
  }
  return places;
}

/** `（答案：初心）` at the end of a line, as if the brackets were not there; places stay. */
export function withoutLabelBrackets(text: string): string {
  return text.replace(
    /[(（](\s*(?:正确|参考|标准)?答案(?:是|为)?\s*[:：][^()（）]*)[)）](\s*)$/u,
    (_all, inner: string, rest: string) => ` ${inner} ${rest}`,
  );
}

/** `第 3 页`, `- 3 -`, `第 3 页 共 12 页`: what a page's foot says. */
export function isPageFoot(folded: string): boolean {
  return /^\s*(?:[-–—~]\s*\d{1,4}\s*[-–—~]|(?:共\s*\d{1,4}\s*页\s*[,、/]?\s*)?第\s*\d{1,4}\s*页(?:\s*[,、/(]?\s*共\s*\d{1,4}\s*页\)?)?)\s*$/u.test(
    folded,
  );
}

export const circled = '①②③④⑤⑥⑦⑧⑨⑩';

export interface OptionMark {
  readonly index: number;
  readonly at: number;
  readonly end: number;
}

/** Marks of options in one line, in the order of letters from `next` on; the first must begin the line unless `anywhere`. */
export function optionMarks(folded: string, next: number, anywhere: boolean): OptionMark[] {
  const marks: OptionMark[] = [];
  let from = 0;
  for (;;) {
    const mark = nextMark(folded, from, marks.length > 0 ? marks.at(-1)!.index + 1 : undefined, anywhere);
    if (!mark) return marks;
    if (marks.length === 0 && !anywhere && mark.index < next && mark.index !== 0) return marks;
    marks.push(mark);
    from = mark.end;
  }
}

/** Marks from `next` on inside a line that goes on with the option before. */
export function laterMarks(folded: string, next: number): OptionMark[] {
  const marks: OptionMark[] = [];
  for (let mark = nextMark(folded, 0, next, false); mark; mark = nextMark(folded, mark.end, mark.index + 1, false)) {
    if (marks.length === 0 && !/\s/u.test(folded[mark.at - 1] ?? '')) return [];
    marks.push(mark);
  }
  return marks;
}

function nextMark(folded: string, from: number, wanted: number | undefined, anywhere: boolean): OptionMark | undefined {
  const isFirst = wanted === undefined;
  const pattern = /(\(\s*([A-Ja-j])\s*\)|([A-Ja-j])\s*[.、,:)]|([A-J])(?=\s+\S|[\u4E00-\u9FFF《“]))\s*[.、,:]?\s*/gu;
  pattern.lastIndex = from;
  for (let match = pattern.exec(folded); match; match = pattern.exec(folded)) {
    const letter = (match[2] ?? match[3] ?? match[4])!.toUpperCase();
    const index = letter.charCodeAt(0) - 65;
    const before = folded[match.index - 1] ?? ' ';
    const begins = folded.slice(0, match.index).trim() === '';
    const isWeak = match[4] !== undefined;
    if (isFirst) {
      if (begins) return { index, at: match.index, end: match.index + match[0].length };
      if (!anywhere) return undefined;
      if (index === 0 && /[\s)】）。?:]/u.test(before) && !isWeak) {
        return { index, at: match.index, end: match.index + match[0].length };
      }
    } else if (index === wanted && (isWeak ? /\s/u.test(before) : !/[A-Za-z0-9]/u.test(before))) {
      return { index, at: match.index, end: match.index + match[0].length };
    }
  }
  return undefined;
}

/** `①` to `⑩` as marks of options. */
export function circledMarks(folded: string): OptionMark[] {
  return [...folded.matchAll(/[①-⑩]\s*[.、]?\s*/gu)].map((match) => ({
    index: circled.indexOf(match[0][0]!),
    at: match.index,
    end: match.index + match[0].length,
  }));
}
