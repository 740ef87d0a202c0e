/** Font names of the standard, written by name only; `fallbacks` go into the font table for machines without them. */
export const fonts = {
  title: { name: '方正小标宋简体', fallbacks: ['思源宋体', 'Source Han Serif SC', 'Noto Serif CJK SC', '宋体'] },
  body: { name: '仿宋_GB2312', fallbacks: ['仿宋', 'FangSong', '开源仿宋', '朱雀仿宋', 'Noto Serif CJK SC'] },
  heading: { name: '黑体', fallbacks: ['SimHei', '思源黑体', 'Noto Sans CJK SC'] },
  subheading: { name: '楷体_GB2312', fallbacks: ['楷体', 'KaiTi', '霞鹜文楷', 'Noto Serif CJK SC'] },
  pageNumber: { name: '宋体', fallbacks: ['SimSun', '思源宋体', 'Noto Serif CJK SC'] },
} as const;

export type FontRole = keyof typeof fonts;

/** All four slots, so that digits and Latin letters stay in the same face. */
export function fontOf(role: FontRole): { ascii: string; hAnsi: string; eastAsia: string; cs: string } {
  const { name } = fonts[role];
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
}

/** `word/fontTable.xml` with the fallbacks as alternative names (ECMA-376 §17.8.3.1). */
export function fontTableXml(): string {
  const entries = Object.values(fonts).map(
    ({ name, fallbacks }) =>
      `<w:font w:name="${name}"><w:altName w:val="${fallbacks.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${entries.join('')}</w:fonts>`;
}
