import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateDocument } from '../src/certificate/certificate-docx.js';
import type { CertificateRow } from '../src/certificate/certificate.entity.js';
import { certificatesPdf } from '../src/certificate/certificate-pdf.js';

function hasPoppler(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const certificate = (serial: number, over: Partial<CertificateRow> = {}): CertificateRow => ({
  id: `c${serial}`,
  examId: 'e',
  memberId: `m${serial}`,
  code: `ABCD-EFGH-JKMN-${String(serial).padStart(4, '0')}`,
  year: 2017,
  serial,
  name: '欧阳小明',
  title: '2017年党的十九大精神学习测试',
  unitId: 'u',
  unitName: '机关第一党支部',
  issuerName: '机关党总支',
  issuedOn: '2017-12-08',
  issuedAt: Date.UTC(2017, 11, 8),
  state: 'valid',
  stateAt: 0,
  runId: null,
  ...over,
});
const addressOf = ({ code }: CertificateRow): string => `https://study.example.cn/certificates/${code}`;

describe('certificates to print', () => {
  const folder = process.env.PAPER_FILES ?? mkdtempSync(join(tmpdir(), 'xuekao-certificate-'));
  const long = certificate(2, {
    title: '题'.repeat(120),
    unitName: '部'.repeat(120),
    issuerName: '中共某市应急管理局机关总支部委员会',
  });
  beforeAll(() => mkdirSync(folder, { recursive: true }));
  afterAll(() => {
    if (!process.env.PAPER_FILES) rmSync(folder, { recursive: true, force: true });
  });

  it('are a page each across A4, with number, code, issuer and the date in Chinese, the same to the byte each time', async () => {
    const both = [certificate(1), long];
    const [{ bytes, missing }, again] = [
      await certificatesPdf(both, addressOf),
      await certificatesPdf(both, addressOf),
    ];
    expect(missing).toEqual([]);
    expect(bytes.equals(again.bytes)).toBe(true);
    const file = join(folder, 'certificates.pdf');
    writeFileSync(file, bytes);
    if (!hasPoppler()) return;
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Pages:\s+2[\s\S]*841\.89 x 595\.28/u);
    const pages = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).split('\f');
    const [first, second] = pages.map((text) => text.replace(/\s/gu, ''));
    for (const part of [
      '合格证书',
      '欧阳小明同志（机关第一党支部）参加“2017年党的十九大精神学习测试”，成绩合格，特发此证。',
      '证书编号：2017-00001',
      '验证码：ABCD-EFGH-JKMN-0001',
      '机关党总支二〇一七年十二月八日',
      '（盖章处）',
    ]) {
      expect(first).toContain(part);
    }
    expect(second).toContain('题'.repeat(120));
    expect(execFileSync('pdfinfo', ['-struct', file], { encoding: 'utf8' }).match(/Figure/gu)).toHaveLength(2);
  });

  it('name the signs that no font here has, and come as Word as well', async () => {
    const rare = certificate(3, { name: '王𰻝' });
    expect((await certificatesPdf([rare], addressOf)).missing).toEqual(['𰻝']);
    const word = await certificateDocument(rare, addressOf(rare));
    writeFileSync(join(folder, 'certificate.docx'), word);
    expect(word.subarray(0, 2).toString()).toBe('PK');
  });
});
