const digitOf: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const unitOf: Readonly<Record<string, bigint>> = { 十: 10n, 百: 100n, 千: 1000n };
const groupOf: Readonly<Record<string, bigint>> = { 万: 10_000n, 亿: 100_000_000n };
const numeral = '0-9零〇一二两三四五六七八九十百千万亿';

/**
 * A run of Arabic and Chinese figures as Arabic digits: 十二 is 12, 二〇一七 is 2017, 30万 is 300000, 一百零五 is 105.
 * A run without 十百千万亿 is read digit by digit and keeps its leading zeros.
 */
export function arabicOf(run: string): string {
  if (!/[十百千万亿]/u.test(run)) return [...run].map((sign) => String(digitOf[sign] ?? sign)).join('');
  let total = 0n;
  let group = 0n;
  let digits = '';
  const flush = (unit: bigint): void => {
    group += (digits === '' ? (unit === 1n ? 0n : 1n) : BigInt(digits)) * unit;
    digits = '';
  };
  for (const sign of run) {
    const unit = unitOf[sign];
    const bigger = groupOf[sign];
    if (unit !== undefined) {
      if (/^0+$/.test(digits)) digits = '';
      flush(unit);
    } else if (bigger !== undefined) {
      flush(1n);
      const carried = bigger === 100_000_000n ? total + group : group;
      const rest = bigger === 100_000_000n ? 0n : total;
      total = rest + (carried === 0n ? 1n : carried) * bigger;
      group = 0n;
    } else {
      digits += String(digitOf[sign] ?? sign);
    }
  }
  flush(1n);
  return String(total + group);
}

const sameSigns: Readonly<Record<string, string>> = {
  '。': '.',
  '、': ',',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '—': '-',
  '–': '-',
  '―': '-',
  '−': '-',
  '·': '.',
  '•': '.',
};

/**
 * The form in which a written answer is compared: NFKC, lower case, no white space, punctuation of one width, quotation
 * and book-title marks dropped, no full stop at the end, figures in Arabic digits (百分之九十八 is 98%).
 */
export function blankForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/./gsu, (sign) => sameSigns[sign] ?? sign)
    .replace(/["'《》〈〉]/gu, '')
    .replace(new RegExp(`百分之([${numeral}]+(?:[.点][${numeral}]+)?)`, 'gu'), '$1%')
    .replace(new RegExp(`(?<=[${numeral}])点(?=[${numeral}])`, 'gu'), '.')
    .replace(new RegExp(`[${numeral}]+`, 'gu'), arabicOf)
    .replace(/[.,;:!?]+$/u, '');
}

/** Whether the text says one of the accepted wordings. An open blank never matches. */
export function blankMatches(accepted: readonly string[], given: string): boolean {
  const form = blankForm(given);
  return form !== '' && accepted.some((wording) => blankForm(wording) === form);
}
