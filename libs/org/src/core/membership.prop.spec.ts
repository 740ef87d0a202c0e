import fc from 'fast-check';
import type { MembershipType } from '@xuekao/contracts';
import { addDays, civilDate, isRefusal, type CivilDate } from '@xuekao/kernel';
import { aUnit } from '../testing/index.js';
import {
  afterPlan,
  membershipOn,
  planJoin,
  planLeaving,
  planTransfer,
  planTypeChange,
  type Membership,
  type MembershipPlan,
} from './membership.js';
import { holdsOn } from './period.js';
import { rosterOn } from './roster.js';

const start = civilDate('2017-01-01');
const day = (offset: number): CivilDate => addDays(start, offset);
const branches = ['a', 'b', 'c', 'd'].map((id) => aUnit({ id }));
const offices = ['x', 'y', 'z'].map((id) => aUnit({ id, tree: 'department', kind: 'department' }));
const units = [...branches, ...offices];

const place = fc.constantFrom(...units);
const step = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), unit: place, on: fc.nat(200) }),
  fc.record({ kind: fc.constant('transfer' as const), unit: place, on: fc.nat(200) }),
  fc.record({
    kind: fc.constant('type' as const),
    type: fc.constantFrom<MembershipType>('full', 'probationary', 'activist', 'suspended'),
    on: fc.nat(200),
  }),
  fc.record({ kind: fc.constant('leave' as const), on: fc.nat(200) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function planOf(history: readonly Membership[], command: Step, id: string) {
  const on = day(command.on);
  switch (command.kind) {
    case 'join':
      return planJoin(history, { id, memberId: 'm', unit: command.unit, type: 'full', on });
    case 'transfer':
      return planTransfer(history, { id, toUnit: command.unit, acceptedOn: on, leftBehind: new Set() });
    case 'type':
      return planTypeChange(history, { id, type: command.type, on });
    case 'leave':
      return planLeaving(history, on);
  }
}

function play(
  steps: readonly Step[],
  seen: (before: readonly Membership[], plan: MembershipPlan, command: Step) => void,
) {
  let history: readonly Membership[] = [];
  steps.forEach((command, index) => {
    const plan = planOf(history, command, `row${index}`);
    if (isRefusal(plan)) return;
    seen(history, plan, command);
    history = afterPlan(history, plan);
  });
  return history;
}

const rosterOf = (memberships: readonly Membership[], date: CivilDate) =>
  rosterOn(
    { units, members: [{ id: 'm', name: '甲', staffNumber: '1' }], memberships, transfers: [], exemptions: [] },
    { unitIds: units.map((unit) => unit.id), date, purpose: 'session', reach: 'subtree' },
  );

const someSteps = fc.array(step, { maxLength: 25 });

describe('membership histories', () => {
  it('have at most one place per tree on any day, whatever is tried', () => {
    fc.assert(
      fc.property(someSteps, fc.nat(220), (steps, offset) => {
        const history = play(steps, () => undefined);
        for (const tree of ['party', 'department'] as const) {
          const places = history.filter((row) => row.tree === tree && holdsOn(row, day(offset)));
          expect(places.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('never have a row that holds on no day', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        for (const row of play(steps, () => undefined)) expect(row.to === null || row.from < row.to).toBe(true);
      }),
    );
  });

  it('keep the person in exactly one place of the tree on each day across a transfer or a change of type', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        play(steps, (before, plan, command) => {
          if (command.kind !== 'transfer' && command.kind !== 'type') return;
          const tree = command.kind === 'type' ? 'party' : command.unit.tree;
          const after = afterPlan(before, plan);
          const open = before.find((row) => row.tree === tree && row.to === null)!;
          for (let date = open.from; date <= day(230); date = addDays(date, 1)) {
            expect(membershipOn(after, tree, date)).not.toBeNull();
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('never change the roster of an earlier day', () => {
    fc.assert(
      fc.property(someSteps, fc.nat(220), (steps, offset) => {
        play(steps, (before, plan, command) => {
          if (offset >= command.on) return;
          expect(rosterOf(afterPlan(before, plan), day(offset))).toEqual(rosterOf(before, day(offset)));
        });
      }),
    );
  });
});
