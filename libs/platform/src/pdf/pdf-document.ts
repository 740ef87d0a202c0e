import PDFDocument from 'pdfkit';
import type { PdfBlock, PdfPlan, PdfStyle, PdfWeight } from './pdf-blocks.js';
import { fontsFor } from './pdf-fonts.js';
import { PdfLayout } from './pdf-layout.js';
import { PdfPen } from './pdf-pen.js';

export interface PdfFile {
  readonly bytes: Buffer;
  /** Signs that the font does not have; a 〓 stands in their place. */
  readonly missing: readonly string[];
}

/** The same plan gives the same bytes. A4, text embedded as text, pictures with what they show in words. */
export async function renderPdf(plan: PdfPlan): Promise<PdfFile> {
  const fonts = await fontsFor(textsOf(plan));
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: 'zh-CN',
    info: {
      Title: plan.title,
      Author: plan.author,
      CreationDate: new Date(plan.at),
      ModDate: new Date(plan.at),
    },
  });
  const chunks: Buffer[] = [];
  const written = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const layout = new PdfLayout(doc, new PdfPen(doc, fonts));
  for (const block of plan.blocks) {
    layout.place(block);
    // Hundreds of certificates take seconds: others get their turn between them.
    if (block.kind === 'sheet') await new Promise((resolve) => setImmediate(resolve));
  }
  if (plan.blocks.length === 0) layout.place({ kind: 'new-page' });
  if (plan.footer) layout.footers(plan.footer);
  doc.end();
  return { bytes: await written, missing: fonts.missing };
}

function textsOf({ blocks, footer }: PdfPlan): Record<PdfWeight, string[]> {
  const texts: Record<PdfWeight, string[]> = { regular: ['0123456789'], bold: [] };
  const add = (text: string, style?: PdfStyle): void => void texts[style?.weight ?? 'regular'].push(text);
  const walk = (block: PdfBlock): void => {
    if (block.kind === 'text') add(block.text, block.style);
    else if (block.kind === 'row') for (const cell of block.cells) add(cell.text, block.style);
    else if (block.kind === 'bubbles') for (const row of block.rows) add(row.label + row.signs.join(''));
    else if (block.kind === 'together') for (const each of block.blocks) walk(each);
    else if (block.kind === 'sheet')
      for (const item of block.items) if (item.kind === 'text') add(item.text, item.style);
  };
  for (const block of blocks) walk(block);
  if (footer) add(footer(1, 1));
  return texts;
}
