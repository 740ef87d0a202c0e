/** `2017-00042`. */
export function certificateNumber({ year, serial }: { readonly year: number; readonly serial: number }): string {
  return `${year}-${String(serial).padStart(5, '0')}`;
}

/** 张三 as 张*, 欧阳小明 as 欧***: enough to compare with a paper in hand. */
export function maskedName(name: string): string {
  const signs = [...name];
  return `${signs[0] ?? ''}${'*'.repeat(Math.max(1, signs.length - 1))}`;
}

const figures = '〇一二三四五六七八九';

/** 1 to 99 as dates have them: 八, 十, 二十一. */
function ordinal(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : figures[tens]!}十`;
  return `${ten}${ones === 0 ? '' : figures[ones]!}`;
}

/** `2017-12-08` as 二〇一七年十二月八日, as documents of honour are dated. */
export function chineseDate(date: string): string {
  const [year = '', month, day] = date.split('-');
  const digits = [...year].map((digit) => figures[Number(digit)]!).join('');
  return `${digits}年${ordinal(Number(month))}月${ordinal(Number(day))}日`;
}

/** What a certificate says, in one sentence. */
export function certificateText(certificate: {
  readonly name: string;
  readonly unitName: string;
  readonly title: string;
}): string {
  const { name, unitName, title } = certificate;
  const place = unitName === '' ? '' : `（${unitName}）`;
  return `${name}同志${place}参加“${title}”，成绩合格，特发此证。`;
}
