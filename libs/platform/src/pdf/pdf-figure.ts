import type PDFDocument from 'pdfkit';

type Doc = InstanceType<typeof PDFDocument>;

/** Draws something that is to be looked at, with words for who cannot see it. */
export function drawFigure(doc: Doc, alt: string, draw: () => void): void {
  doc.addStructure(doc.struct('Figure', { alt }, draw));
}
