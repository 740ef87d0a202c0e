import ExcelJS from 'exceljs';
import type { TestDatabase } from '@xuekao/database/testing';
import { onEveryDatabase } from '@xuekao/database/testing';
import { addDays, civilDate } from '@xuekao/kernel';
import { OutboxEventRow } from '@xuekao/platform';
import {
  ExemptionService,
  FoundingService,
  LeavingService,
  MemberQuery,
  MemberService,
  PlaceService,
  RoleService,
  RosterFileService,
  RosterService,
  TransferService,
  UnitService,
} from '../src/index.js';
import { entities, since, TestBureau } from './org.fixture.js';

const today = civilDate('2017-11-22');

async function xlsxOf(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('名册');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function eventsOf(database: TestDatabase, type: string): Promise<OutboxEventRow[]> {
  return database.uow.manager.find(OutboxEventRow, { where: { type }, order: { id: 'ASC' } });
}

onEveryDatabase('the organisation', entities, (database) => {
  let bureau: TestBureau;
  let first: string;
  let second: string;
  let office: string;
  let officer: string;
  let number = 0;
  const aPerson = (partyUnitId = first) => bureau.member(`M${number++}`, { partyUnitId, departmentUnitId: office });
  const service = <T>(type: new (...args: never[]) => T): T => bureau.module.get(type as never);
  const asOfficer = <T>(work: () => Promise<T>): Promise<T> => bureau.as(officer, work);

  beforeAll(async () => {
    bureau = await TestBureau.open(database);
    first = (await bureau.unit('第一党支部')).id;
    second = (await bureau.unit('第二党支部')).id;
    office = (await bureau.unit('办公室', { kind: 'department' })).id;
    officer = (await bureau.member('OFFICER', { departmentUnitId: office })).id;
    await bureau.role(officer, 'party-affairs-officer', bureau.founded.partyUnitId);
    await bureau.role(officer, 'party-affairs-officer', bureau.founded.bureauUnitId);
  }, 60_000);
  afterAll(() => bureau.module.close());

  it('has tables that agree with the entities', async () => {
    const log = await database.opened.writer.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('is founded once', async () => {
    const again = service(FoundingService).found({
      bureauName: '另一局',
      partyName: '另一党组',
      partyKind: 'party-group',
      administrator: { name: '甲', staffNumber: 'X' },
    });
    await expect(again).rejects.toMatchObject({ code: 'org.unit.root-exists' });
  });

  it('keeps a person in the old unit until the new one accepts, and changes no earlier day', async () => {
    const person = await aPerson();
    const rosters = service(RosterService);
    const before = await rosters.rosterOn([first], addDays(today, -1));
    await asOfficer(async () => {
      const draft = { memberId: person.id, tree: 'party', toUnitId: second, reason: '调动' } as const;
      const transfer = await service(TransferService).start(draft);
      await expect(service(TransferService).start(draft)).rejects.toMatchObject({
        code: 'org.transfer.already-started',
      });
      const moving = (await rosters.rosterOn([first], today)).find((entry) => entry.memberId === person.id);
      expect(moving).toMatchObject({ inTransit: true, due: true });
      const leaving = service(LeavingService).leave(person.id, undefined, '转出');
      await expect(leaving).rejects.toMatchObject({ code: 'org.membership.in-transit' });
      await service(TransferService).accept(transfer.id);
      await expect(service(TransferService).accept(transfer.id)).rejects.toMatchObject({
        code: 'org.transfer.not-open',
      });
    });
    expect(await rosters.rosterOn([first], addDays(today, -1))).toEqual(before);
    expect((await rosters.rosterOn([first], today)).some((entry) => entry.memberId === person.id)).toBe(false);
    expect((await rosters.rosterOn([second], today)).find((entry) => entry.memberId === person.id)).toMatchObject({
      inTransit: false,
      departmentUnitId: office,
    });
    const told = await eventsOf(database, 'org.transfer.accepted');
    expect(told.at(-1)).toMatchObject({ unitId: second, actorMemberId: officer });
  });

  it('lets two acceptances at once move a person once', async () => {
    const person = await aPerson();
    await asOfficer(async () => {
      const draft = { memberId: person.id, tree: 'party', toUnitId: second, reason: '调动' } as const;
      const { id } = await service(TransferService).start(draft);
      const results = await Promise.allSettled([1, 2, 3].map(() => service(TransferService).accept(id)));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const file = await service(MemberQuery).get(person.id);
      expect(file.places.filter((place) => place.tree === 'party')).toHaveLength(2);
    });
  });

  it('cancels a transfer back to the old unit', async () => {
    const person = await aPerson();
    await asOfficer(async () => {
      const draft = { memberId: person.id, tree: 'party', toUnitId: second, reason: '调动' } as const;
      const { id } = await service(TransferService).start(draft);
      await service(TransferService).cancel(id, '未报到');
      expect(await service(MemberQuery).get(person.id)).toMatchObject({ partyUnitId: first, inTransit: false });
      expect((await service(TransferService).list({ limit: 10 })).items[0]).toMatchObject({ id, state: 'cancelled' });
    });
  });

  it('keeps types, groups and leaving as dated rows', async () => {
    const group = await bureau.unit('一组', { kind: 'party-small-group', parentId: first });
    const person = await aPerson();
    await asOfficer(async () => {
      const places = service(PlaceService);
      await places.changeType(person.id, 'suspended', civilDate('2017-06-01'), '处分');
      await places.joinGroup(person.id, group.id, civilDate('2016-01-01'));
      await expect(places.joinGroup(person.id, group.id, today)).rejects.toMatchObject({
        code: 'org.membership.already-in',
      });
      const on = async (date: string) =>
        (await service(RosterService).rosterOn([group.id], civilDate(date))).map((entry) => entry.membershipType);
      expect(await on('2015-12-31')).toEqual([]);
      expect(await on('2017-05-31')).toEqual(['full']);
      expect(await on('2017-06-01')).toEqual(['suspended']);
      await places.leaveGroup(person.id, group.id, civilDate('2017-07-01'));
      expect(await on('2017-07-01')).toEqual([]);
      await service(LeavingService).leave(person.id, today, '退休后迁出');
      await expect(service(MemberQuery).get(person.id)).rejects.toMatchObject({ code: 'resource.not-found' });
      await expect(service(LeavingService).leave(person.id, addDays(today, 1), '再次')).rejects.toMatchObject({
        code: 'org.transfer.future',
      });
    });
  });

  it('exempts by the closed list, in the approving unit only, one at a time', async () => {
    const person = await aPerson();
    await asOfficer(async () => {
      const draft = {
        memberId: person.id,
        unitId: first,
        reason: 'bedridden-or-long-ill',
        approvedBy: '机关党总支',
        from: civilDate('2017-01-01'),
      } as const;
      const { id } = await service(ExemptionService).grant(draft);
      await expect(service(ExemptionService).grant(draft)).rejects.toMatchObject({ code: 'org.exemption.overlaps' });
      await expect(service(ExemptionService).grant({ ...draft, unitId: second })).rejects.toMatchObject({
        code: 'org.exemption.not-member',
      });
      const entry = async () => (await service(RosterService).entriesOf([person.id], today))[0];
      expect(await entry()).toMatchObject({ due: false, votes: false, exemption: 'bedridden-or-long-ill' });
      await service(ExemptionService).end(id, today, '康复');
      expect(await entry()).toMatchObject({ due: true, votes: true, exemption: null });
    });
  });

  it('keeps the three administrators apart, also against two grants at once', async () => {
    const person = await bureau.member('ADMIN', { departmentUnitId: office });
    await bureau.as(bureau.securityId, async () => {
      const unitId = bureau.founded.partyUnitId;
      const grants = (['audit-admin', 'system-admin', 'branch-secretary'] as const).map((role) =>
        service(RoleService).grant({ memberId: person.id, role, unitId, reason: '任命' }),
      );
      const results = await Promise.allSettled(grants);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const own = service(RoleService).grant({ memberId: bureau.securityId, role: 'audit-admin', unitId, reason: '' });
      await expect(own).rejects.toMatchObject({ code: 'org.role.own' });
    });
    const asSystem = () =>
      service(RoleService).grant({
        memberId: officer,
        role: 'security-admin',
        unitId: bureau.founded.partyUnitId,
        reason: '又一个',
      });
    await expect(bureau.as(bureau.founded.administratorId, asSystem)).rejects.toMatchObject({
      code: 'resource.not-found',
    });
  });

  it('ends the roles of who leaves, and those held in the branch that a person moves out of', async () => {
    const person = await aPerson();
    await bureau.role(person.id, 'branch-secretary', first);
    await bureau.role(person.id, 'department-head', office);
    await asOfficer(async () => {
      const draft = { memberId: person.id, tree: 'party', toUnitId: second, reason: '调动' } as const;
      await service(TransferService).accept((await service(TransferService).start(draft)).id);
      expect((await service(RoleService).heldBy(person.id)).map((held) => held.role)).toEqual(['department-head']);
    });
    const leaver = await aPerson();
    await bureau.role(leaver.id, 'party-affairs-officer', bureau.founded.partyUnitId);
    await asOfficer(() => service(LeavingService).leave(leaver.id, undefined, '调离'));
    expect(await service(RoleService).heldBy(leaver.id)).toEqual([]);
    expect((await eventsOf(database, 'org.role.ended')).at(-1)).toMatchObject({ reason: '调离' });
  });

  it('ends a role with its permission', async () => {
    const person = await bureau.member('SECRETARY', { departmentUnitId: office });
    const role = await bureau.role(person.id, 'branch-secretary', first);
    await bureau.as(person.id, async () => expect((await service(UnitService).list()).length).toBeGreaterThan(0));
    await bureau.as(bureau.securityId, () => service(RoleService).end(role.id, undefined, '换届'));
    await bureau.as(person.id, async () => expect(await service(UnitService).list()).toEqual([]));
    expect((await eventsOf(database, 'org.role.ended')).at(-1)).toMatchObject({ reason: '换届', unitId: first });
  });

  it('closes a unit only when it is empty, and refuses a stale edit', async () => {
    await asOfficer(async () => {
      const units = service(UnitService);
      await expect(units.close(first, undefined, '撤并')).rejects.toMatchObject({ code: 'org.unit.not-empty' });
      const parentId = bureau.founded.partyUnitId;
      const unit = await units.create({ kind: 'branch', parentId, name: '临时支部', from: since });
      await expect(units.create({ kind: 'branch', parentId, name: '临时支部' })).rejects.toMatchObject({
        code: 'org.unit.name-taken',
      });
      await units.edit(unit.id, 1, { name: '临时党支部' });
      await expect(units.edit(unit.id, 1, { name: '旧' })).rejects.toMatchObject({ code: 'resource.conflict' });
      await units.close(unit.id, undefined, '任务完成');
      expect((await units.list({ on: today })).some((each) => each.id === unit.id)).toBe(false);
      expect((await units.list()).find((each) => each.id === unit.id)).toMatchObject({ to: today, name: '临时党支部' });
    });
  });

  it('refuses a staff number that is taken in another width, and members outside the scope', async () => {
    const draft = { staffNumber: 'ｏfficer', name: '乙', type: 'full', departmentUnitId: null } as const;
    await asOfficer(() =>
      expect(service(MemberService).create({ ...draft, partyUnitId: first })).rejects.toMatchObject({
        code: 'org.member.staff-number-taken',
      }),
    );
    const person = await aPerson();
    await bureau.as(person.id, () =>
      expect(service(MemberService).create({ ...draft, partyUnitId: first })).rejects.toMatchObject({
        code: 'resource.not-found',
      }),
    );
    await asOfficer(async () => {
      const { version } = await service(MemberQuery).get(person.id);
      await service(MemberService).edit(person.id, version, { phone: '010-1234567' });
      expect(await service(MemberQuery).get(person.id)).toMatchObject({ phone: '010-1234567', version: 2 });
    });
  });

  it('imports the good rows of a file once, or nothing of a file with faults', async () => {
    const header = ['工号', '姓名', '人员类别', '党支部', '科室', '入党日期', '起始日期'];
    const good = [
      ['I001', '导入一', '正式党员', '第一党支部', '办公室', new Date(Date.UTC(2010, 6, 1)), '2016-03-01'],
      ['I002', '导入二', '预备党员', '第二党支部', '', '', ''],
    ];
    const file = await xlsxOf([header, ...good, ['I003', '导入三', '党员', '第三党支部', '', '', '']]);
    await asOfficer(async () => {
      const files = service(RosterFileService);
      const preview = await files.preview(file);
      expect(preview.faults.map((fault) => fault.cell)).toEqual(['C4', 'D4']);
      await expect(files.import(file, 'all')).rejects.toMatchObject({
        code: 'org.import.has-errors',
        facts: { errors: 2 },
      });
      expect((await service(MemberQuery).list({ limit: 5, q: 'I00' })).total).toBe(0);
      expect(await files.import(file, 'good-rows')).toMatchObject({ imported: 2 });
      expect((await files.import(file, 'good-rows')).imported).toBe(0);
      const [one] = (await service(MemberQuery).list({ limit: 5, q: 'I001' })).items;
      expect(one).toMatchObject({
        name: '导入一',
        joinedOn: '2010-07-01',
        partyUnitId: first,
        departmentUnitId: office,
      });
      await expect(files.preview(Buffer.from('no workbook'))).rejects.toMatchObject({ code: 'org.import.unreadable' });
    });
    const told = await eventsOf(database, 'org.roster.imported');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ unitId: first, payload: { imported: 2 } });
  });
});
