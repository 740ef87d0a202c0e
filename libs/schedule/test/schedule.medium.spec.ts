import type { TestingModule } from '@nestjs/testing';
import ExcelJS from 'exceljs';
import { onEveryDatabase } from '@xuekao/database/testing';
import { platformEntities, OutboxEventRow, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import { newId } from '@xuekao/kernel';
import { AudienceDirectory } from '../src/audience-directory.js';
import { attendanceCounts } from '../src/core/index.js';
import type { Audience, RosterPerson } from '../src/core/index.js';
import {
  AttendanceService,
  AttendanceViews,
  MySessionsService,
  RecordService,
  scheduleEntities,
  ScheduleModule,
  SessionFactsQuery,
  SessionPlanning,
  SessionReader,
  StudyHoursService,
} from '../src/index.js';
import type { NewSession } from '../src/index.js';
import { at, aPerson, rosterDay } from './builders.js';
import { ScheduleTestModule } from './schedule-testing.js';

const branchId = newId();
const outsiderId = newId();

class BranchOfThree extends AudienceDirectory {
  readonly people: RosterPerson[] = ['a', 'b', 'c', 'd'].map((key) => ({
    ...aPerson(memberIds[key]!),
    name: key,
    unitId: branchId,
    departmentId: null,
  }));
  async peopleOf(audience: Audience): Promise<readonly RosterPerson[]> {
    const outsider = { ...aPerson(outsiderId), unitId: newId(), departmentId: null };
    const everybody = [...this.people, outsider];
    if (audience.memberIds.length > 0) return everybody.filter((one) => audience.memberIds.includes(one.memberId));
    return this.people.slice(0, 3);
  }
  async branchesLedBy(memberId: string): Promise<ReadonlySet<string>> {
    return new Set(memberId === memberIds.a ? [branchId] : []);
  }
}

const memberIds: Record<string, string> = { a: newId(), b: newId(), c: newId(), d: newId() };
const actor = (memberId: string | null): Actor => ({
  accountId: newId(),
  memberId,
  name: '组织者',
  mustChangePassword: false,
});

const lecture = (over: Partial<NewSession> = {}): NewSession => ({
  title: '六月专题党课',
  ownerUnitId: branchId,
  place: '三楼会议室',
  plannedStartAt: at('09:00'),
  plannedEndAt: at('11:00'),
  people: {
    host: { memberId: memberIds.a!, name: '张明' },
    recorder: { memberId: memberIds.b!, name: '李华' },
    speaker: { memberId: null, name: '王教授', organisation: '示例市委党校', post: '教授' },
  },
  agenda: '讲课、讨论',
  items: [
    { type: 'party-lecture', title: '专题党课', topics: ['专题一'], minutes: 90 },
    { type: 'joining-story', title: '谈入党感受', topics: [], minutes: 30 },
  ],
  ...over,
});

onEveryDatabase('schedule', [...platformEntities, ...scheduleEntities], (database) => {
  let module: TestingModule;
  let access: GrantedAccess;
  let planning: SessionPlanning;
  let attendance: AttendanceService;
  let records: RecordService;
  let mine: MySessionsService;

  beforeAll(async () => {
    access = new GrantedAccess();
    access.grant('session.manage', branchId);
    access.grant('session.read', branchId);
    module = await platformTestingModule(database, {
      imports: [ScheduleTestModule.of(access, new BranchOfThree()), ScheduleModule],
    });
    planning = module.get(SessionPlanning);
    attendance = module.get(AttendanceService);
    records = module.get(RecordService);
    mine = module.get(MySessionsService);
  });
  afterAll(() => module.close());

  const as = <T>(key: string | null, work: () => Promise<T>): Promise<T> =>
    runAs(actor(key === null ? null : memberIds[key]!), work);

  async function published(over: Partial<NewSession> = {}): Promise<string> {
    database.clock.set(at('08:00'));
    const { head } = await planning.create(lecture(over));
    await planning.publish(head.id);
    return head.id;
  }

  /** a and b present, c absent, record written. */
  async function finished(): Promise<string> {
    const id = await published();
    await as('a', () =>
      attendance.mark(id, [
        { memberId: memberIds.a!, status: 'present' },
        { memberId: memberIds.b!, status: 'present' },
        { memberId: memberIds.c!, status: 'absent', reason: 'without-leave', note: null },
      ]),
    );
    await records.write(id, { startedAt: at('09:00'), endedAt: at('11:00'), discussion: '两人发言' });
    return id;
  }

  async function archived(): Promise<string> {
    const id = await finished();
    await records.close(id);
    await records.sign(id, 'host');
    await records.sign(id, 'recorder');
    await records.archive(id);
    return id;
  }

  it('plays a session from draft to archive, and gives those present their hours', async () => {
    const id = await archived();
    const session = await module.get(SessionReader).get(id);
    expect(session.head).toMatchObject({ state: 'archived', localDate: rosterDay, year: 2017, rosterOn: rosterDay });
    expect(session.items.map((item) => [item.type, item.hours])).toEqual([
      ['party-lecture', 150],
      ['joining-story', 50],
    ]);
    const hours = await as('a', () => mine.studyHours(2017));
    expect(hours).toMatchObject({ year: 2017, total: 200, collective: 200 });
    expect(hours.credits[0]).toMatchObject({ sessionTitle: '六月专题党课' });
    expect(await as('c', () => mine.studyHours(2017))).toMatchObject({ total: 0, credits: [] });
  });

  it('tells the outbox once of every step, with the counts', async () => {
    const id = await archived();
    const rows = await database.uow.manager.find(OutboxEventRow, { where: { subjectId: id }, order: { id: 'ASC' } });
    expect(rows.map((row) => row.type)).toEqual([
      'session.published',
      'session.attendance.marked',
      'session.record.written',
      'session.closed',
      'session.record.signed',
      'session.record.signed',
      'session.archived',
    ]);
    expect(rows[6]!.payload).toMatchObject({ counts: { due: 3, present: 2, absent: 1 } });
    expect(rows[0]!.payload).toMatchObject({ memberIds: [memberIds.a, memberIds.b, memberIds.c].toSorted() });
  });

  it('lets a member check in with the shown code, once, and not with an old one', async () => {
    const id = await published();
    database.clock.set(at('08:50'));
    const { code } = await attendance.checkInCode(id);
    database.clock.advance(30_000);
    expect((await as('a', () => mine.checkIn(id, code))).mine).toMatchObject({ status: 'present', source: 'code' });
    await as('a', () => mine.checkIn(id, 'again'));
    database.clock.advance(60_000);
    await expect(as('b', () => mine.checkIn(id, code))).rejects.toMatchObject({ code: 'session.check-in.wrong-code' });
    await expect(as('d', () => mine.checkIn(id, code))).rejects.toMatchObject({ code: 'resource.not-found' });
  });

  it('stops a member who guesses codes', async () => {
    const id = await published();
    database.clock.set(at('08:50'));
    const { code } = await attendance.checkInCode(id);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (let i = 0; i < 10; i++) await as('a', () => mine.checkIn(id, wrong)).catch(() => undefined);
    await expect(as('a', () => mine.checkIn(id, code))).rejects.toMatchObject({ code: 'request.rate-limited' });
    expect((await as('b', () => mine.checkIn(id, code))).mine.status).toBe('present');
    database.clock.advance(60_000);
  });

  it('keeps check-ins that arrive together', async () => {
    const id = await published();
    database.clock.set(at('08:50'));
    const { code } = await attendance.checkInCode(id);
    await Promise.all(['a', 'b', 'c'].map((key) => as(key, () => mine.checkIn(id, code))));
    const session = await module.get(SessionReader).get(id);
    expect(attendanceCounts(session.attendance)).toMatchObject({ due: 3, present: 3 });
  });

  it('shows the words of a sick leave to the branch secretary alone', async () => {
    const id = await published();
    await as('b', () => mine.requestLeave(id, 'sick', '发热'));
    const session = await attendance.decideLeave(id, memberIds.b!, true);
    const noteFor = async (key: string | null): Promise<string | null> =>
      (await as(key, () => module.get(AttendanceViews).readable(session))).find((row) => row.memberId === memberIds.b)!
        .leaveNote;
    expect(await noteFor('a')).toBe('发热');
    expect(await noteFor('b')).toBe('发热');
    expect(await noteFor('c')).toBeNull();
    expect(await noteFor(null)).toBeNull();
  });

  it('refuses to close an incomplete record, naming the fields and the people', async () => {
    const id = await published();
    await expect(records.close(id)).rejects.toMatchObject({
      code: 'session.record.incomplete',
      facts: { missing: ['startedAt', 'endedAt', 'attendance'], undecided: ['a', 'b', 'c'] },
    });
  });

  it('records make-up study after the archive: coverage and not collective hours', async () => {
    const id = await archived();
    const after = await attendance.makeUp(id, memberIds.c!, '自学讲稿');
    expect(attendanceCounts(after.attendance)).toMatchObject({ present: 2, madeUp: 1 });
    expect(await as('c', () => mine.studyHours(2017))).toMatchObject({ total: 200, collective: 0 });
    await as('a', () => records.appendErratum(id, '地点应为二楼'));
    const { errata, attendance: rows } = await module.get(SessionReader).get(id);
    expect(errata).toMatchObject([{ number: 1, text: '地点应为二楼', writtenBy: '组织者' }]);
    expect(rows.filter((row) => row.status === 'present')).toHaveLength(2);
  });

  it('enrols a late joiner and counts one out, with reasons', async () => {
    const id = await published();
    await attendance.enrol(id, memberIds.d!, '当日转入');
    const session = await attendance.exempt(id, memberIds.c!, 'abroad-half-year', '补交材料');
    expect(attendanceCounts(session.attendance)).toMatchObject({ due: 3, exempt: 1 });
    for (const memberId of [newId(), outsiderId]) {
      await expect(attendance.enrol(id, memberId, '范围外')).rejects.toMatchObject({ code: 'session.member-unknown' });
    }
    const audience = { unitIds: [branchId], reach: 'unit', memberIds: [memberIds.d!, outsiderId] } as const;
    await expect(planning.create(lecture({ audience }))).rejects.toMatchObject({ code: 'session.member-unknown' });
    await expect(planning.revise(id, { audience })).rejects.toMatchObject({ code: 'session.member-unknown' });
  });

  it('adjusts hours with a reason before the archive', async () => {
    const id = await finished();
    const closed = await records.close(id);
    const adjusted = await records.adjustHours(id, closed.items[0]!.id, 300, '含交流');
    expect(adjusted.items[0]).toMatchObject({ hours: 300, hoursReason: '含交流' });
    expect((await module.get(SessionReader).get(id)).items[0]).toMatchObject({ hours: 300 });
  });

  it('hides sessions outside the scope', async () => {
    const id = await published();
    access.grants.clear();
    await expect(module.get(SessionReader).get(id)).rejects.toMatchObject({ code: 'resource.not-found' });
    await expect(planning.cancel(id, '误')).rejects.toMatchObject({ code: 'resource.not-found' });
    await expect(planning.create(lecture())).rejects.toMatchObject({ code: 'resource.not-found' });
    expect((await module.get(SessionReader).list({ limit: 10 })).total).toBe(0);
    access.grant('session.manage', branchId);
    access.grant('session.read', branchId);
  });

  it('pages the filtered list and shows the month', async () => {
    const reader = module.get(SessionReader);
    for (let i = 0; i < 3; i++) {
      await planning.create(
        lecture({ title: `分页${i}%`, plannedStartAt: at('13:00') + i, plannedEndAt: at('14:00') }),
      );
    }
    const first = await reader.list({ limit: 2, q: '分页', state: 'draft', type: 'party-lecture' });
    expect(first.total).toBe(3);
    const second = await reader.list({ limit: 2, q: '分页', cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map((line) => line.head.title)).toEqual(['分页2%', '分页1%', '分页0%']);
    expect(second.nextCursor).toBeNull();
    expect((await reader.list({ limit: 2, q: '分页_' })).total).toBe(0);
    expect((await reader.list({ limit: 2, type: 'oath-renewal' })).total).toBe(0);
    expect((await reader.list({ limit: 2, from: '2017-06-13' })).total).toBe(0);
    expect((await reader.month('2017-06')).length).toBeGreaterThanOrEqual(3);
    expect(await reader.month('2017-07')).toEqual([]);
  });

  it('refuses an edit of a version that has moved on', async () => {
    const { head } = await planning.create(lecture());
    await planning.revise(head.id, { place: '礼堂', version: 1 });
    await expect(planning.revise(head.id, { place: '二楼', version: 1 })).rejects.toMatchObject({
      code: 'resource.conflict',
    });
    expect((await module.get(SessionReader).get(head.id)).head.place).toBe('礼堂');
  });

  it('answers statistics with archived sessions alone', async () => {
    const id = await archived();
    const cancelled = await published();
    await planning.cancel(cancelled, '与督查冲突');
    const facts = await module.get(SessionFactsQuery).archived({ year: 2017, ownerIds: [branchId] });
    expect(facts.map((fact) => fact.head.id)).toContain(id);
    expect(facts.every((fact) => fact.head.state === 'archived')).toBe(true);
    expect(facts.find((fact) => fact.head.id === id)).toMatchObject({ counts: { due: 3, present: 2, absent: 1 } });
    expect(await module.get(SessionFactsQuery).archived({ year: 2018 })).toEqual([]);
    expect(await module.get(SessionFactsQuery).archived({ year: 2017, ownerIds: [newId()] })).toEqual([]);
  });

  it('exports one session as a sheet with its denominators, and leaves an event', async () => {
    const id = await archived();
    const { name, content } = await as('c', () => module.get(AttendanceViews).sheet(id));
    expect(name).toBe('六月专题党课出勤表.xlsx');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(content as never);
    const text = workbook.worksheets[0]!.getSheetValues().flat().map(String).join('|');
    expect(text).toContain('到会率 2/3 66.67%');
    expect(text).toContain('无故缺席');
    const events = await database.uow.manager.findBy(OutboxEventRow, { type: 'session.attendance.exported' });
    expect(events.some((event) => event.subjectId === id)).toBe(true);
  });

  it('converts by a row of the organisation once it is in force', async () => {
    const hours = module.get(StudyHoursService);
    const rule = {
      type: 'party-lecture',
      unit: 'minutes',
      amount: 45,
      hours: 100,
      step: 50,
      source: '本单位规定',
    } as const;
    await hours.addRule({ ...rule, validFrom: rosterDay });
    const id = await finished();
    expect((await records.close(id)).items[0]!.hours).toBe(200);
    await expect(hours.addRule({ ...rule, amount: 0, validFrom: rosterDay })).rejects.toMatchObject({
      code: 'session.hours-rule.amount',
    });
  });
});
