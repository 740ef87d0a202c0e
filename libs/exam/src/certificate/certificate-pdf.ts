import QRCode from 'qrcode';
import { renderPdf } from '@xuekao/platform';
import type { PdfBlock, PdfFile, PdfItem } from '@xuekao/platform';
import { certificateNumber, certificateText, chineseDate } from '../core/index.js';
import type { CertificateRow } from './certificate.entity.js';

/** A4 across, in points. */
const page = { width: 841.89, height: 595.28 } as const;
const red = '#A8161B';
const gold = '#B8862B';
const grey = '#736B60';
/** Of a seal of 42 mm. */
const sealRadius = 59.5;
const signature = { middle: 650, top: 418 } as const;
const code = { x: 104, y: 396, size: 92 } as const;

/** Long titles and units take smaller letters, so that the text keeps its room. */
function textSize(text: string): number {
  const { length } = [...text];
  if (length <= 120) return 20;
  return length <= 220 ? 16 : 13;
}

function modulesOf(address: string): boolean[][] {
  const { size, data } = QRCode.create(address, { errorCorrectionLevel: 'M' }).modules;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_each, column) => data[row * size + column] === 1),
  );
}

const frame = (inset: number, line: number, color: string): PdfItem => ({
  kind: 'frame',
  x: inset,
  y: inset,
  width: page.width - 2 * inset,
  height: page.height - 2 * inset,
  line,
  color,
});

/** In the middle of `middle`. */
const centred = (text: string, middle: number, y: number, size: number, color?: string): PdfItem => ({
  kind: 'text',
  text,
  x: middle - 160,
  y,
  width: 320,
  style: { size, align: 'center', leading: 1.4 },
  ...(color ? { color } : {}),
});

/** One certificate: frame, title, text, the place of the seal over issuer and date, and the code to check it by. */
function sheetOf(certificate: CertificateRow, address: string): PdfBlock {
  const text = certificateText(certificate);
  const size = textSize(text);
  const beside = code.x + code.size + 16;
  return {
    kind: 'sheet',
    landscape: true,
    items: [
      frame(26, 3, red),
      frame(33, 0.8, gold),
      {
        kind: 'text',
        text: '合　格　证　书',
        x: 60,
        y: 92,
        width: page.width - 120,
        style: { size: 42, weight: 'bold', align: 'center' },
        color: red,
      },
      { kind: 'text', text, x: 118, y: 186, width: page.width - 236, style: { size, leading: 2, indent: 2 * size } },
      { kind: 'modules', ...code, rows: modulesOf(address), alt: `查验地址：${address}` },
      {
        kind: 'text',
        text: `证书编号：${certificateNumber(certificate)}\n验证码：${certificate.code}`,
        x: beside,
        y: code.y + 26,
        width: 240,
        style: { size: 11, leading: 1.8 },
      },
      {
        kind: 'text',
        text: '扫描二维码可查验真伪',
        x: beside,
        y: code.y + 70,
        width: 240,
        style: { size: 9 },
        color: grey,
      },
      { kind: 'ring', x: signature.middle, y: signature.top + 22, radius: sealRadius, color: grey },
      centred('（盖章处）', signature.middle, signature.top - 24, 8, grey),
      centred(certificate.issuerName, signature.middle, signature.top, 15),
      centred(chineseDate(certificate.issuedOn), signature.middle, signature.top + 28, 14),
    ],
  };
}

/** A page for each, in their order; the same certificates give the same bytes. `missing` are signs that no font here has. */
export function certificatesPdf(
  certificates: readonly CertificateRow[],
  addressOf: (certificate: CertificateRow) => string,
): Promise<PdfFile> {
  const [first] = certificates;
  return renderPdf({
    title: `${first?.title ?? ''} 合格证书`,
    author: '学考',
    at: Math.max(0, ...certificates.map((certificate) => certificate.issuedAt)),
    blocks: certificates.map((certificate) => sheetOf(certificate, addressOf(certificate))),
  });
}
