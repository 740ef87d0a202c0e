import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderDocx } from '../src/docx/report-docx.js';
import { bureauPaper } from '../src/testing/index.js';

const onPath = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const missing = ['soffice', 'pdftotext'].filter((program) => !onPath(program));
const suite = missing.length === 0 ? describe : describe.skip;

interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** 版心 in points. Source: domain.md §5.3. */
const area = { left: 28 * 2.8346, right: 184 * 2.8346, top: 37 * 2.8346, bottom: 262 * 2.8346 } as const;
const millimetre = 72 / 25.4;

suite(`a report printed to PDF${missing.length > 0 ? ` (skipped: ${missing.join(', ')} not on the PATH)` : ''}`, () => {
  let folder: string;
  let pages: readonly (readonly Word[])[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-pdf-'));
    writeFileSync(join(folder, 'report.docx'), await renderDocx(bureauPaper(60), { creator: '学考', at: 0 }));
    run('soffice', [
      '--headless',
      `-env:UserInstallation=file://${folder}/profile`,
      '--convert-to',
      'pdf',
      'report.docx',
    ]);
    run('pdftotext', ['-bbox', 'report.pdf', 'report.html']);
    pages = readFileSync(join(folder, 'report.html'), 'utf8').split('<page ').slice(1).map(wordsOf);
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(program: string, args: readonly string[]): void {
    const { status, stderr } = spawnSync(program, args, { cwd: folder, timeout: 150_000, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  }

  it('shows 22 lines of 28 characters on a full page, whatever font stands in', () => {
    const lines = linesOf(pages[1]!.filter((word) => word.bottom < area.bottom + millimetre));
    expect(lines).toHaveLength(22);
    expect(lines.map((line) => [...line.map((word) => word.text).join('')].length)).toEqual(lines.map(() => 28));
    const pitch = (lines.at(-1)![0]!.top - lines[0]![0]!.top) / (lines.length - 1);
    expect(Math.abs(pitch - 28.95)).toBeLessThan(0.1);
  });

  it('stands inside the 版心', () => {
    for (const word of pages[1]!.filter((each) => each.bottom < area.bottom)) {
      expect(word.left).toBeGreaterThan(area.left - millimetre);
      expect(word.right).toBeLessThan(area.right + millimetre);
      expect(word.top).toBeGreaterThan(area.top - millimetre);
    }
  });

  it('numbers odd pages on the right and even ones on the left, 7 mm under the text and one character in', () => {
    for (const [index, words] of pages.slice(0, 3).entries()) {
      const [first, ...rest] = words.filter((word) => word.top > area.bottom);
      const number = {
        left: first!.left,
        right: rest.at(-1)!.right,
        text: [first!, ...rest].map((w) => w.text).join(''),
      };
      expect(number.text).toBe(`—${index + 1}—`);
      const inset = index % 2 === 0 ? area.right - number.right : number.left - area.left;
      expect(Math.abs(inset - 14)).toBeLessThan(2);
      expect(Math.abs((first!.top + first!.bottom) / 2 - area.bottom - 7 * millimetre)).toBeLessThan(millimetre);
    }
  });

  it('starts each attachment on its own page with its label and gives wide tables a sheet lying across', () => {
    const texts = pages.map((words) => words.map((word) => word.text).join(''));
    for (const label of ['附件1', '附件2', '附件3', '附件4', '附件5'])
      expect(texts.filter((text) => text.startsWith(label))).toHaveLength(1);
  });
});

function wordsOf(page: string): Word[] {
  const pattern = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<\/word>/g;
  return [...page.matchAll(pattern)].map(([, left, top, right, bottom, text]) => ({
    text: text!,
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  }));
}

/** Words of one height together, from the top. */
function linesOf(words: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  for (const word of words.toSorted((a, b) => a.top - b.top || a.left - b.left)) {
    const last = lines.at(-1);
    if (last && Math.abs(last[0]!.top - word.top) < 8) last.push(word);
    else lines.push([word]);
  }
  return lines;
}
