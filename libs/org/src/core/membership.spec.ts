import { civilDate } from '@xuekao/kernel';
import { aMembership, aUnit } from '../testing/index.js';
import {
  afterPlan,
  membershipOn,
  planAddition,
  planJoin,
  planTransfer,
  planWithdrawal,
  type MembershipPlan,
} from './membership.js';
import { decideStart, isInTransit, refusalOfEnding, type Transfer } from './transfer.js';

const first = aUnit({ id: 'first' });
const second = aUnit({ id: 'second' });
const group = aUnit({ id: 'group', kind: 'party-small-group', parentId: 'first' });
const core = aUnit({ id: 'core', kind: 'study-group' });
const june = civilDate('2017-06-12');
const history = [aMembership({ id: 'old', memberId: 'm', unitId: 'first' })];

describe('a transfer', () => {
  it('stays in the old unit up to the day before acceptance and is in the new one from that day', () => {
    const plan = planTransfer(history, { id: 'new', toUnit: second, acceptedOn: june, leftBehind: new Set() });
    const after = afterPlan(history, plan as MembershipPlan);
    expect(membershipOn(after, 'party', civilDate('2017-06-11'))?.unitId).toBe('first');
    expect(membershipOn(after, 'party', june)?.unitId).toBe('second');
    expect(after).toHaveLength(2);
  });

  it('ends the small group of the old branch and keeps the seat in the 中心组', () => {
    const seats = ['group', 'core'].map((unitId) =>
      aMembership({ id: unitId, memberId: 'm', unitId, standing: 'additional', type: null }),
    );
    const plan = planTransfer([...history, ...seats], {
      id: 'new',
      toUnit: second,
      acceptedOn: june,
      leftBehind: new Set(['first', 'group']),
    });
    expect((plan as MembershipPlan).close.map((row) => row.id)).toEqual(['old', 'group']);
  });

  it('is refused into a closed unit, into a group, and before the current place began', () => {
    const closed = aUnit({ id: 'closed', to: civilDate('2017-01-01') });
    const accept = (toUnit = second, acceptedOn = june) =>
      planTransfer(history, { id: 'n', toUnit, acceptedOn, leftBehind: new Set() });
    expect(accept(closed)).toMatchObject({ code: 'org.unit.closed' });
    expect(accept(core)).toMatchObject({ code: 'org.membership.kind-not-primary' });
    expect(accept(first)).toMatchObject({ code: 'org.transfer.same-unit' });
    expect(accept(second, civilDate('2015-01-01'))).toMatchObject({ code: 'org.membership.before-current' });
  });

  it('starts once, from the open place, and not in the future', () => {
    const command = { tree: 'party', toUnitId: 'second', startedOn: june, today: june } as const;
    expect(decideStart(history, [], command)).toMatchObject({ id: 'old' });
    expect(decideStart(history, [{ tree: 'party', startedOn: june }], command)).toMatchObject({
      code: 'org.transfer.already-started',
    });
    expect(decideStart(history, [{ tree: 'department', startedOn: june }], command)).toMatchObject({ id: 'old' });
    expect(decideStart([], [], command)).toMatchObject({ code: 'org.membership.none-open' });
    expect(decideStart(history, [], { ...command, today: civilDate('2017-06-11') })).toMatchObject({
      code: 'org.transfer.future',
    });
  });

  it('ends between its start and today, once', () => {
    const transfer: Transfer = {
      id: 't',
      memberId: 'm',
      tree: 'party',
      fromUnitId: 'first',
      toUnitId: 'second',
      state: 'started',
      startedOn: june,
      endedOn: null,
    };
    const today = civilDate('2017-07-01');
    expect(refusalOfEnding(transfer, today, today)).toBeNull();
    expect(refusalOfEnding(transfer, civilDate('2017-06-11'), today)).toMatchObject({
      code: 'org.transfer.before-start',
    });
    expect(refusalOfEnding(transfer, civilDate('2017-07-02'), today)).toMatchObject({ code: 'org.transfer.future' });
    expect(refusalOfEnding({ ...transfer, state: 'accepted' }, today, today)).toMatchObject({
      code: 'org.transfer.not-open',
      facts: { state: '已接收' },
    });
    expect(isInTransit({ startedOn: june, endedOn: today }, today)).toBe(false);
    expect(isInTransit({ startedOn: june, endedOn: null }, june)).toBe(true);
  });
});

describe('additional places', () => {
  it('stand besides the branch, once per group', () => {
    const joined = planAddition(history, { id: 'g', memberId: 'm', unit: group, on: june }) as MembershipPlan;
    const after = afterPlan(history, joined);
    expect(membershipOn(after, 'party', june)?.unitId).toBe('first');
    expect(planAddition(after, { id: 'h', memberId: 'm', unit: group, on: june })).toMatchObject({
      code: 'org.membership.already-in',
    });
    expect(planAddition(after, { id: 'h', memberId: 'm', unit: second, on: june })).toMatchObject({
      code: 'org.membership.kind-not-additional',
    });
    expect(planWithdrawal(after, 'group', civilDate('2017-08-01'))).toMatchObject({ close: [{ id: 'g' }] });
    expect(planWithdrawal(after, 'core', june)).toMatchObject({ code: 'org.membership.not-in' });
  });

  it('do not stand in for a first place', () => {
    expect(planJoin([], { id: 'x', memberId: 'm', unit: group, type: 'full', on: june })).toMatchObject({
      code: 'org.membership.kind-not-primary',
    });
    expect(planJoin(history, { id: 'x', memberId: 'm', unit: second, type: 'full', on: june })).toMatchObject({
      code: 'org.membership.overlaps',
    });
  });
});
