import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileQuestion } from '../file-question.js';
import type { ImportRow } from '../import-row.js';
import { placeText } from '../place-text.js';
import { readChineseText } from './chinese-text.js';

const folder = join(import.meta.dirname, '../../../../../test/fixtures/import');

function coreOf(question: FileQuestion): string {
  switch (question.type) {
    case 'single':
    case 'multiple':
      return `[${question.options.map(({ text, correct }) => `${correct ? '*' : ''}${text}`).join('|')}]`;
    case 'true-false':
      return question.truth ? '= 对' : '= 错';
    case 'blank':
      return `= ${question.answers.map((wordings) => wordings.join('/')).join(' ; ')}${question.orderFree ? ' 不限次序' : ''}`;
    case 'short-answer':
      return `= ${question.reference}${question.rubric.map((line) => ` +${line}`).join('')}`;
    case 'ordering':
      return `= ${question.order.join(' > ')}`;
    case 'matching':
      return `= ${question.pairs.map(({ left, right }) => `${left}⇔${right}`).join(' ; ')}${question.spareRights.map((text) => ` +${text}`).join('')}`;
  }
}

function aboutOf(question: FileQuestion): string {
  const { explanation, source, difficulty, topic, marks, code, material } = question;
  const told = {
    解析: explanation,
    出处: source,
    难度: difficulty,
    专题: topic,
    分值: marks,
    题号: code,
    材料: material?.text,
  };
  return Object.entries(told)
    .filter(([, value]) => value !== '' && value !== null && value !== undefined)
    .map(([name, value]) => ` {${name} ${value}}`)
    .join('');
}

/** A row in one line, as the corpus writes what it expects. */
function brief(row: ImportRow): string {
  const question = row.draft ? `${row.draft.type} ${row.draft.stem} ${coreOf(row.draft)}${aboutOf(row.draft)}` : '-';
  const guesses = row.guesses.map(({ reason }) => ` ?${reason}`).join('');
  const faults = row.faults.map(({ refusal }) => ` !${refusal.code}`).join('');
  return `${placeText(row.place)} ${question}${guesses}${faults}`.replace(/\n/gu, '⏎');
}

const samples = readFileSync(join(folder, 'layouts.txt'), 'utf8')
  .split(/^##### /mu)
  .slice(1)
  .map((part) => {
    const at = part.indexOf('\n');
    return { name: part.slice(0, at).trim(), text: part.slice(at + 1) };
  });

function read(text: string): string[] {
  const { rows, unread } = readChineseText(text);
  return [...rows.map(brief), ...unread.map((piece) => `${placeText(piece.place)} 未读 ${piece.text}`)];
}

const expectedFile = join(folder, 'layouts.expected.json');
// `XUEKAO_WRITE_EXPECTED=1` writes what is read now, to be looked at line by line before it is kept.
if (process.env.XUEKAO_WRITE_EXPECTED) {
  writeFileSync(
    expectedFile,
    `${JSON.stringify(Object.fromEntries(samples.map(({ name, text }) => [name, read(text)])), null, 2)}\n`,
  );
}
const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Record<string, string[]>;

describe('layouts that circulate', () => {
  it('are at least forty, each with what is expected of it', () => {
    expect(samples.length).toBeGreaterThanOrEqual(40);
    expect(samples.map(({ name }) => name)).toEqual(Object.keys(expected));
  });

  it.each(samples.map(({ name, text }) => [name, text] as const))('%s', (name, text) => {
    expect(read(text)).toEqual(expected[name]);
  });
});
