import { arabicOf } from '../blank-text.js';

/** Signs that scanning takes for one another; folded on both sides, so that it does not matter which one is right. */
const confusable = new Map<string, string>(
  [
    ['巳已', '己'],
    ['末', '未'],
    ['曰', '日'],
    ['入', '人'],
    ['士', '土'],
    ['千', '干'],
    ['戍戌', '戊'],
    ['侯', '候'],
    ['徒', '徙'],
    ['待', '侍'],
    ['治', '冶'],
    ['晴', '睛'],
    ['遣', '遗'],
    ['祟', '崇'],
    ['茶', '荼'],
  ].flatMap(([signs, kept]) => [...signs!].map((sign): [string, string] => [sign, kept!])),
);

const numeral = '0-9零〇一二两三四五六七八九十百千万亿';
const numeralRun = new RegExp(`[${numeral}]+`, 'gu');
/** Words with a figure in them that counts nothing. */
const uncounted =
  /一切|一定|一些|一样|一般|一致|一律|一贯|一旦|一直|一个|一种|一条|一项|一名|一句|统一|进一步|唯一|一系列|专一|单一/gu;

/** Wordings that ask the same; in this order. Figures are Arabic by then. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/中国共产党第(\d+)次全国代表大会/gu, '$1大'],
  [/(?:党第|第)(\d+)次全国代表大会/gu, '$1大'],
  [/中国共产党章程|《?党的章程》?/gu, '党章'],
  [/中国共产党|我们党|我党/gu, '党'],
  [/习近平总书记|习近平同志|习总书记|总书记习近平/gu, '习近平'],
  [/党的(?=\d+大)/gu, ''],
  [/(?:哪|何|什么)(?:年份|年)|的年份是/gu, '哪年'],
  [/哪(?:几|些)?(?:项|个|条|种|方面|句|内容)*|什么(?:内容)?|何种|怎样的?|如何/gu, '哪'],
  [/(?:下列|以下|下面|下述)(?:各项|各句|内容|选项|哪)?(?:之?中|里)?/gu, ''],
  [/审议通过/gu, '通过'],
  [/指出|强调|提出|写道|写明|明确|阐明/gu, '指'],
  [/召开|举行/gu, '召开'],
  [/根据|按照|依据|依照/gu, '按'],
  [/表述|说法|提法/gu, '说'],
  [/应该|应当/gu, '应'],
  [/以及|及其|与|及/gu, '和'],
  [/于/gu, '在'],
  [/包含|涵盖/gu, '包括'],
  [/属于/gu, '属'],
  [/的|了|地|之/gu, ''],
];

/** `不` and its like where they turn the sense round, and words that say wrong instead of right. */
const notNegations =
  /不断|不仅|不但|不管|不论|无论|不过|不忘|不懈|不息|不朽|非常|未来|无产|无私|无愧|是否|能否|否则|并非易事/gu;
const wrongness = /错误|有误|有错|不正确|不对|不符合|不准确/gu;
const negation = /[不没无非未勿莫]|除外/gu;

/** Words that make another question wherever they stand on one side alone. */
const contrasts =
  /最|根本|首要|首次|基本|主要|预备|正式|中央|地方|基层|(?<=[\d岁人年月日名分票级])以[上下内外]|至少|至多|必须|可以|每年|每月|每季度|上级|下级|省|市|县|闭幕|开幕|第一|最后|左|右|内|外|前|后|副/gu;

export interface CanonicalStem {
  /** Without punctuation, synonyms and confusable signs folded. */
  readonly form: string;
  /** Of figures, negations and contrasts; two stems with different ones ask different things. */
  readonly sense: string;
}

function foldSigns(text: string): string {
  let folded = '';
  for (const sign of text) folded += confusable.get(sign) ?? sign;
  return folded;
}

/** Width, case and figures in one form; nothing but letters, figures and Chinese signs is left. */
export function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<![a-z])[ol](?=[0-9])|(?<=[0-9])[ol](?![a-z])/gu, (sign) => (sign === 'o' ? '0' : '1'))
    .replace(/哪一/gu, '哪')
    .replace(uncounted, (word) => word.replace('一', '壹'))
    .replace(numeralRun, (run) => (/^[百千万亿]+$/u.test(run) ? run : arabicOf(run)))
    .replace(/[\s\p{P}\p{S}]/gu, '');
}

export function canonicalStem(stem: string): CanonicalStem {
  const plain = plainForm(stem);
  const turned = foldSigns(plain).replace(wrongness, '非').replace(notNegations, '');
  const numbers = (plain.match(/\d+/gu) ?? []).toSorted().join(',');
  const negations = turned.match(negation)?.length ?? 0;
  const opposed = (plain.replace(/内容|方面|左右/gu, '').match(contrasts) ?? []).toSorted().join(',');
  let form = plain;
  for (const [pattern, kept] of wordings) form = form.replace(pattern, kept);
  form = foldSigns(form).replace(/(?:包括|有|是|为|指)?哪?(?:呢|吗)?$/u, '');
  return { form, sense: `${numbers}|${negations % 2 === 0 ? 'even' : 'odd'}|${opposed}` };
}
