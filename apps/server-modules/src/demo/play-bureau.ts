import type { INestApplicationContext } from '@nestjs/common';
import type { RoleName } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { civilDate } from '@xuekao/kernel';
import { MemberService, PlaceService, RoleService, UnitService } from '@xuekao/org';
import { runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { branchNames, bureauName, demoMembers, demoRoles, departments, studyGroupMembers } from './bureau.js';

/** Ids of what the demo founded, by the names that its plan uses. */
export interface PlayedBureau {
  readonly partyGroup: string;
  readonly generalBranch: string;
  readonly studyGroup: string;
  readonly bureau: string;
  readonly branches: readonly string[];
  readonly departments: readonly string[];
  /** In the order of the plan. */
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly administrators: Readonly<Record<'system' | 'security' | 'audit', { id: string; name: string }>>;
}

const founded = civilDate('2016-01-01');

/** Founds units, members, groups and roles in two transactions. */
export async function playBureau(app: INestApplicationContext): Promise<PlayedBureau> {
  const bureau = await app.get(UnitOfWork).run(() => foundBureau(app));
  await runAs(actorOf(bureau, officer), () => app.get(UnitOfWork).run(() => joinGroups(app, bureau)));
  return bureau;
}

/** Index of the 党务工作者 who organises most of the year. */
export const officer = 4;

/** A member of the demo as the actor of what he does. */
export function actorOf(bureau: PlayedBureau, member: number): Actor {
  const { id, name } = bureau.members[member]!;
  return { accountId: id, memberId: id, name, mustChangePassword: false };
}

async function foundBureau(app: INestApplicationContext): Promise<PlayedBureau> {
  const units = app.get(UnitService);
  const found = async (
    kind: Parameters<UnitService['found']>[0]['kind'],
    parentId: string | null,
    name: string,
    sortOrder = 0,
  ) => (await units.found({ kind, parentId, name, sortOrder, from: founded })).id;

  const bureau = await found('bureau', null, bureauName);
  const departmentIds: string[] = [];
  for (const [index, { name }] of departments.entries()) {
    departmentIds.push(await found('department', bureau, name, index + 1));
  }
  const partyGroup = await found('party-group', null, `中共${bureauName}党组`);
  const studyGroup = await found('study-group', partyGroup, '党组理论学习中心组', 1);
  const generalBranch = await found('general-branch', partyGroup, '机关党总支', 2);
  const branches: string[] = [];
  for (const [index, name] of branchNames.entries())
    branches.push(await found('branch', generalBranch, name, index + 1));

  const places = { partyGroup, generalBranch, studyGroup, bureau, branches, departments: departmentIds };
  const members = await enrolMembers(app, places);
  await bestowRoles(app, places, members);
  return { ...places, members, administrators: await enrolAdministrators(app, places) };
}

type Places = Omit<PlayedBureau, 'members' | 'administrators'>;

async function enrolMembers(app: INestApplicationContext, places: Places): Promise<{ id: string; name: string }[]> {
  const service = app.get(MemberService);
  const members: { id: string; name: string }[] = [];
  for (const plan of demoMembers()) {
    const { id, name } = await service.enrol({
      staffNumber: plan.staffNumber,
      name: plan.name,
      gender: plan.gender,
      joinedOn: plan.joinedOn,
      fullSince: plan.confirmedOn,
      type: plan.type,
      partyUnitId: places.branches[plan.branch]!,
      departmentUnitId: places.departments[plan.department]!,
      from: founded,
    });
    members.push({ id, name });
  }
  return members;
}

async function bestowRoles(
  app: INestApplicationContext,
  places: Places,
  members: readonly { readonly id: string }[],
): Promise<void> {
  const unitOf = {
    ...places,
    branch0: places.branches[0]!,
    branch1: places.branches[1]!,
    branch2: places.branches[2]!,
  };
  for (const { member, role, unit } of demoRoles) {
    await app.get(RoleService).bestow({
      memberId: members[member]!.id,
      role,
      unitId: unitOf[unit],
      from: founded,
      reason: '初始设置',
    });
  }
}

async function enrolAdministrators(
  app: INestApplicationContext,
  places: Places,
): Promise<PlayedBureau['administrators']> {
  const enrol = async (name: string, staffNumber: string, role: RoleName): Promise<{ id: string; name: string }> => {
    const { id } = await app.get(MemberService).enrol({
      staffNumber,
      name,
      type: 'masses',
      partyUnitId: null,
      departmentUnitId: places.bureau,
      from: founded,
    });
    for (const unitId of [places.bureau, places.partyGroup]) {
      await app.get(RoleService).bestow({ memberId: id, role, unitId, from: founded, reason: '初始设置' });
    }
    return { id, name };
  };
  return {
    system: await enrol('系统管理员', 'SA9001', 'system-admin'),
    security: await enrol('安全管理员', 'SA9002', 'security-admin'),
    audit: await enrol('审计管理员', 'SA9003', 'audit-admin'),
  };
}

/** The 党组 and the 中心组 are groups besides a member's branch. */
async function joinGroups(app: INestApplicationContext, bureau: PlayedBureau): Promise<void> {
  const join = (member: number, unitId: string): Promise<void> =>
    app.get(PlaceService).joinGroup(bureau.members[member]!.id, unitId, founded);
  for (const member of studyGroupMembers) await join(member, bureau.studyGroup);
  const partyGroup = demoRoles.filter(({ unit, role }) => unit === 'partyGroup' && role.startsWith('party-group'));
  for (const { member } of partyGroup) await join(member, bureau.partyGroup);
}
