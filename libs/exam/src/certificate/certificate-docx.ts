import {
  AlignmentType,
  BorderStyle,
  Document,
  ImageRun,
  Packer,
  PageOrientation,
  Paragraph,
  TextRun,
  VerticalAlign,
} from 'docx';
import QRCode from 'qrcode';
import { certificateNumber, certificateText, chineseDate } from '../core/index.js';
import type { CertificateRow } from './certificate.entity.js';

const title = 'FZXiaoBiaoSong-B05S';
const text = 'FangSong_GB2312';
const twipsPerMm = 56.7;

function line(content: string, size: number, font: string, after: number, bold = false): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after },
    children: [new TextRun({ text: content, size, bold, font: { name: font, eastAsia: font } })],
  });
}

/** One landscape A4 sheet with the QR of the verification page. */
export async function certificateDocument(certificate: CertificateRow, address: string): Promise<Buffer> {
  const qr = await QRCode.toBuffer(address, { errorCorrectionLevel: 'M', margin: 1, width: 360 });
  const border = { style: BorderStyle.DOUBLE, size: 12, color: 'B22222', space: 16 };
  const document = new Document({
    creator: '学考',
    title: `${certificate.title} 合格证书`,
    sections: [
      {
        properties: {
          verticalAlign: VerticalAlign.CENTER,
          page: {
            size: { orientation: PageOrientation.LANDSCAPE, width: 210 * twipsPerMm, height: 297 * twipsPerMm },
            borders: {
              pageBorderTop: border,
              pageBorderBottom: border,
              pageBorderLeft: border,
              pageBorderRight: border,
            },
          },
        },
        children: [
          line('合 格 证 书', 88, title, 600),
          line(certificateText(certificate), 36, text, 600),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 200 },
            children: [new ImageRun({ type: 'png', data: qr, transformation: { width: 110, height: 110 } })],
          }),
          line(`证书编号：${certificateNumber(certificate)}　　验证码：${certificate.code}`, 24, text, 120),
          line(certificate.issuerName, 28, text, 80),
          line(`${chineseDate(certificate.issuedOn)}（盖章）`, 28, text, 0),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
