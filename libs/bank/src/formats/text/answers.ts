import { circled } from './marks.js';

const truths: readonly string[] = ['对', '√', '✓', '✔', '☑', 'V', '正确', '是', 'T', 'TRUE', 'Y', 'YES', '对的'];
const untruths: readonly string[] = [
  '错',
  '×',
  '✗',
  '✕',
  '✖',
  '╳',
  'X',
  '错误',
  '否',
  '不正确',
  '不对',
  '错的',
  'F',
  'FALSE',
  'N',
  'NO',
];

/** `正确`, `√`, `对`, `T` and their opposites; undefined for anything else. */
export function truthFrom(text: string): boolean | undefined {
  const word = text
    .normalize('NFKC')
    .replace(/[\s()。.]/gu, '')
    .toUpperCase();
  if (truths.includes(word)) return true;
  return untruths.includes(word) ? false : undefined;
}

/** `ABD`, `A、B、D`, `Ａ，Ｂ`, `①③` as letters; undefined when it is no list of letters. */
export function lettersFrom(text: string): string[] | undefined {
  const plain = text.replace(/[①-⑩]/gu, (sign) => String.fromCharCode(65 + circled.indexOf(sign)));
  const letters = plain
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s、,;.。()/|和及与→>-]/gu, '');
  return /^[A-J]+$/u.test(letters) ? [...letters] : undefined;
}

const answerToken =
  '(?:[A-Ja-j](?:[、,]?\\s?[A-Ja-j](?![a-z]))*(?![A-Za-z])|√|×|✓|✔|✗|✕|正确|错误|对|错|[TFtf](?![A-Za-z]))';
const rangePattern = /(\d{1,4})\s*(?:题)?\s*[-~—–至到]+\s*(\d{1,4})\s*(?:题)?\s*[:.、,]?\s*/gu;
const singlePattern = new RegExp(
  `(?:第\\s*)?[(【[]?\\s*(\\d{1,4})\\s*[)】\\]]?\\s*(?:题)?\\s*[.、:,]?\\s*(${answerToken})(?=[\\s;,。.、)]|\\d|$)`,
  'gu',
);

export interface ListedAnswer {
  readonly number: string;
  readonly answer: string;
  readonly explanation: string;
}

/** The answers of `1-5`: as many tokens as questions, else as many signs. Undefined where neither counts out. */
function sharedOut(text: string, count: number): string[] | undefined {
  const plain = text.trim().replace(/[。.;]+$/u, '');
  const tokens = plain.split(/[\s,;、]+/u).filter((token) => token !== '');
  if (tokens.length === count && tokens.every((t) => lettersFrom(t) || truthFrom(t) !== undefined)) return tokens;
  const words = plain.match(/正确|错误|[^\s,;、]/gu) ?? [];
  const all = words.every((word) => lettersFrom(word) || truthFrom(word) !== undefined);
  return all && words.length === count ? words : undefined;
}

function fromRanges(folded: string): ListedAnswer[] | undefined {
  const ranges = [...folded.matchAll(rangePattern)];
  if (ranges.length === 0 || folded.slice(0, ranges[0]!.index).replace(/[\s(第【[]/gu, '') !== '') return undefined;
  const found: ListedAnswer[] = [];
  for (const [index, range] of ranges.entries()) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    const text = folded.slice(range.index + range[0].length, ranges[index + 1]?.index);
    const answers = to >= from && to - from < 500 ? sharedOut(text.replace(/[)】\]]/gu, ''), to - from + 1) : undefined;
    if (!answers) return undefined;
    answers.forEach((answer, at) => found.push({ number: String(from + at), answer, explanation: '' }));
  }
  return found;
}

/** The answers that a line lists and nothing else: `1-5 ABCDA`, `1.A 2.BC 3.√`. Undefined for any other line. */
export function listedAnswers(folded: string): ListedAnswer[] | undefined {
  const line = folded.trim();
  const ranges = fromRanges(line);
  if (ranges) return ranges;
  const found: ListedAnswer[] = [];
  const rest = line.replace(singlePattern, (_all, number: string, answer: string) => {
    found.push({ number: String(Number(number)), answer, explanation: '' });
    return '';
  });
  return found.length > 0 && rest.replace(/[\s;,。.、]/gu, '') === '' ? found : undefined;
}

/** Inside a list of answers: also written answers, one or several to a line, as `1. 初心；使命  2. 民主`. */
export function writtenAnswers(folded: string, raw: string): ListedAnswer[] | undefined {
  const marks = [...folded.matchAll(/(?:^|\s{1,})[(【[]?(\d{1,4})(?:\s*[)】\]]|\s*[.、:](?!\d))\s*/gu)];
  if (marks.length === 0 || folded.slice(0, marks[0]!.index).trim() !== '') return undefined;
  return marks.map((mark, index) => {
    const text = raw.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    const [answer = '', ...rest] = text.split(/\s*[【[]?(?:答案)?解析[】\]]?\s*[:：]\s*/u);
    const plain = answer.replace(/^[【[]?(?:正确|参考)?答案[】\]]?\s*[:：]\s*/u, '').trim();
    return { number: String(Number(mark[1])), answer: plain, explanation: rest.join('').trim() };
  });
}

const partTitle =
  /^(?:[(（]?第?[一二三四五六七八九十]+(?:部分|大题)?[)）]?\s*[、.,:]?\s*)?([\u4E00-\u9FFF]{2,6}题)?\s*(?:\([^()]{0,30}\))?\s*(?:参考|标准|正确)?(?:答案)?\s*[:、.]?\s*(?=第?\s*[(【[]?\d)/u;

/** A part of a list in one line: `三、判断题（每题2分）1-3 √×√`, `单选题答案：1.A 2.B`; the title is empty for `三、1-3 √×√`. */
export function partAnswers(folded: string): { title: string; answers: ListedAnswer[] } | undefined {
  const line = folded.trim();
  const match = partTitle.exec(line);
  if (!match || match[0] === '') return undefined;
  const answers = listedAnswers(line.slice(match[0].length));
  return answers && { title: match[1] ?? '', answers };
}

const listTitle =
  /^(?:附\s*[件录]?\s*\d*\s*[:、]?\s*)?[【[(]?(?:.{0,30}(?:参考|标准|正确))?答案(?:与解析|及解析|汇总|一览表?|速查|部分)?[】\])]?\s*:?\s*/u;

/** Where the text after the title of a list of answers begins; undefined for a line that is no such title. */
export function listTitleEnd(folded: string): number | undefined {
  const lead = /^\s*/u.exec(folded)![0].length;
  const match = listTitle.exec(folded.slice(lead));
  return match ? lead + match[0].length : undefined;
}
