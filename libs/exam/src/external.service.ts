import { Injectable } from '@nestjs/common';
import type { ExamLevel, Page, Permission } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { hundredths, instantAt, isId, newId, parseCivilDate, periodOf } from '@xuekao/kernel';
import type { CivilDate } from '@xuekao/kernel';
import { Access, AppClock, AppConfig, Outbox, currentActor, decodeCursor, toPage } from '@xuekao/platform';
import { readResults, termsRefusal } from './core/index.js';
import type { ReadLine } from './core/index.js';
import { ExamRosters } from './exam-rosters.js';
import { ExamRefused, allowed, decided, found } from './exam.errors.js';
import { usualExcellentLine, usualPassLine } from './exam.service.js';
import { faultsOf } from './external.faults.js';
import type { ExternalExamRow, ExternalResultRow } from './external.entity.js';
import { ExternalStore } from './external.store.js';
import { readResultSheet, resultTemplate } from './external.xlsx.js';
import type { ResultSheet } from './external.xlsx.js';

export interface ExternalExamInput {
  readonly title: string;
  readonly level: ExamLevel;
  readonly heldOn: CivilDate;
  readonly unitId: string;
  /** Hundredths; 100 marks when absent. */
  readonly full?: number;
  /** On the scale of 100, in hundredths. */
  readonly passLine?: number;
  readonly excellentLine?: number;
}

export interface ResultPreview {
  readonly sheet: ResultSheet;
  readonly lines: readonly ReadLine[];
  readonly good: number;
  readonly bad: number;
}

export type ImportMode = 'good-only' | 'all-or-nothing';

const byName = new Intl.Collator('zh', { numeric: true });

/** Exams held by the centre, the province or the city: a record, a roster of that day and an imported list. */
@Injectable()
export class ExternalExamService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ExternalStore,
    private readonly rosters: ExamRosters,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly outbox: Outbox,
  ) {}

  /** The roster of the day is frozen with the record; everybody is 缺考 until the list says otherwise. */
  async create(input: ExternalExamInput): Promise<ExternalExamRow> {
    return this.uow.run(async () => {
      await this.access.require('exam.import', input.unitId);
      const full = input.full ?? 10_000;
      if (full <= 0) throw new ExamRefused('exam.external.full-marks-invalid');
      const passLine = input.passLine ?? usualPassLine;
      const excellentLine = input.excellentLine ?? Math.max(passLine, usualExcellentLine);
      allowed(termsRefusal({ opensAt: 0, closesAt: 1, limitMinutes: 1, graceMs: 0, passLine, excellentLine }));
      const people = await this.rosters.dueIn(input.unitId, input.heldOn);
      if (people.length === 0) throw new ExamRefused('exam.roster-empty');
      const { isoWeek, year } = periodOf(instantAt(input.heldOn, '12:00', this.config.zone), this.config.zone);
      const exam: ExternalExamRow = {
        id: newId(),
        title: input.title.trim(),
        level: input.level,
        heldOn: input.heldOn,
        unitId: input.unitId,
        full,
        passLine,
        excellentLine,
        authorId: currentActor().accountId,
        createdAt: this.clock.now(),
        importedAt: null,
        isoWeek,
        year,
        version: 1,
      };
      const blank = { status: 'absent', raw: null, score: null } as const;
      await this.store.add(
        exam,
        people.map((person) => ({ ...person, ...blank, examId: exam.id })),
      );
      await this.tell('exam.external.created', exam, { people: people.length });
      return exam;
    });
  }

  async list(query: { readonly cursor?: string; readonly limit: number }): Promise<Page<ExternalExamRow>> {
    const { unitIds } = await this.access.scope('exam.read');
    const [heldOn, id] = decodeCursor(query.cursor) ?? [];
    const isCursor = typeof heldOn === 'string' && parseCivilDate(heldOn) !== undefined;
    const after = isCursor && typeof id === 'string' && isId(id) ? ([heldOn, id] as const) : undefined;
    const { rows, total } = await this.store.page([...unitIds], query.limit, after);
    return toPage(rows, query.limit, total, (last) => [last.heldOn, last.id]);
  }

  async get(id: string): Promise<{ exam: ExternalExamRow; results: ExternalResultRow[] }> {
    const exam = await this.inScope(id, 'exam.read');
    const results = await this.store.resultsOf(id);
    results.sort((a, b) => byName.compare(a.unitName, b.unitName) || byName.compare(a.name, b.name));
    return { exam, results };
  }

  /** The list to fill in, with the people of the roster. */
  async template(id: string): Promise<{ exam: ExternalExamRow; file: Buffer }> {
    await this.inScope(id, 'exam.import');
    const { exam, results } = await this.get(id);
    return { exam, file: await resultTemplate(results) };
  }

  async preview(id: string, file: Uint8Array): Promise<ResultPreview> {
    const exam = await this.inScope(id, 'exam.import');
    const sheet = decided(await readResultSheet(file));
    const lines = readResults(sheet.lines, await this.store.resultsOf(id), hundredths(exam.full));
    const bad = lines.filter((line) => line.result === null).length;
    return { sheet, lines, bad, good: lines.length - bad };
  }

  /** Good rows only, or nothing where one row is faulty. The same list twice changes nothing. */
  async importResults(id: string, file: Uint8Array, mode: ImportMode): Promise<{ imported: number; left: number }> {
    const { sheet, lines, good, bad } = await this.preview(id, file);
    if (bad > 0 && mode === 'all-or-nothing') {
      throw new ExamRefused('exam.external.has-errors', { total: lines.length, bad }, faultsOf(sheet, lines));
    }
    await this.uow.run(async () => {
      const exam = found(await this.store.byIdForUpdate(id));
      const counts = { scored: 0, absent: 0, deferred: 0, exempt: 0 };
      for (const { result } of lines) {
        if (!result) continue;
        counts[result.status] += 1;
        await this.store.setResult(id, result);
      }
      await this.store.markImported(exam, this.clock.now());
      await this.tell('exam.external.imported', exam, { ...counts, left: bad });
    });
    return { imported: good, left: bad };
  }

  private async inScope(id: string, permission: Permission): Promise<ExternalExamRow> {
    const exam = found(await this.store.byId(id));
    await this.access.require(permission, exam.unitId);
    return exam;
  }

  private tell(type: string, exam: ExternalExamRow, payload: object): Promise<void> {
    const subject = { type, subjectType: 'external-exam', subjectId: exam.id, unitId: exam.unitId };
    const facts = { title: exam.title, level: exam.level, heldOn: exam.heldOn };
    return this.outbox.add({ ...subject, payload: { ...facts, ...payload } });
  }
}
