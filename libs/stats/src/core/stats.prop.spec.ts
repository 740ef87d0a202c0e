import { civilDate } from '@xuekao/kernel';
import fc from 'fast-check';
import { anItem, aSession, attending, bureauFacts, bureauMembers, bureauUnits } from '../testing/index.js';
import { areaOf } from './area.js';
import type { YearFacts } from './facts.js';
import { figureOf, overviewOf } from './figures.js';
import { defaultThresholds, type Question } from './question.js';
import { recordsOf } from './records.js';
import { quarterSpan, yearSpan, type Span } from './span.js';
import { studyRows } from './study-rows.js';

const ask = (facts: YearFacts, unit = 'group', span: Span = yearSpan(2017)): Question => ({
  facts,
  area: areaOf(facts, unit, span),
  thresholds: defaultThresholds,
});

const outcomes = fc.constantFrom('present' as const, 'leave' as const, 'absent' as const);
const meetings = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    owner: fc.constantFrom('branch-1', 'branch-2', 'general'),
    people: fc.array(
      fc.record({
        index: fc.integer({ min: 0, max: 65 }),
        unit: fc.constantFrom('branch-1', 'branch-2', 'branch-3'),
        outcome: outcomes,
        madeUp: fc.boolean(),
        exempt: fc.boolean(),
      }),
      { maxLength: 20 },
    ),
  }),
  { maxLength: 8 },
);

/** Facts with arbitrary sessions; each person is on a session's roster once. */
const factsOf = (drawn: typeof meetings extends fc.Arbitrary<infer T> ? T : never): YearFacts => {
  const held = drawn.map(({ day, month, owner, people }, index) => {
    const date = `2017-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const session = aSession(`s-${index}`, owner, date, [anItem('party-day')]);
    const once = [...new Map(people.map((person) => [person.index, person])).values()];
    return {
      session,
      rows: once.flatMap(({ index: at, unit, outcome, madeUp, exempt }) =>
        attending(session, [{ ...bureauMembers[at]!, unitId: unit }], outcome, {
          madeUp,
          exemption: exempt ? 'abroad-half-year' : null,
        }),
      ),
    };
  });
  return bureauFacts({ sessions: held.map((h) => h.session), attendance: held.flatMap((h) => h.rows) });
};

describe('laws of the figures', () => {
  it('no rate exceeds one', () => {
    fc.assert(
      fc.property(meetings, fc.constantFrom('group', 'general', 'branch-1'), (drawn, unit) => {
        for (const { numerator, denominator } of overviewOf(ask(factsOf(drawn), unit)).rates)
          expect(numerator.value).toBeLessThanOrEqual(denominator.value);
      }),
      { numRuns: 40 },
    );
  });

  it('应到 is 实到 plus 请假 plus 缺席', () => {
    fc.assert(
      fc.property(meetings, (drawn) => {
        const question = ask(factsOf(drawn));
        const value = (key: 'due' | 'present' | 'leave' | 'absent'): number =>
          figureOf(`attendance-${key}`, question).value;
        expect(value('due')).toBe(value('present') + value('leave') + value('absent'));
      }),
    );
  });

  it('人次 of the branches add up, 人数 of the whole count each person once', () => {
    fc.assert(
      fc.property(meetings, (drawn) => {
        const facts = factsOf(drawn);
        const of = (key: 'attendance-present' | 'attendance-persons', unit: string): number =>
          figureOf(key, ask(facts, unit)).value;
        const branches = ['branch-1', 'branch-2', 'branch-3'];
        const times = branches.reduce((sum, branch) => sum + of('attendance-present', branch), 0);
        expect(of('attendance-present', 'group')).toBe(times);
        const persons = new Set(recordsOf['attendance-persons'](ask(facts)).map((row) => row.memberId)).size;
        expect(of('attendance-persons', 'group')).toBe(persons);
        expect(persons).toBeLessThanOrEqual(times);
        const rows = studyRows(ask(facts));
        const due = rows.slice(0, -1).reduce((sum, row) => sum + row.attendance.denominator.value, 0);
        expect(rows.at(-1)!.attendance.denominator.value).toBe(due);
      }),
      { numRuns: 40 },
    );
  });

  it('a figure equals the records it opens to', () => {
    fc.assert(
      fc.property(meetings, (drawn) => {
        const question = ask(factsOf(drawn));
        for (const figure of overviewOf(question).figures) {
          const rows = recordsOf[figure.key as keyof typeof recordsOf](question);
          const persons = new Set(rows.map((row) => row.memberId)).size;
          const sum = rows.reduce((total, row) => total + row.amount, 0);
          expect(figure.value).toBe(figure.unit === 'hours' ? sum : figure.unit === 'persons' ? persons : rows.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a later move changes no earlier quarter', () => {
    fc.assert(
      fc.property(meetings, fc.integer({ min: 0, max: 65 }), (drawn, index) => {
        const facts = factsOf(drawn);
        const mover = bureauMembers[index]!;
        const memberships = facts.memberships.flatMap((row) =>
          row.memberId === mover.memberId
            ? [
                { ...row, to: civilDate('2017-07-01') },
                { ...row, unitId: 'branch-3', from: civilDate('2017-07-01') },
              ]
            : [row],
        );
        for (const unit of bureauUnits.filter((each) => each.kind === 'branch'))
          for (const quarter of [1, 2]) {
            const before = overviewOf(ask(facts, unit.id, quarterSpan(2017, quarter)));
            const after = overviewOf(ask({ ...facts, memberships }, unit.id, quarterSpan(2017, quarter)));
            expect(after).toEqual(before);
          }
      }),
      { numRuns: 10 },
    );
  });
});
