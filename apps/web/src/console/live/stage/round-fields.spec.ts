import type { StageRound } from '@xuekao/contracts';
import { readSheet, shippedSheets } from '@xuekao/live/core';
import { type RoundField, roundFields, type Words } from './round-fields.js';
import { briefText, withBrief } from './round-form.js';
import { homelessFaults } from './sheet-faults.js';
import desk from '../../../i18n/zh-CN/desk/stage.js';

const words: Words = (key) => (desk.sheets as unknown as Record<string, Record<string, string>>)[key] ?? {};
const fieldsOf = (round: StageRound): RoundField[] => roundFields(round, words);
const textAt = (label: string): unknown =>
  label.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], desk.sheets);
const stake = { right: 1000, wrong: -1000, none: 0, limitMs: 30_000 };
const plain: StageRound = {
  id: 'required',
  title: '必答题',
  turns: { kind: 'each', laps: 1, order: 'seat' },
  answer: 'floor',
  via: 'spoken',
  speaker: 'any',
  staking: 'fixed',
  stakes: [stake],
  pools: 'one',
};
const buzzer: StageRound = {
  ...plain,
  turns: { kind: 'together', count: 4 },
  answer: 'buzz',
  stakes: [stake, { ...stake, right: 2000 }],
  run: { length: 5, stopAtWrong: true },
  buzz: { openMs: 15_000, startMs: 10_000, fouls: 'V3', foulPoints: -1000 },
  again: { kind: 'rescue', chances: 1, openMs: 15_000, stake, softened: -500 },
  nobody: 'audience',
  audienceMs: 20_000,
};
const rounds = [plain, buzzer, { ...plain, turns: { kind: 'tied', places: 3, count: 6 } } as const];
const same = (field: RoundField): StageRound =>
  field.kind === 'number' ? field.put(field.value) : field.put(field.value);

describe('the fields of a round', () => {
  it('leave a round as it is where the same is put again', () => {
    for (const round of rounds) {
      for (const field of fieldsOf(round)) expect(same(field)).toEqual(round);
    }
  });

  it('show at once what was put', () => {
    for (const round of rounds) {
      for (const [at, field] of fieldsOf(round).entries()) {
        if (field.kind !== 'number') continue;
        expect(fieldsOf(field.put(7))[at]).toMatchObject({ label: field.label, value: 7 });
      }
    }
  });

  it('show only what a round has', () => {
    const labels = (round: StageRound): string[] => fieldsOf(round).map(({ label }) => label);
    for (const label of ['fouls', 'chances', 'softened']) {
      expect(labels(plain)).not.toContain(label);
      expect(labels(buzzer)).toContain(label);
    }
    expect(labels({ ...plain, turns: { kind: 'tied', places: 3, count: 4 } })).toEqual(
      expect.arrayContaining(['places', 'count']),
    );
  });

  it('take every shipped sheet through the form and give it back the same', () => {
    expect(Object.keys(shippedSheets)).toHaveLength(8);
    for (const sheet of Object.values(shippedSheets)) {
      const rounds = sheet.rounds.map((round) => {
        let filled = withBrief(round, briefText(round));
        for (let at = 0; at < fieldsOf(filled).length; at++) filled = same(fieldsOf(filled)[at]!);
        return filled;
      });
      expect({ ...sheet, rounds }).toEqual(sheet);
      expect(readSheet({ ...sheet, rounds }).faults).toEqual([]);
    }
  });

  it('have a place for the fault that any choice or number leads to', () => {
    for (const sheet of Object.values(shippedSheets)) {
      for (const [at, round] of sheet.rounds.entries()) {
        for (const changed of fieldsOf(round).flatMap(changesOf)) {
          const rounds = sheet.rounds.map((one, index) => (index === at ? changed : one));
          const { faults } = readSheet({ ...sheet, rounds });
          const lost = homelessFaults({ ...sheet, rounds }, faults, words);
          expect(lost).toEqual([]);
        }
      }
    }
  });

  it('tell a fault without a field in words', () => {
    const [sheet] = Object.values(shippedSheets);
    const fault = { path: 'rounds[0].other', message: '没有此项' };
    const round = sheet!.rounds[0]!.title;
    expect(homelessFaults(sheet!, [fault], words)).toEqual([{ round, ...fault }]);
    expect(homelessFaults(sheet!, [{ ...fault, path: 'format' }], words)[0]?.round).toBe(sheet!.name);
  });

  it('are all named, and so are their choices', () => {
    for (const round of [...rounds, ...Object.values(shippedSheets).flatMap((sheet) => sheet.rounds)]) {
      for (const field of fieldsOf(round)) {
        expect([field.label, typeof textAt(field.label)]).toEqual([field.label, 'string']);
        if (field.kind === 'pick') expect(Object.keys(field.choices)).toContain(field.value);
      }
    }
  });

  it('read points in one line, and leave them where they cannot be read', () => {
    const line = (round: StageRound) => fieldsOf(round).find(({ label }) => label === 'awards');
    const put = (text: string): StageRound => (line(plain) as { put(text: string): StageRound }).put(text);
    expect(put('30、20, 10').awards).toEqual([3000, 2000, 1000]);
    expect(put('三十').awards).toBeUndefined();
    expect(put('')).toEqual(plain);
  });
});

function changesOf(field: RoundField): StageRound[] {
  if (field.kind === 'pick') return Object.keys(field.choices).map((choice) => field.put(choice));
  if (field.kind === 'text') return ['', '-5', '3、-2、1'].map((text) => field.put(text));
  return [-1, 0, 1, 2, 3.5, 1_000_000].map((value) => field.put(value));
}
