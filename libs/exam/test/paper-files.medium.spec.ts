import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuestionSource } from '@xuekao/bank';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { ExamService, PaperService } from '../src/index.js';
import { PaperFilesService } from '../src/paper-files/paper-files.service.js';
import type { PaperFileRequest } from '../src/paper-files/paper-files.service.js';
import { blueprint, examWorld, general, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

const hasPoppler = ((): boolean => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

onEveryDatabase('a paper to print', worldEntities, (database) => {
  let world: World;
  let files: PaperFilesService;
  let examId: string;
  let paperId: string;
  const folder = process.env.PAPER_FILES ?? mkdtempSync(join(tmpdir(), 'xuekao-paper-'));
  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);
  const file = (request: Partial<PaperFileRequest> = {}) =>
    organiser(() => files.file(examId, { kind: 'paper', format: 'pdf', variant: 'A', ...request }));
  const textOf = (bytes: Buffer): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'paper.pdf'), bytes);
    return execFileSync('pdftotext', ['-raw', join(folder, 'paper.pdf'), '-'], { encoding: 'utf8' }).replace(
      /\s/gu,
      '',
    );
  };

  beforeAll(async () => {
    world = await examWorld(database);
    files = world.app.get(PaperFilesService);
    const exam = await organiser(() =>
      world.app.get(ExamService).createWithDraw(world.exam({ title: '十九大精神测试' }), blueprint, 'print'),
    );
    examId = exam.id;
    paperId = exam.paperId;
  });
  afterAll(async () => {
    await world.app.close();
    if (!process.env.PAPER_FILES) rmSync(folder, { recursive: true, force: true });
  });

  it('holds every stem and option, and no explanation', async () => {
    const { bytes, name } = await file();
    expect(name).toBe('十九大精神测试-试卷-A卷');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    if (!hasPoppler) return;
    const text = textOf(bytes);
    const { items } = await organiser(() => world.app.get(PaperService).get(paperId));
    for (const { body } of items) {
      const parts = [
        body.stem,
        ...('options' in body && body.type !== 'true-false' ? body.options : []).map((each) => each.text),
      ];
      for (const part of parts) expect(text).toContain(part.replace(/\s/gu, ''));
    }
    const keyed = await world.app.get(QuestionSource).withKeys(items.map((item) => item.versionId));
    for (const { explanation } of keyed.values()) {
      if (explanation.length > 8) expect(text).not.toContain(explanation.replace(/\s/gu, ''));
    }
  });

  it('is the same to the byte each time, and another paper for another letter', async () => {
    const [one, again, other] = [await file(), await file(), await file({ variant: 'B' })];
    expect(one.bytes.equals(again.bytes)).toBe(true);
    expect(one.bytes.equals(other.bytes)).toBe(false);
  });

  it('keys each paper in its own letters', async () => {
    if (!hasPoppler) return;
    const [a, b] = [
      textOf((await file({ kind: 'key' })).bytes),
      textOf((await file({ kind: 'key', variant: 'B' })).bytes),
    ];
    expect(a).toContain('参考答案');
    expect(a).not.toBe(b);
    const letters = (text: string): number => [...text.matchAll(/\d+\.[A-F√×]+/gu)].length;
    expect(letters(a)).toBe(14);
    expect(letters(b)).toBe(14);
  });

  it('comes as Word as well, and as a sheet to fill in; who took the key is told', async () => {
    for (const kind of ['paper', 'key', 'sheet'] as const) {
      const { bytes } = await file({ kind, format: 'docx' });
      expect(bytes.subarray(0, 2).toString()).toBe('PK');
      if (process.env.PAPER_FILES) writeFileSync(join(folder, `${kind}.docx`), bytes);
      const pdf = await file({ kind });
      if (process.env.PAPER_FILES) writeFileSync(join(folder, `${kind}.pdf`), pdf.bytes);
    }
    const events = await database.uow.manager.findBy(OutboxEventRow, { type: 'exam.paper.exported' });
    expect(events.map((event) => (event.payload as { kind: string }).kind)).toContain('key');
  });

  it('is found only by who manages the exam', async () => {
    world.access.grants.set('exam.manage', new Set(['elsewhere']));
    await expect(file()).rejects.toMatchObject({ code: 'resource.not-found' });
    world.access.grants.set('exam.manage', new Set([general]));
  });
});
