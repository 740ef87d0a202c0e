import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPdf } from '../src/index.js';
import type { PdfBlock } from '../src/index.js';

/** The 6,763 Chinese characters of GB 2312: rows 16 to 87, less the five empty places of row 55. */
function gb2312(): string[] {
  const decoder = new TextDecoder('gbk');
  const rows = Array.from({ length: 72 }, (_, i) => i + 16);
  return rows.map((row) =>
    Array.from({ length: row === 55 ? 89 : 94 }, (_, i) => decoder.decode(Uint8Array.of(row + 0xa0, i + 0xa1))).join(
      '',
    ),
  );
}

function hasPoppler(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const plan = (blocks: readonly PdfBlock[]) => ({ title: '试卷', author: '学考', at: Date.UTC(2017, 10, 3), blocks });

describe('a PDF', () => {
  const rows = gb2312();

  it('has a glyph for every character of GB 2312, and a reader gets them all back', async () => {
    expect(rows.join('')).toHaveLength(6763);
    const { bytes, missing } = await renderPdf(plan(rows.map((text) => ({ kind: 'text', text, style: { size: 10 } }))));
    expect(missing).toEqual([]);
    if (!hasPoppler()) return;
    const folder = mkdtempSync(join(tmpdir(), 'xuekao-pdf-'));
    try {
      writeFileSync(join(folder, 'a.pdf'), bytes);
      const text = execFileSync('pdftotext', ['-raw', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
      const found = new Set(text);
      expect([...rows.join('')].filter((sign) => !found.has(sign))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it('is the same to the byte for the same plan', async () => {
    const blocks: PdfBlock[] = [
      { kind: 'text', text: '一、单选题（每题2分）', style: { size: 14, weight: 'bold' } },
      { kind: 'bubbles', columns: 4, rows: [{ label: '1', signs: ['A', 'B', 'C', 'D'] }] },
      { kind: 'row', bordered: true, style: { size: 10 }, cells: [{ text: '姓名', share: 0.3 }] },
    ];
    const [one, two] = [await renderPdf(plan(blocks)), await renderPdf(plan(blocks))];
    expect(one.bytes.equals(two.bytes)).toBe(true);
  });

  it('names what its font cannot draw, and marks the place', async () => {
    const { missing } = await renderPdf(plan([{ kind: 'text', text: '王𰻝', style: { size: 10 } }]));
    expect(missing).toEqual(['𰻝']);
  });
});
