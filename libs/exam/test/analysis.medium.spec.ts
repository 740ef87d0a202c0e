import { newId } from '@xuekao/kernel';
import { onEveryDatabase } from '@xuekao/database/testing';
import { EventRelay, OutboxEventRow } from '@xuekao/platform';
import ExcelJS from 'exceljs';
import { AnalysisExport } from '../src/analysis/analysis-export.js';
import { AnalysisJobs } from '../src/analysis/analysis.jobs.js';
import { AnalysisService } from '../src/analysis/analysis.service.js';
import { SheetRow } from '../src/analysis/sheet.entity.js';
import { SheetKeeper } from '../src/analysis/sheet-keeper.js';
import { SheetStore } from '../src/analysis/sheet.store.js';
import { AttemptService, ExamQuery, ExamRunService, ExamService } from '../src/index.js';
import { ExamMarking } from '../src/marking/exam-marking.js';
import { PaperCache } from '../src/paper-cache.js';
import { RegradeDecisionService } from '../src/regrade/regrade-decision.service.js';
import { RegradeService } from '../src/regrade/regrade.service.js';
import { blueprint, examWorld, general, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

onEveryDatabase('the analysis of an exam', worldEntities, (database) => {
  let world: World;
  let analysis: AnalysisService;
  let examId: string;
  const people = Array.from({ length: 8 }, (_, i) => ({ id: newId(), branch: i < 5 ? 'branch-1' : 'branch-2' }));
  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);

  beforeAll(async () => {
    world = await examWorld(database);
    world.app.get(AnalysisJobs).onModuleInit();
    analysis = world.app.get(AnalysisService);
    world.rosters.people = people.map(({ id, branch }, i) => ({
      ...person(id, branch),
      staffNumber: `11010119800101${String(1000 + i)}`,
    }));
    const exams = world.app.get(ExamService);
    const run = world.app.get(ExamRunService);
    const attempts = world.app.get(AttemptService);
    const terms = world.exam({ shuffleQuestions: false, shuffleOptions: false, attempts: 2 });
    examId = (await organiser(() => exams.createWithDraw(terms, blueprint, 'analysis'))).id;
    await organiser(() => run.publish(examId));
    // The k-th person knows the first 2k places; the last one does not come.
    for (const [k, { id }] of people.slice(0, 7).entries()) {
      await world.as(id, async () => {
        const view = await attempts.start(examId, 'phone');
        await attempts.save(view.attempt.id, 'phone', await world.rightAnswers(view, 2 * k + 1));
        await attempts.handIn(view.attempt.id, 'phone');
      });
    }
  });
  afterAll(() => world.app.close());

  it('counts what each person earned at each question', async () => {
    const found = await organiser(() => analysis.of(examId, 'highest'));
    expect(found.test.attempts).toBe(7);
    expect(found.isFinal).toBe(false);
    // Everybody knows the first, six of seven the second and third, one the 12th and 13th.
    const facility = found.items.map((item) => Math.round(item.facility! * 100) / 100);
    expect(facility.slice(0, 4)).toEqual([100, 85.71, 85.71, 71.43]);
    expect([facility[11], facility[12], facility[13]]).toEqual([14.29, 14.29, 0]);
    expect(found.items[0]).toMatchObject({ discrimination: null, efficiency: null, randomGuess: 25, full: 500 });
    expect(found.items[1]!.discrimination).toBeGreaterThan(0);
    expect(found.items[0]!.choices!.options.filter((option) => option.isKey).map((option) => option.chosen)).toEqual([
      7,
    ]);
    expect(found.items[13]!.choices!.open).toBe(7);
    expect(found.units.map((unit) => [unit.unitName, unit.due, unit.scores.count])).toEqual([
      ['branch-1', 5, 5],
      ['branch-2', 3, 2],
    ]);
    expect(found.scores.bands.reduce((sum, band) => sum + band, 0)).toBe(7);
  });

  it('says the same from kept sheets, from sheets made by events, and without either', async () => {
    const first = await organiser(() => analysis.of(examId, 'highest'));
    expect(await organiser(() => analysis.of(examId, 'highest'))).toBe(first);
    expect(first).not.toHaveProperty('sheets');
    await database.uow.run(async () => {
      await database.uow.manager.createQueryBuilder().delete().from(SheetRow).execute();
    });
    await world.app.get(EventRelay).drain();
    expect(await database.uow.manager.countBy(SheetRow, { examId })).toBe(7);
    const { app } = world;
    const again = new AnalysisService(
      app.get(ExamQuery),
      app.get(SheetStore),
      app.get(SheetKeeper),
      app.get(PaperCache),
      app.get(ExamMarking),
    );
    expect(await organiser(() => again.of(examId, 'highest'))).toEqual(first);
  });

  it('shows a branch its own people alone', async () => {
    world.access.grants.set('exam.read', new Set(['branch-2']));
    const found = await organiser(() => analysis.withSheets(examId, 'highest'));
    world.access.grants.set('exam.read', new Set([general]));
    expect(found.test.attempts).toBe(2);
    expect(found.units.map((unit) => [unit.unitName, unit.due])).toEqual([['branch-2', 3]]);
    expect(found.sheets.map((sheet) => sheet.place.unitId)).toEqual(['branch-2', 'branch-2']);
  });

  it('writes a workbook that keeps every digit of a number of a person', async () => {
    const { file } = await organiser(() => world.app.get(AnalysisExport).workbook(examId, 'all'));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file as never);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['整卷', '各题', '选项', '各支部', '每人每题']);
    expect(book.getWorksheet('每人每题')!.getCell('A2').value).toBe('110101198001011000');
    expect(book.getWorksheet('各题')!.rowCount).toBe(16);
    const event = await database.uow.manager.findOneBy(OutboxEventRow, { type: 'exam.analysis.exported' });
    expect(event!.payload).toMatchObject({ attempts: 'all', sheets: 7 });
  });

  it('follows a regrade at once', async () => {
    await organiser(() => world.app.get(ExamRunService).close(examId, true));
    const before = await organiser(() => analysis.of(examId, 'highest'));
    expect(before.isFinal).toBe(true);
    const request = { kind: 'void', numbers: [2] } as const;
    const run = await organiser(() => world.app.get(RegradeService).propose(examId, request, '题目有误'));
    await world.as('second', () => world.app.get(RegradeDecisionService).confirm(run.id));
    const after = await organiser(() => analysis.of(examId, 'highest'));
    expect(after.items[1]).toMatchObject({ full: 0, facility: null, discrimination: null });
    expect(after.items[2]!.facility).toBeCloseTo(before.items[2]!.facility!, 9);
    expect(after.test.mean).toBeLessThan(before.test.mean!);
  });

  it('is not found by who may not see the exam', async () => {
    await expect(organiser(() => analysis.of(newId(), 'all'))).rejects.toMatchObject({ code: 'resource.not-found' });
    world.access.grants.set('exam.read', new Set(['elsewhere']));
    await expect(organiser(() => analysis.of(examId, 'all'))).rejects.toMatchObject({ code: 'resource.not-found' });
    world.access.grants.set('exam.read', new Set([general]));
  });
});
