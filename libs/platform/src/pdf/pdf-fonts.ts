import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';
import { supplementBold, supplementRegular, supplementSigns } from './font-supplement.js';
import { pieceOf } from './glyph-pieces.js';
import type { PdfWeight } from './pdf-blocks.js';

const weights: Readonly<Record<PdfWeight, number>> = { regular: 400, bold: 700 };
/** Stands where the font has no glyph, as printers set it; the sign itself is named in `missing`. */
export const getaMark = '〓';
const supplements: Readonly<Record<PdfWeight, string>> = { regular: supplementRegular, bold: supplementBold };
const supplement = 'supplement';
const blank = /\s/u;

export interface PdfFont {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The glyphs that a document needs, cut out of the font's pieces. */
export interface PdfFonts {
  readonly fonts: readonly PdfFont[];
  /** Signs that the font does not have. */
  readonly missing: readonly string[];
  /** The name of the font that draws a sign; undefined for blanks. */
  fontOf(sign: string, weight: PdfWeight): string | undefined;
}

/** Signs by weight, whatever their order. */
export async function fontsFor(texts: Readonly<Record<PdfWeight, Iterable<string>>>): Promise<PdfFonts> {
  const names = new Map<string, string>();
  const missing = new Set<string>();
  const fonts: PdfFont[] = [];
  for (const weight of ['regular', 'bold'] as const) {
    const signsOf = new Map<string, Set<string>>();
    for (const sign of new Set([...texts[weight]].flatMap((text) => [...text]))) {
      if (blank.test(sign)) continue;
      const file = supplementSigns.includes(sign) ? supplement : pieceOf(sign.codePointAt(0)!);
      if (file === undefined) missing.add(sign);
      const held = file ?? pieceOf(getaMark.codePointAt(0)!)!;
      signsOf.set(held, (signsOf.get(held) ?? new Set()).add(file === undefined ? getaMark : sign));
    }
    for (const [file, signs] of signsOf) {
      const name = `${weight}-${fonts.length}`;
      const bytes = file === supplement ? Buffer.from(supplements[weight], 'base64') : await cut(file, signs, weight);
      fonts.push({ name, bytes });
      for (const sign of signs) names.set(`${weight}${sign}`, name);
    }
  }
  return {
    fonts,
    missing: [...missing].toSorted(),
    fontOf: (sign, weight) => names.get(`${weight}${missing.has(sign) ? getaMark : sign}`),
  };
}

function cut(file: string, signs: ReadonlySet<string>, weight: PdfWeight): Promise<Buffer> {
  const text = [...signs].toSorted().join('');
  const options = { targetFormat: 'truetype', variationAxes: { wght: weights[weight] } } as const;
  return readFile(file).then((bytes) => subsetFont(bytes, text, options));
}
