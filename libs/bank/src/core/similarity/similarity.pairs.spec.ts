import { seededRng } from '@xuekao/kernel';
import type { Rng } from '@xuekao/kernel';
import { bankContent2017 } from '../../content/index.js';
import type { QuestionContent } from '../question.js';
import { questionFrom } from '../question.js';
import type { Question } from '../question.js';
import { compareQuestions, fingerprintOf, QuestionIndex } from './index.js';
import type { Fingerprint } from './index.js';

type Edit = (content: QuestionContent, rng: Rng) => QuestionContent;
const stem = (content: QuestionContent, change: (text: string) => string): QuestionContent => ({
  ...content,
  stem: change(content.stem),
});
const pick = <T>(rng: Rng, items: readonly T[]): T => items[rng.int(items.length)]!;
/** One of the wordings that the stem has, exchanged once; the content itself where it has none. */
const exchange =
  (pairs: readonly (readonly [string, string])[]): Edit =>
  (content, rng) => {
    const fits = pairs.filter(([from]) => content.stem.includes(from));
    if (fits.length === 0) return content;
    const [from, to] = pick(rng, fits);
    return stem(content, (text) => text.replace(from, to));
  };

const width: Edit = (content) =>
  stem(content, (text) =>
    text.replace(/[0-9]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll('，', ','),
  );
const punctuation: Edit = (content, rng) =>
  stem(content, (text) => {
    const bare = text.replace(/[“”：？。]/gu, (sign) => (rng.int(2) === 0 ? '' : sign));
    return `${bare}${pick(rng, ['？', '（  ）。', '：', ''])}`;
  });
const breaks: Edit = (content, rng) =>
  stem(content, (text) => {
    const at = 1 + rng.int(text.length - 1);
    return `${text.slice(0, at)}\n ${text.slice(at)}`;
  });
const synonyms = exchange([
  ['下列', '以下'],
  ['下列内容中，', '下面各项中，'],
  ['哪一项', '哪项'],
  ['包括：', '包括哪些内容？'],
  ['包括', '包含'],
  ['指出', '强调'],
  ['提出', '指出'],
  ['按照', '根据'],
  ['党的十九大', '中国共产党第十九次全国代表大会'],
  ['党的十九大', '十九大'],
  ['是：', '是哪一项？'],
  ['有：', '有哪些？'],
  ['和', '与'],
  // Not in the tables of the comparison.
  ['写入', '写进'],
  ['回顾', '总结'],
  ['我国', '中国'],
  ['部署', '安排'],
  ['原话是', '原文为'],
]);
const figures: Edit = (content) =>
  stem(content, (text) => text.replace('2017年', '二〇一七年').replace('10月', '十月'));
const scan: Edit = (content, rng) =>
  stem(content, (text) => {
    const signs: Record<string, string> = {
      己: '已',
      已: '己',
      未: '末',
      末: '未',
      人: '入',
      土: '士',
      日: '曰',
      干: '千',
    };
    const places = [...text].flatMap((sign, at) => (signs[sign] ? [at] : []));
    if (places.length > 0 && rng.int(3) > 0) {
      const at = pick(rng, places);
      return `${text.slice(0, at)}${signs[text[at]!]}${text.slice(at + 1)}`;
    }
    // A sign lost or doubled where it turns nothing round.
    const plain = [...text].flatMap((sign, at) => (/[的党国大会民建设思想主义]/u.test(sign) ? [at] : []));
    const at = plain.length > 0 ? pick(rng, plain) : 0;
    return rng.int(2) === 0 ? text.slice(0, at) + text.slice(at + 1) : text.slice(0, at + 1) + text.slice(at);
  });
const order: Edit = (content, rng) => {
  const { options, answer } = content;
  if (!options) return content;
  const places = rng.shuffle(options.map((_, at) => at));
  const moved = (at: number): number => places.indexOf(at);
  return {
    ...content,
    options: places.map((at) => options[at]!),
    answer: Array.isArray(answer) ? answer.map(moved) : moved(answer as number),
  };
};
const distractor: Edit = (content, rng) => {
  const { options, answer } = content;
  const right = new Set([answer].flat());
  const wrong = options?.flatMap((_, at) => (right.has(at) ? [] : [at])) ?? [];
  if (wrong.length < 2) return content;
  const at = pick(rng, wrong);
  return { ...content, options: options!.map((text, index) => (index === at ? '以上都不是' : text)) };
};
const retyped: readonly Edit[] = [width, punctuation, breaks, synonyms, synonyms, figures, scan, order, distractor];

const otherNumber: Edit = (content) =>
  stem(content, (text) =>
    text.includes('2017')
      ? text.replace('2017', '2012')
      : text.replace(/[一二三四五六七八九十]+|\d+/u, (run) => (run === '十九' ? '十八' : run === '五' ? '六' : '五')),
  );
const otherThing = exchange([
  ['十九大报告', '十九大党章修正案决议'],
  ['党的十九大报告', '党的十八届六中全会公报'],
  ['党的十九大', '遵义会议'],
  ['党章', '廉洁自律准则'],
  ['总纲', '第一章'],
  ['第一部分', '第八部分'],
  ['大会', '全会'],
]);
const negation = exchange([
  ['包括', '不包括'],
  ['正确', '错误'],
  ['属于', '不属于'],
  ['写入', '没有写入'],
  ['是：', '不是：'],
  ['有：', '没有：'],
  ['要求', '不要求'],
  ['提出', '没有提出'],
  ['指出', '没有指出'],
  ['是', '不是'],
]);
const contrast = exchange([
  ['主要', '次要'],
  ['根本', '首要'],
  ['中央', '地方'],
  ['必须', '可以'],
  ['全面', '部分'],
  ['最', '较'],
  ['以上', '以下'],
]);
const turned: readonly Edit[] = [otherNumber, otherNumber, otherThing, otherThing, negation, negation, contrast];

const questionOf = (content: QuestionContent): Question => questionFrom(content) as Question;
const printOf = (content: QuestionContent): Fingerprint => {
  const { body, key } = questionOf({ ...content, stem: content.stem.trim() });
  return fingerprintOf(body, key);
};

/** Another answer under a stem that stays. */
const otherAnswer: Edit = (content, rng) => {
  if (content.type === 'true-false') return { ...content, answer: !content.answer };
  if (content.type === 'blank') return { ...content, answers: content.answers!.map(() => [`另一答案${rng.int(100)}`]) };
  const wrong = content.options!.findIndex((_, at) => ![content.answer].flat().includes(at));
  if (wrong < 0) return content;
  return { ...content, answer: content.type === 'single' ? wrong : [...(content.answer as number[]).slice(1), wrong] };
};

interface Pair {
  readonly left: QuestionContent;
  readonly right: QuestionContent;
}
function pairsOf(edits: readonly Edit[], count: number, rng: Rng, most: number): Pair[] {
  const pairs: Pair[] = [];
  while (pairs.length < count) {
    const left = pick(rng, bankContent2017 as readonly QuestionContent[]);
    let right = left;
    for (let n = 1 + rng.int(most); n > 0; n--) right = pick(rng, edits)(right, rng);
    const same = right.stem === left.stem && right.options === left.options;
    // An edit that leaves the blanks' number or the rules broken makes no question at all.
    if (!same && 'body' in questionFrom(right)) pairs.push({ left, right });
  }
  return pairs;
}

describe('a thousand pairs made from the shipped questions', () => {
  const rng = seededRng('near twins and look-alikes');
  const same = pairsOf(retyped, 500, rng, 3);
  const other = pairsOf(turned, 500, rng, 1);

  it('finds at least 95 % of the same and is right in at least 95 % of what it finds', () => {
    const found = same.filter(({ left, right }) => compareQuestions(printOf(left), printOf(right)));
    const wrong = other.filter(({ left, right }) => compareQuestions(printOf(left), printOf(right)));
    expect(found.length / same.length).toBeGreaterThanOrEqual(0.95);
    expect(found.length / (found.length + wrong.length)).toBeGreaterThanOrEqual(0.95);
  });

  it('calls at least 95 % of retyped questions with another answer a conflict', () => {
    const pairs = same.map(({ left, right }) => ({ left, right: otherAnswer(right, rng) }));
    const conflicts = pairs.filter(
      ({ left, right }) => compareQuestions(printOf(left), printOf(right))?.kind === 'conflict',
    );
    expect(conflicts.length / pairs.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe('the index over the shipped questions', () => {
  const index = new QuestionIndex<string>();
  for (const content of bankContent2017) index.set(content.code, printOf(content));

  it('finds each question as itself first', () => {
    for (const content of bankContent2017) {
      expect(index.matches(printOf(content))[0]).toMatchObject({ of: content.code, kind: 'exact' });
    }
  });

  it('misses no pair that a comparison of all with all finds', () => {
    const codes = bankContent2017.map((content) => content.code);
    const prints = bankContent2017.map(printOf);
    for (const print of prints) {
      const all = codes.filter((_, other) => compareQuestions(print, prints[other]!));
      const found = index.matches(print).map((match) => match.of);
      expect(found.toSorted()).toEqual(all.toSorted());
    }
  });
});
