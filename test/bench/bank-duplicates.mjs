// npm run bench:bank: the duplicate check of an import, beside a plain lookup by hash and a comparison with every question.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './typescript.mjs';

const { openDatabase } = await import('@xuekao/database');
const { seededRng } = await import('@xuekao/kernel');
const { bankContent2017, bankEntities, questionFrom, QuestionSimilarity } = await import('@xuekao/bank');
const { compareQuestions, fingerprintOf } = await import('../../libs/bank/src/core/index.ts');
const { newQuestionRows, stemHashOf } = await import('../../libs/bank/src/question-rows.ts');
const { QuestionStore } = await import('../../libs/bank/src/question.store.ts');
const { PictureStore } = await import('../../libs/bank/src/picture.store.ts');
const { SimilarityStore } = await import('../../libs/bank/src/similarity.store.ts');

const quick = process.argv.includes('--quick');
const bankSize = 20_000;
const batchSize = 500;
const rng = seededRng('questions of a bench');
const pick = (items) => items[rng.int(items.length)];
const half = (text, end) =>
  end ? text.slice(Math.floor(text.length / 2)) : text.slice(0, Math.floor(text.length / 2));

/** Stems and options of the shipped questions in new combinations: the words of the field, and no two alike by design. */
function madeUp(code) {
  const content = pick(bankContent2017);
  const stem = half(pick(bankContent2017).stem, false) + half(content.stem, true).replaceAll('____', '');
  const type = content.type === 'blank' ? 'true-false' : content.type;
  const answer = content.type === 'blank' ? true : content.answer;
  return questionFrom({ ...content, code, type, answer, stem, source: content.source });
}
const questions = [];
while (questions.length < bankSize) {
  const made = madeUp(`b${questions.length}`);
  if ('body' in made) questions.push(made);
}
/** Half new, half retyped from the bank. */
const batch = Array.from({ length: batchSize }, (_, at) => {
  const given = at % 2 === 0 ? madeUp(`n${at}`) : pick(questions);
  const { body, key } = 'body' in given ? given : pick(questions);
  return { body: { ...body, stem: body.stem.replace('下列', '以下').replace('，', ',') }, key };
});

const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-'));
const opened = await openDatabase({ file: join(folder, 'bank.db'), entities: bankEntities });
const took = async (work) => {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
};
try {
  const store = new QuestionStore(opened.uow, new PictureStore(opened.uow));
  await opened.uow.run(async () => {
    const rows = questions.map((question) =>
      newQuestionRows(question, { authorId: null, state: 'published' }, Date.now()),
    );
    await store.add(
      rows.map((each) => each.row),
      rows.map((each) => each.version),
    );
  });
  const similarity = new QuestionSimilarity(new SimilarityStore(opened.uow), store);
  const cold = await took(() => similarity.check(batch));
  const warm = await took(() => similarity.check(batch));
  const hashes = await took(() => store.byStemHashes(batch.map(({ body }) => stemHashOf(body))));
  const prints = questions.map(({ body, key }) => fingerprintOf(body, key));
  const sample = quick ? 2 : 10;
  const naive = await took(() => {
    for (const { body, key } of batch.slice(0, sample)) {
      const print = fingerprintOf(body, key);
      for (const other of prints) compareQuestions(print, other);
    }
  });
  const naiveMs = (naive.ms / sample) * batchSize;
  const retyped = cold.value.filter((findings, at) => at % 2 === 1 && findings.length > 0).length;
  const checks = [
    { name: `check of ${batchSize} rows, index read anew`, value: cold.ms, limit: 5000, unit: 'ms', floor: hashes.ms },
    { name: `check of ${batchSize} rows, index in memory`, value: warm.ms, limit: 5000, unit: 'ms', floor: hashes.ms },
    { name: 'retyped questions found', value: (100 * retyped) / (batchSize / 2), limit: 95, unit: '%', floor: null },
  ].map((check) => ({
    ...check,
    value: Math.round(check.value),
    floor: check.floor === null ? null : Math.round(check.floor),
    ok: check.unit === '%' ? check.value >= check.limit : check.value <= check.limit,
  }));
  for (const { name, value, unit, limit } of checks) {
    process.stdout.write(`${name.padEnd(36)} ${String(value).padStart(7)} ${unit}   limit ${limit}\n`);
  }
  process.stdout.write(
    `beside it: exact stems by hash ${hashes.ms.toFixed(0)} ms; each with all ${bankSize} (from ${sample} rows) ${naiveMs.toFixed(0)} ms\n`,
  );
  process.stdout.write(`${JSON.stringify({ bench: 'bank-duplicates', checks })}\n`);
  if (checks.some((check) => !check.ok)) process.exitCode = 1;
} finally {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}
