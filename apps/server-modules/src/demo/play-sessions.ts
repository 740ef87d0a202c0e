import type { INestApplicationContext } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { instantAt, seededRng } from '@xuekao/kernel';
import type { Rng } from '@xuekao/kernel';
import { AppConfig, runAs } from '@xuekao/platform';
import { AttendanceService, RecordService, SessionPlanning } from '@xuekao/schedule';
import type { Mark, NewSession, PersonRef, Session, SessionPeople } from '@xuekao/schedule';
import { actorOf, officer } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';
import type { ScriptedClock } from './scripted-clock.js';
import type { DemoSession } from './year-2017.js';

const dayMs = 86_400_000;

/** Plans, holds, records and archives the sessions, one transaction each, on their own days. */
export async function playSessions(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  bureau: PlayedBureau,
  sessions: readonly DemoSession[],
): Promise<void> {
  const rng = seededRng('xuekao demo attendance');
  const { zone } = app.get(AppConfig);
  for (const plan of sessions) {
    const startAt = instantAt(plan.date, plan.time, zone);
    await runAs(actorOf(bureau, officer), () =>
      app.get(UnitOfWork).run(() => playOne(app, clock, bureau, plan, startAt, rng)),
    );
  }
}

async function playOne(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  bureau: PlayedBureau,
  plan: DemoSession,
  startAt: number,
  rng: Rng,
): Promise<void> {
  const endAt = startAt + plan.minutes * 60_000;
  clock.moveTo(startAt - 4 * dayMs);
  const planning = app.get(SessionPlanning);
  const draft = await planning.create(newSession(bureau, plan, startAt, endAt));
  const { id } = draft.head;
  const published = await planning.publish(id);
  clock.moveTo(startAt);
  await app.get(AttendanceService).mark(id, marksFor(published, plan, rng));
  clock.moveTo(endAt);
  const records = app.get(RecordService);
  await records.write(id, {
    startedAt: startAt,
    endedAt: endAt,
    discussion: `围绕“${plan.topics.join('、')}”交流发言。`,
    resolution: plan.resolution,
    followUp: '',
  });
  await records.close(id);
  await records.sign(id, 'host');
  await records.sign(id, 'recorder');
  await records.archive(id);
}

const placeNames = {
  'study-group': '局党组会议室',
  'party-group': '局党组会议室',
  everyone: '局机关礼堂',
  branch: '支部活动室',
  department: '科室办公室',
};

function newSession(bureau: PlayedBureau, plan: DemoSession, startAt: number, endAt: number): NewSession {
  return {
    title: plan.title,
    ownerUnitId: ownerOf(bureau, plan),
    audience: audienceOf(bureau, plan),
    place: placeNames[plan.audience],
    plannedStartAt: startAt,
    plannedEndAt: endAt,
    people: peopleOf(bureau, plan),
    agenda: plan.agenda,
    campaignTag: plan.campaignTag ?? null,
    studiesPartyBuilding: plan.studiesPartyBuilding ?? false,
    items: [
      {
        type: plan.type,
        title: plan.title,
        topics: plan.topics,
        minutes: plan.minutes,
        halfDays: plan.halfDays ?? null,
      },
    ],
  };
}

function ownerOf(bureau: PlayedBureau, { owner }: DemoSession): string {
  switch (owner.kind) {
    case 'study-group':
      return bureau.studyGroup;
    case 'general-branch':
      return bureau.generalBranch;
    case 'party-group':
      return bureau.partyGroup;
    case 'branch':
      return bureau.branches[owner.branch]!;
    case 'department':
      return bureau.departments[owner.department]!;
  }
}

function audienceOf(bureau: PlayedBureau, plan: DemoSession): NonNullable<NewSession['audience']> {
  const unitId = plan.audience === 'everyone' ? bureau.generalBranch : ownerOf(bureau, plan);
  return { unitIds: [unitId], reach: plan.audience === 'party-group' ? 'unit' : 'subtree', memberIds: [] };
}

function peopleOf(bureau: PlayedBureau, plan: DemoSession): SessionPeople {
  const person = (member: number): PersonRef => ({
    memberId: bureau.members[member]!.id,
    name: bureau.members[member]!.name,
  });
  const { owner, speaker } = plan;
  const host = owner.kind === 'branch' ? owner.branch * 22 + 5 : owner.kind === 'department' ? officer : 1;
  const isOath = plan.type === 'oath-renewal';
  const inside = typeof speaker === 'number' ? { ...person(speaker), organisation: null, post: '领学人' } : null;
  const outside = typeof speaker === 'object' ? { ...speaker, memberId: null } : null;
  return {
    host: person(host),
    recorder: person(owner.kind === 'branch' ? owner.branch * 22 + 7 : officer),
    speaker: isOath ? null : (inside ?? outside),
    oathLeader: isOath && typeof speaker === 'number' ? person(speaker) : null,
  };
}

/** Nearly all come; now and then one or two are on duty. Speaker and host always come. */
function marksFor({ head, attendance }: Session, plan: DemoSession, rng: Rng): Mark[] {
  const needed = new Set([head.people.host, head.people.speaker, head.people.oathLeader].map((one) => one?.memberId));
  const due = attendance.filter((row) => row.group === 'due');
  const free = due.filter((row) => !needed.has(row.memberId));
  const away = plan.type === 'party-lecture' ? 0 : rng.int(plan.audience === 'everyone' ? 4 : 2);
  const onLeave = new Set(
    rng
      .shuffle(free)
      .slice(0, away)
      .map((row) => row.memberId),
  );
  return due.map(({ memberId }): Mark =>
    onLeave.has(memberId)
      ? { memberId, status: 'leave', reason: rng.int(2) === 0 ? 'duty' : 'business-trip', note: null }
      : { memberId, status: 'present' },
  );
}
