const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  middot: '·',
  times: '×',
  divide: '÷',
  ensp: ' ',
  emsp: ' ',
  radic: '√',
};

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/giu, (all, body: string) => {
    if (body[0] !== '#') return named[body.toLowerCase()] ?? all;
    const code = /^#x/iu.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

export interface PlainHtml {
  readonly text: string;
  /** Pictures that were not taken. */
  readonly pictures: number;
}

/** Gives the sign for a picture; undefined where it is not taken. */
export type PictureTaker = (source: string, alt: string) => string | undefined;

function attributeOf(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'iu').exec(tag);
  return decoded(match?.[1] ?? match?.[2] ?? match?.[3] ?? '');
}

/** The words of a piece of HTML: a line per block, no tags, no scripts; pictures as their signs, or counted. */
export function plainOfHtml(html: string, taker?: PictureTaker): PlainHtml {
  let pictures = 0;
  const text = html
    .replace(/<img\b[^>]*>/giu, (tag) => {
      const sign = taker?.(attributeOf(tag, 'src').trim(), attributeOf(tag, 'alt'));
      if (sign === undefined) pictures += 1;
      return sign ?? '';
    })
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/giu, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/gu, '')
    .replace(/[\r\n\t]+/gu, ' ')
    .replace(/<br\s*\/?>/giu, '\n')
    .replace(/<\/(?:p|div|li|h[1-6]|tr|ul|ol|table)\s*>/giu, '\n')
    .replace(/<\/?[a-z][^<>]*>/giu, '');
  const lines = decoded(text)
    .split('\n')
    .map((line) => line.trim());
  return {
    text: lines
      .filter((line, at) => line !== '' || (at > 0 && at < lines.length - 1))
      .join('\n')
      .trim(),
    pictures,
  };
}

/** Without the signs that XML forbids. */
export function xmlSafe(text: string): string {
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (sign) => (/[\t\n\r]/u.test(sign) ? sign : ''));
}

export function escapedXml(text: string): string {
  return xmlSafe(text).replace(
    /[&<>"]/gu,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!,
  );
}

/** Plain text as HTML: what {@link plainOfHtml} gives back. */
export function htmlOf(text: string): string {
  return `<p>${escapedXml(text).replace(/\n/gu, '<br/>')}</p>`;
}
