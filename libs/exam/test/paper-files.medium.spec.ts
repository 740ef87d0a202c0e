import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MaterialService, PictureService, QuestionService, QuestionSource } from '@xuekao/bank';
import type { QuestionInput } from '@xuekao/bank';
import type { QuestionPicture } from '@xuekao/contracts';
import { marks } from '@xuekao/kernel';
import { pngOf } from '@xuekao/platform/testing';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow } from '@xuekao/platform';
import { strFromU8, unzipSync } from 'fflate';
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

  it('shows pictures with their questions, in PDF and in Word, and no line of words in their place', async () => {
    const { examId: shown, alts } = await withPictures();
    const of = (format: 'pdf' | 'docx') => organiser(() => files.file(shown, { kind: 'paper', format, variant: 'A' }));
    const [pdf, again, word] = [await of('pdf'), await of('pdf'), await of('docx')];
    expect(pdf.bytes.equals(again.bytes)).toBe(true);
    if (process.env.PAPER_FILES) {
      writeFileSync(join(folder, 'pictures.pdf'), pdf.bytes);
      writeFileSync(join(folder, 'pictures.docx'), word.bytes);
    }
    const parts = unzipSync(word.bytes);
    expect(Object.keys(parts).filter((path) => path.startsWith('word/media/'))).toHaveLength(4);
    const xml = strFromU8(parts['word/document.xml']!);
    for (const alt of alts) expect(xml).toContain(`descr="${alt}"`);
    if (!hasPoppler) return;
    const text = textOf(pdf.bytes);
    expect(text).not.toContain('〔图');
    expect(text).toContain('2.图中的曲线说明了什么');
    const images = execFileSync('pdfimages', ['-list', join(folder, 'paper.pdf')], { encoding: 'utf8' });
    expect(images.trim().split('\n')).toHaveLength(2 + 4);
    const told = execFileSync('pdfinfo', ['-struct-text', join(folder, 'paper.pdf')], { encoding: 'utf8' });
    expect(told.match(/Figure/gu)).toHaveLength(4);
  });

  async function withPictures(): Promise<{ examId: string; alts: string[] }> {
    for (const permission of ['bank.read', 'bank.edit'] as const) world.access.grant(permission, general);
    const pictures = world.app.get(PictureService);
    const picture = async (alt: string, width: number, height: number, tint: number): Promise<QuestionPicture> => {
      const wave = (x: number): number => height / 2 + (height / 3) * Math.sin((x / width) * 9);
      const bytes = pngOf(width, height, (x, y) =>
        Math.abs(y - wave(x)) < 4 ? [160, 20, 30] : y < 3 || x < 3 ? [60, 60, 60] : [250, 250 - tint, 240],
      );
      const { id } = await organiser(() => pictures.upload(bytes));
      return { id, alt, width, height };
    };
    const chart = await picture('全年集中学习次数的曲线', 640, 360, 0);
    const wide = await picture('支部分布示意图', 1600, 500, 12);
    const [first, second] = [await picture('上升的折线', 240, 160, 30), await picture('下降的折线', 240, 161, 60)];
    const material = await organiser(() =>
      world.app.get(MaterialService).create('M-PRINT', {
        title: '某支部的学习情况',
        text: '某支部全年的学习安排如图。',
        topic: '图',
        pictures: [wide],
      }),
    );
    const base = { explanation: '', source: '', difficulty: 1, topic: '图' };
    const inputs: QuestionInput[] = [
      { ...base, type: 'true-false', stem: '材料中的支部每月都开展学习。', truth: true, materialId: material.id },
      {
        ...base,
        type: 'single',
        stem: '图中的曲线说明了什么？（　　）',
        pictures: [chart],
        options: [
          { text: '学习次数有起有落', correct: true },
          { text: '学习次数一直上升', correct: false },
        ],
      },
      {
        ...base,
        type: 'single',
        stem: '哪一幅图是上升的折线？',
        options: [
          { text: '', picture: first, correct: true },
          { text: '', picture: second, correct: false },
        ],
      },
    ];
    const questions = world.app.get(QuestionService);
    for (const [index, input] of inputs.entries()) {
      const { id } = await organiser(() => questions.create(`PRINT-${index}`, input));
      await world.as('reviewer', () => questions.review(id));
      await organiser(() => questions.publish(id));
    }
    const picks = inputs.map((_, index) => ({ code: `PRINT-${index}`, marks: marks(5) }));
    const { id } = await organiser(() =>
      world.app.get(ExamService).create(world.exam({ title: '看图题' }), { kind: 'hand', picks }),
    );
    return { examId: id, alts: [chart, wide, first, second].map(({ alt }) => alt) };
  }

  it('is found only by who manages the exam', async () => {
    world.access.grants.set('exam.manage', new Set(['elsewhere']));
    await expect(file()).rejects.toMatchObject({ code: 'resource.not-found' });
    world.access.grants.set('exam.manage', new Set([general]));
  });
});
