// Child of exam-regrade.mjs: fills a database with attempts and times dry runs, confirmations and the way back.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { blankMatches } from '@xuekao/bank';
import type { AnswerContent } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { ExamRunService, ExamService, RegradeDecisionService, RegradeService } from '@xuekao/exam';
import type { RegradeRequest } from '@xuekao/exam';
import { hundredths, newId, seededRng } from '@xuekao/kernel';
import { EmbeddedAdaptersModule, runAs } from '@xuekao/platform';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import { domainModules, foundation, readConfig } from '../../apps/server-modules/src/index.js';
import { actorOf, officer, playBureau } from '../../apps/server-modules/src/demo/play-bureau.js';
import { importBank } from '../../apps/server-modules/src/demo/play-exam.js';
import { grade } from '../../libs/exam/src/core/index.js';
import type { GradedQuestion } from '../../libs/exam/src/core/index.js';
import { ExamStore } from '../../libs/exam/src/exam.store.js';
import { ExamMarking } from '../../libs/exam/src/marking/exam-marking.js';

/** Leads the general branch beside the officer, so he may confirm. */
const deputy = 3;
const attempts = Number(process.argv[2] ?? 10_000);
const config = readConfig();

@Module({ imports: [...foundation(config), EmbeddedAdaptersModule, EmbeddedRoomsModule, ...domainModules] })
class BenchModule {}

const app = await NestFactory.createApplicationContext(BenchModule, { logger: ['error', 'fatal'] });
try {
  process.stdout.write(`${JSON.stringify(await measure(app))}\n`);
} finally {
  await app.close();
}

async function measure(context: INestApplicationContext) {
  const bureau = await playBureau(context);
  await importBank(context);
  const organiser = actorOf(bureau, officer);
  const unitId = bureau.branches[0]!;
  const now = Date.now();
  const section = (name: string, type: 'single' | 'multiple' | 'true-false', count: number) => ({
    name,
    type,
    count,
    marks: hundredths(100),
  });
  const sections = [section('单选', 'single', 40), section('多选', 'multiple', 40), section('判断', 'true-false', 20)];
  const examId = await runAs(organiser, async () => {
    const exams = context.get(ExamService);
    const terms = { title: '重评', unitId, level: 'own' as const, opensAt: now - 1000, closesAt: now + 3_600_000 };
    const { id } = await exams.createWithDraw({ ...terms, limitMinutes: 60, passLine: 5000 }, { sections }, 'bench');
    await context.get(ExamRunService).publish(id);
    return id;
  });
  const exam = (await context.get(ExamStore).byId(examId))!;
  const marking = context.get(ExamMarking);
  const questions = await marking.questionsOf(exam, await marking.stateOf(examId));
  await fill(context.get(UnitOfWork), examId, questions);
  await runAs(organiser, () => context.get(ExamRunService).close(examId, true));

  const regrades = context.get(RegradeService);
  const decisions = context.get(RegradeDecisionService);
  const second = actorOf(bureau, deputy);
  const times: Record<string, number> = {};
  const busy: Record<string, number> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const value = await work();
    const { user, system } = process.cpuUsage(cpu);
    times[name] = performance.now() - startedAt;
    busy[name] = (user + system) / 1000;
    return value;
  };
  const changed: Record<string, number> = {};
  const regrade = async (name: string, request: RegradeRequest): Promise<string> => {
    const run = await timed(`${name}, dry run`, () =>
      runAs(organiser, () => regrades.propose(examId, request, '测量')),
    );
    changed[name] = run.changedMarks;
    await timed(`${name}, confirmed`, () => runAs(second, () => decisions.confirm(run.id)));
    return run.id;
  };
  const wrong = questions.find((question) => question.body.type === 'single')!;
  const other = movableOptions(wrong.body).find((option) => !JSON.stringify(wrong.key).includes(`"${option.id}"`))!;
  await regrade('one key', { kind: 'key', number: wrong.number, key: { kind: 'choice', optionIds: [other.id] } });
  const last = questions.at(-1)!.number;
  await regrade('one question void', { kind: 'void', numbers: [last] });
  const rules = { exam: { multiple: { kind: 'every-decision' } } };
  const policy = await regrade('policy of 40 questions', { kind: 'policy', rules });
  const back = await timed('back again, dry run', () => runAs(organiser, () => regrades.reverse(policy, '测量')));
  changed['back again'] = back.changedMarks;
  await timed('back again, confirmed', () => runAs(second, () => decisions.confirm(back.id)));
  await timed('floor', () => floorOf(context.get(UnitOfWork), examId));
  return { attempts, questions: questions.length, times, busy, changed };
}

/** What no regrade can do without: every answer and mark read once over the bare driver, every mark written once. */
async function floorOf(uow: UnitOfWork, examId: string): Promise<void> {
  const rows = (await uow.manager.query(`SELECT id FROM exam_attempt WHERE exam_id = '${examId}' ORDER BY id`)) as {
    readonly id: string;
  }[];
  for (let start = 0; start < rows.length; start += 500) {
    const some = rows.slice(start, start + 500);
    const range = `WHERE attempt_id BETWEEN '${some[0]!.id}' AND '${some.at(-1)!.id}'`;
    await uow.manager.query(`SELECT attempt_id, number, content FROM exam_answer ${range}`);
    await uow.manager.query(`SELECT attempt_id, number, marks, full FROM exam_mark ${range}`);
  }
  await uow.run(() => uow.manager.query(`UPDATE exam_mark SET marks = marks + 1`) as Promise<void>);
}

async function fill(uow: UnitOfWork, examId: string, questions: readonly GradedQuestion[]): Promise<void> {
  const rng = seededRng('regrade');
  const now = Date.now();
  for (let start = 0; start < attempts; start += 100) {
    const rows = Array.from({ length: Math.min(100, attempts - start) }, (_, i) => one(examId, start + i));
    await uow.run(async () => {
      await insert(
        uow,
        'exam_roster',
        rows.map((row) => row.roster),
      );
      await insert(
        uow,
        'exam_attempt',
        rows.map((row) => row.attempt),
      );
      await insert(
        uow,
        'exam_answer',
        rows.flatMap((row) => row.answers),
      );
      await insert(
        uow,
        'exam_mark',
        rows.flatMap((row) => row.marks),
      );
    });
  }

  function one(exam_id: string, index: number) {
    const attempt_id = newId();
    const member_id = newId();
    const answers = new Map<number, AnswerContent>();
    for (const { number, body } of questions) {
      const options = movableOptions(body).map((option) => option.id);
      const chosen =
        body.type === 'multiple' ? options.filter(() => rng.next() < 0.6) : [options[rng.int(options.length)]!];
      answers.set(number, { kind: 'choice', optionIds: chosen });
    }
    const sheet = grade(questions, answers, blankMatches);
    const period = { local_date: '2026-01-01', iso_week: '2026-W01', year: 2026 };
    const person = { staff_number: `B${index}`, name: `考生${index}`, unit_id: null, unit_name: '', exemption: null };
    return {
      roster: { exam_id, member_id, ...person, extra_ms: 0 },
      attempt: {
        id: attempt_id,
        exam_id,
        member_id,
        number: 1,
        state: 'handed-in',
        ended_by: 'member',
        started_at: now,
        deadline_at: now,
        ended_at: now,
        writer: 'bench-writer',
        layout: '[]',
        raw: sheet.raw,
        full: sheet.full,
        score: sheet.score,
        ...period,
      },
      answers: [...answers].map(([number, content]) => ({
        attempt_id,
        number,
        content: JSON.stringify(content),
        client_seq: 1,
        saved_at: now,
        late_ms: 0,
      })),
      marks: sheet.marks.map(({ number, marks, full, source, answered }) => ({
        attempt_id,
        number,
        marks,
        full,
        source,
        is_answered: Number(answered),
      })),
    };
  }
}

async function insert(uow: UnitOfWork, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0]!);
  const quote = uow.dialect === 'mysql' ? '`' : '"';
  for (let start = 0; start < rows.length; start += 1000) {
    const some = rows.slice(start, start + 1000);
    const places = some.map(() => `(${columns.map(() => '?').join()})`).join();
    const values = some.flatMap((row) => columns.map((column) => row[column] ?? null));
    const names = columns.map((name) => `${quote}${name}${quote}`).join();
    await uow.manager.query(`INSERT INTO ${table} (${names}) VALUES ${places}`, values);
  }
}
