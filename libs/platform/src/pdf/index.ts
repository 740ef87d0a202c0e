export type {
  PdfBlock,
  PdfBubbleRow,
  PdfCell,
  PdfItem,
  PdfPicture,
  PdfPlan,
  PdfStyle,
  PdfWeight,
} from './pdf-blocks.js';
export { renderPdf } from './pdf-document.js';
export type { PdfFile } from './pdf-document.js';
