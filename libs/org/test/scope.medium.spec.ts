import fc from 'fast-check';
import { onEveryDatabase } from '@xuekao/database/testing';
import { civilDate } from '@xuekao/kernel';
import { Access } from '@xuekao/platform';
import {
  MemberQuery,
  RoleService,
  RosterFileService,
  RosterService,
  subtreeIds,
  UnitService,
  type UnitEntity,
} from '../src/index.js';
import { readSheet } from '../src/roster-sheet.js';
import { entities, TestBureau } from './org.fixture.js';

const today = civilDate('2017-11-22');

onEveryDatabase('scope over random trees', entities, (database) => {
  let bureau: TestBureau;
  const units: Pick<UnitEntity, 'id' | 'parentId'>[] = [];
  const homes = new Map<string, string>();

  beforeAll(async () => {
    bureau = await TestBureau.open(database);
    const rng = fc.sample(fc.nat(1_000_000), { numRuns: 400, seed: 42 });
    let next = 0;
    const draw = (below: number): number => rng[next++ % rng.length]! % below;
    units.push({ id: bureau.founded.partyUnitId, parentId: null });
    for (let n = 0; n < 30; n++) {
      const parentId = units[draw(units.length)]!.id;
      units.push(await bureau.unit(`支部${n}`, { parentId }));
    }
    for (let n = 0; n < 60; n++) {
      const unitId = units[1 + draw(units.length - 1)]!.id;
      const { id } = await bureau.member(`P${String(n).padStart(3, '0')}`, { partyUnitId: unitId });
      homes.set(id, unitId);
    }
  }, 120_000);
  afterAll(() => bureau.module.close());

  /** Everything a person may read lies in the subtrees of his own roles; and all of it is there. */
  async function seenBy(memberId: string, granted: readonly string[]): Promise<void> {
    const reach = subtreeIds(units, granted);
    const own = [...homes].filter(([, unitId]) => reach.has(unitId)).map(([id]) => id);
    const { module } = bureau;
    await bureau.as(memberId, async () => {
      const scope = await module.get(Access).scope('org.read');
      expect(new Set(scope.unitIds)).toEqual(new Set(reach));
      const listed = await module.get(MemberQuery).list({ limit: 200 });
      expect(new Set(listed.items.map((row) => row.id))).toEqual(new Set(own));
      expect(listed.total).toBe(own.length);
      const sheet = await readSheet(await module.get(RosterFileService).export({}));
      expect(sheet.rows).toHaveLength(own.length + 1);
      const shown = await module.get(UnitService).list();
      expect(new Set(shown.map((unit) => unit.id))).toEqual(new Set(reach));
      expect(shown.every((unit) => unit.parentId === null || reach.has(unit.parentId))).toBe(true);
      const roster = await module.get(RosterService).rosterOn(granted, today);
      expect(new Set(roster.map((entry) => entry.memberId))).toEqual(new Set(own));
      for (const role of await module.get(RoleService).list()) expect(reach.has(role.unitId)).toBe(true);
      const outside = [...homes].find(([, unitId]) => !reach.has(unitId));
      if (outside) {
        await expect(module.get(MemberQuery).get(outside[0])).rejects.toMatchObject({ code: 'resource.not-found' });
        await expect(module.get(UnitService).get(outside[1])).rejects.toMatchObject({ code: 'resource.not-found' });
        const asked = module.get(MemberQuery).list({ unitId: outside[1], limit: 10 });
        await expect(asked).rejects.toMatchObject({ code: 'resource.not-found' });
      }
    });
  }

  it('shows no row outside the subtrees of the roles held, and every row inside', async () => {
    const picks = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 0, maxLength: 4 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(picks, async (choice) => {
        const { id } = await bureau.member(`R${String(run++).padStart(3, '0')}`, {
          departmentUnitId: bureau.founded.bureauUnitId,
        });
        const granted = choice.map((n) => units[n]!.id);
        for (const unitId of granted) await bureau.role(id, 'branch-secretary', unitId);
        await seenBy(id, granted);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 240_000);

  it('pages through the whole list without a gap or a double', async () => {
    const { id } = await bureau.member('PAGER', { departmentUnitId: bureau.founded.bureauUnitId });
    await bureau.role(id, 'party-affairs-officer', bureau.founded.partyUnitId);
    await bureau.as(id, async () => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await bureau.module.get(MemberQuery).list({ limit: 7, ...(cursor ? { cursor } : {}) });
        expect(page.total).toBe(60);
        seen.push(...page.items.map((row) => row.staffNumber));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toHaveLength(60);
      expect(seen).toEqual(seen.toSorted());
      const found = await bureau.module.get(MemberQuery).list({ limit: 10, q: 'ｐ00' });
      expect(found.total).toBe(10);
      const none = await bureau.module.get(MemberQuery).list({ limit: 10, q: '%' });
      expect(none.total).toBe(0);
    });
  });

  it('gives nothing to an account without a member, or without a role', async () => {
    for (const memberId of [null, [...homes.keys()][0]!]) {
      await bureau.as(memberId, async () => {
        expect((await bureau.module.get(Access).scope('org.read')).unitIds.size).toBe(0);
        expect((await bureau.module.get(MemberQuery).list({ limit: 10 })).total).toBe(0);
        expect(await bureau.module.get(UnitService).list()).toEqual([]);
        expect(await bureau.module.get(Access).holds('exam.sit')).toBe(memberId !== null);
        expect(await bureau.module.get(Access).holds('exam.manage')).toBe(false);
      });
    }
  });
});
