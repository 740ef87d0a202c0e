// npm run bench:analysis: statistics of 10,000 attempts at 100 questions, beside a plain read of the sheets they rest on.
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import './typescript.mjs';

const { insertRows, openDatabase } = await import('@xuekao/database');
const { newId, periodOf, seededRng } = await import('@xuekao/kernel');
const { platformEntities } = await import('@xuekao/platform');
const { bankContent2017, bankEntities, fullAnswer, questionFrom, QuestionSource } = await import('@xuekao/bank');
const { newQuestionRows } = await import('../../libs/bank/src/question-rows.ts');
const { PictureStore } = await import('../../libs/bank/src/picture.store.ts');
const { QuestionStore } = await import('../../libs/bank/src/question.store.ts');
const exam = '../../libs/exam/src';
const { examEntities } = await import('../../libs/exam/src/exam.entities.ts');
const { AnswerRow, AttemptRow, MarkRow } = await import(`${exam}/attempt.entity.ts`);
const { ExamRow, PaperItemRow, PaperRow, RosterRow } = await import(`${exam}/exam.entity.ts`);
const { AttemptStore } = await import(`${exam}/attempt.store.ts`);
const { ExamStore } = await import(`${exam}/exam.store.ts`);
const { ExamQuery } = await import(`${exam}/exam.query.ts`);
const { PaperStore } = await import(`${exam}/paper.store.ts`);
const { PaperCache } = await import(`${exam}/paper-cache.ts`);
const { MarkingStore } = await import(`${exam}/marking/marking.store.ts`);
const { ExamMarking } = await import(`${exam}/marking/exam-marking.ts`);
const { SheetStore } = await import(`${exam}/analysis/sheet.store.ts`);
const { SheetKeeper } = await import(`${exam}/analysis/sheet-keeper.ts`);
const { AnalysisService } = await import(`${exam}/analysis/analysis.service.ts`);

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const quick = process.argv.includes('--quick');
const attempts = Number(option('--attempts') ?? (quick ? 1000 : 10_000));
const questionCount = 100;
const zone = 'Asia/Shanghai';
const now = Date.now();
const rng = seededRng('analysis bench');
const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-'));
const server = option('--database');
/** A database of its own on the given server, dropped at the end. */
const scratch = `xk_bench_${process.pid}`;
async function onServer(statement) {
  const connection = await createConnection(server);
  await connection.query(statement);
  await connection.end();
}
if (server) await onServer(`CREATE DATABASE ${scratch} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
const url = server && Object.assign(new URL(server), { pathname: `/${scratch}` }).href;
const entities = [...platformEntities, ...bankEntities, ...examEntities];
const opened = await openDatabase(url ? { url, entities } : { file: join(folder, 'exam.db'), entities });
const { uow } = opened;
const took = async (work) => {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
};

async function seed() {
  const questions = bankContent2017
    .filter((content) => content.type !== 'blank')
    .map((content) => questionFrom(content))
    .filter((made) => 'body' in made)
    .slice(0, questionCount);
  const store = new QuestionStore(uow, new PictureStore(uow));
  const ids = { paper: newId(), exam: newId(), unit: newId() };
  const made = questions.map((question) => newQuestionRows(question, { authorId: null, state: 'published' }, now));
  const items = made.map(({ row, version }, index) => ({
    paperId: ids.paper,
    number: index + 1,
    section: 1,
    sectionName: '一',
    questionId: row.id,
    versionId: version.id ?? row.publishedVersionId,
    code: row.code,
    type: row.type,
    marks: 100,
  }));
  await uow.run(async () => {
    await store.add(
      made.map((each) => each.row),
      made.map((each) => each.version),
    );
    const paper = {
      id: ids.paper,
      kind: 'hand',
      seed: null,
      blueprint: null,
      full: 100 * questionCount,
      authorId: null,
    };
    await insertRows(uow, PaperRow, [{ ...paper, createdAt: now }]);
    await insertRows(uow, PaperItemRow, items);
    await insertRows(uow, ExamRow, [examRow(ids)]);
  });
  const size = 250;
  for (let from = 0; from < attempts; from += size) {
    await uow.run(async () => {
      const rows = Array.from({ length: Math.min(size, attempts - from) }, (_, i) =>
        attemptRows(ids, from + i, questions),
      );
      await insertRows(
        uow,
        RosterRow,
        rows.map((each) => each.place),
      );
      await insertRows(
        uow,
        AttemptRow,
        rows.map((each) => each.attempt),
      );
      await insertRows(
        uow,
        AnswerRow,
        rows.flatMap((each) => each.answers),
      );
      await insertRows(
        uow,
        MarkRow,
        rows.flatMap((each) => each.marks),
      );
    });
  }
  return ids;
}

function examRow({ exam: id, paper: paperId, unit: unitId }) {
  return {
    id,
    title: 'bench',
    unitId,
    level: 'own',
    paperId,
    opensAt: now,
    closesAt: now,
    limitMinutes: 60,
    extraMs: 0,
    passLine: 8000,
    excellentLine: 9000,
    attempts: 1,
    review: 'after-close',
    book: 'closed',
    rules: null,
    multiplePolicy: 'all-or-nothing',
    attemptPolicy: 'best',
    graceMs: 10_000,
    shuffleQuestions: false,
    shuffleOptions: false,
    state: 'closed',
    makeUpOf: null,
    authorId: null,
    createdAt: now,
    publishedAt: now,
    closedAt: now,
    ...periodOf(now, zone),
    version: 1,
  };
}

function attemptRows(ids, index, questions) {
  const memberId = newId();
  const id = newId();
  const skill = 0.3 + (0.7 * ((index * 7919) % 1000)) / 1000;
  const right = questions.map(() => rng.int(1000) < skill * 1000);
  const raw = right.filter(Boolean).length * 100;
  const unit = `u${index % 60}`;
  return {
    place: {
      examId: ids.exam,
      memberId,
      staffNumber: `B${index}`,
      name: `考生${index}`,
      unitId: null,
      unitName: unit,
      exemption: null,
      extraMs: 0,
    },
    attempt: {
      id,
      examId: ids.exam,
      memberId,
      number: 1,
      state: 'handed-in',
      endedBy: 'member',
      startedAt: now,
      deadlineAt: now,
      endedAt: now + index,
      writer: 'w',
      layout: [],
      raw,
      full: 100 * questionCount,
      score: raw,
      ...periodOf(now, zone),
    },
    answers: questions.map(({ key, body }, k) => ({
      attemptId: id,
      number: k + 1,
      clientSeq: 1,
      savedAt: now,
      lateMs: 0,
      content: right[k]
        ? fullAnswer(key)
        : { kind: 'choice', optionIds: [body.options[rng.int(body.options.length)].id] },
    })),
    marks: right.map((isRight, k) => ({
      attemptId: id,
      number: k + 1,
      marks: isRight ? 100 : 0,
      full: 100,
      source: 'machine',
      isAnswered: true,
    })),
  };
}

try {
  const seeded = await took(seed);
  const { exam: examId } = seeded.value;
  const access = { scope: async () => ({ unitIds: new Set(), includes: () => true }) };
  const attemptStore = new AttemptStore(uow);
  const examStore = new ExamStore(uow);
  const sheets = new SheetStore(uow);
  const markingStore = new MarkingStore(uow);
  const service = () => {
    const source = new QuestionSource(new QuestionStore(uow, new PictureStore(uow)));
    const papers = new PaperCache(new PaperStore(uow), source);
    const marking = new ExamMarking(markingStore, papers, source, attemptStore);
    const query = new ExamQuery(examStore, attemptStore, access, { now: () => now });
    const keeper = new SheetKeeper(uow, sheets, attemptStore, examStore, markingStore, papers);
    return { keeper, analysis: new AnalysisService(query, sheets, keeper, papers, marking) };
  };
  const first = service();
  const kept = await took(async () => first.keeper.complete(await examStore.byId(examId)));
  const floor = await took(() => sheets.sheets(examId));
  const cold = await took(() => service().analysis.of(examId, 'highest'));
  await first.analysis.of(examId, 'highest');
  const warm = await took(() => first.analysis.of(examId, 'highest'));
  const checks = [
    { name: `statistics of ${attempts} × ${questionCount}, cold`, value: cold.ms, limit: 2000, floor: floor.ms },
    { name: `statistics of ${attempts} × ${questionCount}, warm`, value: warm.ms, limit: 200, floor: floor.ms },
  ].map((check) => ({
    ...check,
    unit: 'ms',
    value: Math.round(check.value),
    floor: Math.round(check.floor),
    ok: check.value <= check.limit,
  }));
  console.log(`seeded in ${Math.round(seeded.ms)} ms; all sheets written anew in ${Math.round(kept.ms)} ms`);
  console.table(checks);
  console.log(JSON.stringify({ bench: 'analysis', database: url ? 'mysql' : 'sqlite', checks }));
  process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
} finally {
  await opened.close?.();
  if (server) await onServer(`DROP DATABASE ${scratch}`);
  rmSync(folder, { recursive: true, force: true });
}
