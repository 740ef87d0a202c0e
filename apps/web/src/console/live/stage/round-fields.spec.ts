import type { StageRound } from '@xuekao/contracts';
import {
  againFields,
  answerFields,
  buzzFields,
  type RoundField,
  stakeFields,
  turnFields,
  type Words,
} from './round-fields.js';

const words: Words = (key) => ({ [key]: key });
const fieldsOf = (round: StageRound): RoundField[] => [
  ...turnFields(round, words),
  ...answerFields(round, words),
  ...round.stakes.flatMap((_, index) => stakeFields(round, index)),
  ...buzzFields(round),
  ...againFields(round, words),
];
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
};
const rounds = [plain, buzzer, { ...plain, turns: { kind: 'tied', places: 3, count: 6 } } as const];
const same = (field: RoundField): StageRound => (field.choices ? field.put(field.value) : field.put(field.value));

describe('the fields of a round', () => {
  it('leave a round as it is where the same is put again', () => {
    for (const round of rounds) {
      const kinds = ['turns', 'again'];
      for (const field of fieldsOf(round)) if (!kinds.includes(field.label)) expect(same(field)).toEqual(round);
    }
  });

  it('show at once what was put', () => {
    for (const round of rounds) {
      for (const [at, field] of fieldsOf(round).entries()) {
        if (field.choices) continue;
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
});
