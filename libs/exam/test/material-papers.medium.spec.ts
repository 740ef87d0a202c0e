import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MaterialService, QuestionService } from '@xuekao/bank';
import type { QuestionInput } from '@xuekao/bank';
import { marks } from '@xuekao/kernel';
import { onEveryDatabase } from '@xuekao/database/testing';
import { strFromU8, unzipSync } from 'fflate';
import type { Blueprint } from '../src/index.js';
import { AttemptService, ExamRunService, ExamService, PaperService } from '../src/index.js';
import { PaperFilesService } from '../src/paper-files/paper-files.service.js';
import type { PaperFileRequest } from '../src/paper-files/paper-files.service.js';
import { examWorld, general, minute, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

const texts = {
  'M-A': '某支部三月召开支部党员大会，应到二十人，实到十二人。',
  'M-B': '某党员连续六个月不参加组织生活，也不交纳党费。',
};

onEveryDatabase('a paper with a section of materials', worldEntities, (database) => {
  let world: World;
  let examId: string;
  let paperId: string;
  const folder = process.env.PAPER_FILES ?? mkdtempSync(join(tmpdir(), 'xuekao-material-'));
  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);
  const blueprint: Blueprint = {
    sections: [
      { name: '一、单选题', type: 'single', count: 3, marks: marks(2) },
      { name: '二、材料题', type: 'material', count: 2, marks: marks(3), topics: ['材料检查'] },
    ],
  };
  const file = (request: Partial<PaperFileRequest> = {}) =>
    organiser(() =>
      world.app.get(PaperFilesService).file(examId, { kind: 'paper', format: 'pdf', variant: 'A', ...request }),
    );
  const keep = (name: string, bytes: Uint8Array): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  /** The text of a Word file, paragraph by paragraph. */
  const wordOf = (bytes: Uint8Array): string =>
    strFromU8(unzipSync(bytes)['word/document.xml']!)
      .replaceAll('</w:p>', '\n')
      .replace(/<[^>]+>/gu, '');

  async function addMaterial(code: keyof typeof texts, questions: readonly Partial<QuestionInput>[]): Promise<void> {
    const material = await organiser(() =>
      world.app.get(MaterialService).create(code, { title: `${code}的情况`, text: texts[code], topic: '材料检查' }),
    );
    for (const [at, question] of questions.entries()) {
      const base = { explanation: '', source: '', difficulty: 2, topic: '材料检查', materialId: material.id };
      const input = { type: 'true-false', truth: true, ...base, materialPlace: at + 1, ...question } as QuestionInput;
      const bank = world.app.get(QuestionService);
      const { id } = await organiser(() => bank.create(`${code}-${at + 1}`, input));
      await world.as('reviewer', () => bank.review(id));
      await organiser(() => bank.publish(id));
    }
  }

  beforeAll(async () => {
    world = await examWorld(database);
    for (const permission of ['bank.read', 'bank.edit'] as const) world.access.grant(permission, general);
    await addMaterial('M-A', [
      { stem: '材料检查：会议可以召开。' },
      { stem: '材料检查：赞成须达到____人。', type: 'blank', answers: [['十一']] } as Partial<QuestionInput>,
      { stem: '材料检查：简述理由。', type: 'short-answer', reference: '过半', rubric: [] } as Partial<QuestionInput>,
    ]);
    await addMaterial('M-B', [{ stem: '材料检查：按自行脱党处理。' }, { stem: '材料检查：须由支部大会决定。' }]);
    const exam = await organiser(() =>
      world.app.get(ExamService).createWithDraw(world.exam({ title: '材料题试卷' }), blueprint, 'material'),
    );
    examId = exam.id;
    paperId = exam.paperId;
  });
  afterAll(async () => {
    await world.app.close();
    if (!process.env.PAPER_FILES) rmSync(folder, { recursive: true, force: true });
  });

  it('is drawn whole and exact, and the same again from its seed', async () => {
    const draw = () =>
      organiser(() => world.app.get(PaperService).preview({ kind: 'draw', blueprint, seed: 'material' }));
    const { items, paper } = await draw();
    const about = items.filter((item) => item.section === 2).map((item) => item.code);
    expect([about, [...about.slice(2), ...about.slice(0, 2)]]).toContainEqual([
      'M-B-1',
      'M-B-2',
      'M-A-1',
      'M-A-2',
      'M-A-3',
    ]);
    expect(paper.full).toBe(3 * 200 + 5 * 300);
    expect((await draw()).items).toEqual(items);
    const plan = await organiser(() => world.app.get(PaperService).get(paperId));
    expect(plan.paper.blueprint).toEqual(blueprint);
  });

  it('says what is missing where the bank has not got the materials', async () => {
    const [, section] = blueprint.sections;
    const plan = { kind: 'draw' as const, blueprint: { sections: [{ ...section!, count: 2, questionsEach: 3 }] } };
    await expect(organiser(() => world.app.get(PaperService).preview(plan))).rejects.toMatchObject({
      code: 'exam.paper.too-few-materials',
      facts: { section: '二、材料题', type: '材料题（材料检查；每篇 3 题）', wanted: 2, found: 1, missing: 1 },
    });
  });

  it.each(['A', 'B'] as const)(
    'prints each material once on paper %s, with the places of its questions',
    async (variant) => {
      const { bytes } = await file({ format: 'docx', variant });
      keep(`material-${variant}.docx`, bytes);
      const lines = wordOf(bytes).split('\n');
      expect(lines.filter((line) => Object.values(texts).includes(line))).toHaveLength(2);
      expect(lines.find((line) => line.startsWith('二、'))).toBe(
        '二、材料题（2 篇材料，共 5 题，每题 3 分，共 15 分）',
      );
      const heads = lines.filter((line) => line.startsWith('阅读材料'));
      expect(heads).toHaveLength(2);
      for (const head of heads) {
        const [, first, last, code] = /回答第 (\d)–(\d) 题　(M-.)的情况/u.exec(head)!;
        expect(Number(last) - Number(first)).toBe(code === 'M-A' ? 2 : 1);
      }
      const key = wordOf((await file({ kind: 'key', format: 'docx', variant })).bytes);
      expect(key.match(/材料题第 \d–\d 题　M-.的情况/gu)).toHaveLength(2);
      expect(key).not.toContain(texts['M-A']);
      keep(`material-${variant}.pdf`, (await file({ variant })).bytes);
      keep(`material-key-${variant}.pdf`, (await file({ kind: 'key', variant })).bytes);
      keep(`material-sheet-${variant}.pdf`, (await file({ kind: 'sheet', variant })).bytes);
    },
  );

  it('stays in order on every member’s own paper', async () => {
    world.rosters.people = ['anna', 'bert', 'carl', 'dora'].map((name) => person(name));
    await organiser(() => world.app.get(ExamRunService).publish(examId));
    database.clock.advance(minute);
    for (const name of ['anna', 'bert', 'carl', 'dora']) {
      const view = await world.as(name, () => world.app.get(AttemptService).start(examId, `w-${name}`));
      const codeOf = new Map(view.paper.items.map((item) => [item.number, item.code]));
      const codes = view.attempt.layout.map(({ number }) => codeOf.get(number)!).slice(3);
      const at = codes.indexOf('M-A-1');
      expect(codes.slice(at, at + 3)).toEqual(['M-A-1', 'M-A-2', 'M-A-3']);
      expect(codes.indexOf('M-B-2')).toBe(codes.indexOf('M-B-1') + 1);
    }
  });
});
