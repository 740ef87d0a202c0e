import fc from 'fast-check';
import { permissions, roles, type Permission, type RoleName } from '@xuekao/contracts';
import { addDays, civilDate } from '@xuekao/kernel';
import { forestOf } from '../testing/index.js';
import { holdsOn } from './period.js';
import { permits, refusalOfGrant, roleOf, scopeOf, type HeldRole } from './roles.js';
import { lineOf, subtreeIds } from './units.js';

const start = civilDate('2017-01-01');
const roleNames = Object.keys(roles) as RoleName[];
const forest = fc.array(fc.nat(40), { minLength: 1, maxLength: 40 }).map((picks) => forestOf(picks));
const held = fc.record({
  role: fc.constantFrom(...roleNames),
  unitId: fc.nat(60).map((n) => `u${n}`),
  from: fc.nat(60).map((n) => addDays(start, n)),
  length: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
});
const roleRows = fc
  .array(held, { maxLength: 8 })
  .map((rows) =>
    rows.map(({ length, ...row }): HeldRole => ({ ...row, to: length === null ? null : addDays(row.from, length) })),
  );
const permission = fc.constantFrom(...(Object.keys(permissions) as Permission[]));

describe('the scope of dated roles', () => {
  it('is exactly the units whose line upwards meets a unit where the permission is held that day', () => {
    fc.assert(
      fc.property(forest, roleRows, permission, fc.nat(130), (units, rows, name, offset) => {
        const date = addDays(start, offset);
        const scope = scopeOf(rows, units, name, date);
        const granting = rows.filter((row) => holdsOn(row, date) && permits(row.role, name)).map((row) => row.unitId);
        for (const unit of units) {
          expect(scope.has(unit.id)).toBe(lineOf(units, unit.id).some((id) => granting.includes(id)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never implies a superior by its children, even by all of them', () => {
    fc.assert(
      fc.property(forest, permission, (units, name) => {
        const children = units.filter((unit) => unit.parentId === 'u0');
        const rows = children.map((unit): HeldRole => ({
          role: 'general-branch-secretary',
          unitId: unit.id,
          from: start,
          to: null,
        }));
        expect(scopeOf(rows, units, name, start).has('u0')).toBe(false);
      }),
    );
  });

  it('ends with the role and gives nothing for a unit that is unknown', () => {
    const units = forestOf([0, 0]);
    const row: HeldRole = { role: 'branch-secretary', unitId: 'u0', from: start, to: addDays(start, 10) };
    expect(scopeOf([row], units, 'org.read', addDays(start, 9)).size).toBe(2);
    expect(scopeOf([row], units, 'org.read', addDays(start, 10)).size).toBe(0);
    expect(scopeOf([{ ...row, unitId: 'nowhere' }], units, 'org.read', start).size).toBe(0);
  });
});

describe('三员', () => {
  it('hold no other administration and no business role on any common day, whatever is granted', () => {
    fc.assert(
      fc.property(roleRows, fc.nat(130), (rows, offset) => {
        const granted: HeldRole[] = [];
        for (const row of rows) if (refusalOfGrant(granted, row) === null) granted.push(row);
        const date = addDays(start, offset);
        const posts = new Set(granted.filter((row) => holdsOn(row, date)).map((row) => roleOf(row.role).administrator));
        expect(posts.size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('name what stands in the way, and may follow one after the other', () => {
    const until = addDays(start, 30);
    const system: HeldRole = { role: 'system-admin', unitId: 'u0', from: start, to: until };
    const audit: HeldRole = { role: 'audit-admin', unitId: 'u0', from: start, to: null };
    expect(refusalOfGrant([system], audit)).toMatchObject({
      code: 'org.role.administrators-exclude',
      facts: { held: '系统管理员' },
    });
    expect(refusalOfGrant([system], { ...audit, role: 'branch-secretary' })).not.toBeNull();
    expect(refusalOfGrant([system], { ...audit, from: until })).toBeNull();
    expect(refusalOfGrant([system], { ...system, unitId: 'u1' })).toBeNull();
    expect(refusalOfGrant([system], system)).toMatchObject({ code: 'org.role.already-held' });
    expect(refusalOfGrant([], { ...audit, to: start })).toMatchObject({ code: 'org.role.period-empty' });
  });

  it('see no study, exam or report data', () => {
    const administrators = roleNames.filter((name) => roleOf(name).administrator !== undefined);
    expect(administrators).toHaveLength(3);
    for (const name of administrators) {
      for (const business of ['exam.read', 'session.read', 'stats.read', 'report.read', 'bank.read'] as const) {
        expect(permits(name, business)).toBe(false);
      }
    }
  });
});

describe('subtrees', () => {
  it('of all roots are everything, and of a unit have it as their highest', () => {
    fc.assert(
      fc.property(forest, fc.nat(39), (units, pick) => {
        const roots = units.filter((unit) => unit.parentId === null).map((unit) => unit.id);
        expect(subtreeIds(units, roots).size).toBe(units.length);
        const root = units[pick % units.length]!;
        for (const id of subtreeIds(units, [root.id])) expect(lineOf(units, id)).toContain(root.id);
      }),
    );
  });
});
