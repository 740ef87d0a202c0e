import { randomUUID } from 'node:crypto';
import type { Client } from './client.js';
import type { Values } from './api-description.js';

interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}
interface Named {
  readonly id: string;
  readonly name: string;
}

/** What belongs to the first branch, and to other people: nothing of it is to reach the second branch's organiser. */
export interface ForeignThings {
  readonly unit: Unit;
  readonly ownUnit: Unit;
  readonly member: Named;
  readonly roomId: string;
  readonly setId: string;
  /** Values of `{id}` and its like by the beginning of the path, longest first. */
  readonly byPath: readonly (readonly [path: string, values: Values])[];
  /** Ids and names that give a leak away. */
  readonly markers: readonly string[];
}

const secretTitle = (what: string): string => `第一支部机密${what}`;

export async function foreignThings(committee: Client, sysadmin: Client, neighbour: Client): Promise<ForeignThings> {
  const { items: units } = await committee.get<{ items: Unit[] }>('/units');
  const unit = units.find(({ name }) => name === '第一党支部')!;
  const ownUnit = units.find(({ name }) => name === '第二党支部')!;
  // The last two hold no office and host nothing that others may see.
  const [other, member] = (await committee.get<{ items: Named[] }>(`/members?unitId=${unit.id}`)).items.slice(-2);
  const unitId = unit.id;
  const exam = await publishedExam(committee, unitId);
  const external = await post(committee, '/external-exams', {
    title: secretTitle('省考'),
    level: 'province',
    heldOn: '2026-06-01',
    unitId,
  });
  const session = await post(committee, '/sessions', {
    title: secretTitle('会议'),
    ownerUnitId: unitId,
    place: '第一会议室',
    plannedStartAt: Date.now() + 3_600_000,
    plannedEndAt: Date.now() + 7_200_000,
    items: [{ type: 'member-meeting', title: secretTitle('议题'), minutes: 30 }],
  });
  const full = await committee.post<{ id: string; items: { id: string }[] }>(`/sessions/${session}/publish`);
  const { items: questions } = await committee.get<{ items: { publishedVersionId: string }[] }>(
    '/questions?type=single&state=published&limit=2',
  );
  const versionIds = questions.map(({ publishedVersionId }) => publishedVersionId);
  const setId = await post(committee, '/live/question-sets', { title: secretTitle('题集'), versionIds, unitId });
  const roomId = await post(committee, '/live/rooms', { setId, unitId, title: secretTitle('竞赛') });
  const sheetId = await post(committee, '/live/stage-sheets', { unitId, sheet: tinySheet(secretTitle('赛制')) });
  const stageId = await post(committee, '/live/stages', {
    unitId,
    title: secretTitle('舞台竞赛'),
    sheetId,
    teams: [{ name: secretTitle('队'), members: [{ memberId: other!.id, role: 'captain' }] }],
    piles: [{ round: 'only', pile: 0, versionIds: versionIds.slice(0, 1) }],
    judges: [],
  });
  const report = await post(committee, '/reports', { year: 2025, unitId });
  const transfer = await post(committee, '/transfers', {
    memberId: other!.id,
    tree: 'party',
    toUnitId: units.find(({ name }) => name === '第三党支部')!.id,
    reason: '工作调动',
  });
  const { items: roles } = await committee.get<{ items: { id: string }[] }>(`/roles?unitId=${unitId}`);
  const exemption = await post(committee, '/exemptions', {
    memberId: member!.id,
    unitId,
    reason: 'bedridden-or-long-illness',
    approvedBy: '第一支部委员会',
    from: '2026-01-01',
  }).catch(() => randomUUID());
  const ofNeighbour = await thingsOf(neighbour, committee, ownUnit.id);
  const { items: accounts } = await sysadmin.get<{ items: { id: string }[] }>('/accounts');
  return {
    unit,
    ownUnit,
    member: member!,
    roomId,
    setId,
    byPath: [
      ['/sessions/{id}/items/{itemId}', { id: session, itemId: full.items[0]!.id }],
      ['/members/{id}/groups/{unitId}', { id: member!.id, unitId }],
      ['/exams/{id}/marking/questions', { id: exam.id, number: 1 }],
      ['/reports/{id}/sections', { id: report, section: '1' }],
      ['/live/question-sets/{id}', { id: setId }],
      ['/live/rooms/{id}', { id: roomId, picture: '0'.repeat(64) }],
      ['/live/battles/{id}', { id: ofNeighbour.battleId }],
      ['/live/stage-sheets/{id}', { id: sheetId }],
      ['/live/stages/{id}', { id: stageId, from: 0, picture: '0'.repeat(64) }],
      ['/external-exams/{id}', { id: external }],
      ['/auth/devices/{id}', { id: ofNeighbour.deviceId }],
      ['/handbook/notes/{id}', { id: ofNeighbour.noteId }],
      ['/attempts/{id}', { id: ofNeighbour.attemptId, number: 1 }],
      ['/sessions/{id}', { id: session, memberId: member!.id }],
      // Nobody has these yet: what is not there and what is not his look the same.
      ['/marking/scripts/{id}', { id: randomUUID() }],
      ['/me/certificates/{id}', { id: randomUUID() }],
      ['/regrades/{id}', { id: randomUUID() }],
      ['/appeals/{id}', { id: randomUUID() }],
      ['/live/preflight/{id}', { id: randomUUID() }],
      ['/question-pictures/{id}', { id: randomUUID() }],
      ['/my/sessions/{id}', { id: session }],
      ['/exemptions/{id}', { id: exemption }],
      ['/transfers/{id}', { id: transfer }],
      ['/accounts/{id}', { id: accounts[0]!.id }],
      ['/reports/{id}', { id: report }],
      ['/members/{id}', { id: member!.id }],
      ['/papers/{id}', { id: exam.paperId }],
      ['/exams/{id}', { id: exam.id }],
      ['/units/{id}', { id: unitId }],
      ['/roles/{id}', { id: roles[0]?.id ?? randomUUID() }],
    ],
    markers: [
      '第一支部机密',
      exam.id,
      exam.paperId,
      external,
      session,
      setId,
      roomId,
      sheetId,
      stageId,
      report,
      transfer,
      member!.id,
      member!.name,
    ],
  };
}

async function post(client: Client, path: string, body: object): Promise<string> {
  return (await client.post<{ id: string }>(path, body)).id;
}

/** A rule sheet of one question to one team. */
function tinySheet(name: string): object {
  const stake = { right: 1000, wrong: 0, none: 0, limitMs: 30_000 };
  const turns = { kind: 'together', count: 1 };
  const how = { answer: 'all', via: 'device', speaker: 'any', staking: 'fixed', stakes: [stake], pools: 'one' };
  return {
    format: 1,
    name,
    baseScore: 0,
    teams: { least: 1, most: 2 },
    members: { least: 1, most: 2, substitutes: 0 },
    judging: { by: 'host', confirm: 'one' },
    ranking: 'points',
    rounds: [{ id: 'only', title: '唯一环节', turns, ...how }],
  };
}

async function publishedExam(committee: Client, unitId: string): Promise<{ id: string; paperId: string }> {
  const exam = await committee.post<{ id: string; paperId: string }>('/exams', {
    title: secretTitle('考试'),
    unitId,
    level: 'own',
    opensAt: Date.now() - 60_000,
    closesAt: Date.now() + 3_600_000,
    limitMinutes: 30,
    paper: { sections: [{ name: '单选', type: 'single', count: 3, marks: 100 }] },
  });
  await committee.post(`/exams/${exam.id}/publish`);
  return exam;
}

/** A member of the organiser's own branch: his attempt, note and device are his alone. */
async function thingsOf(
  neighbour: Client,
  committee: Client,
  unitId: string,
): Promise<{ attemptId: string; noteId: string; deviceId: string; battleId: string }> {
  const exam = await committee.post<{ id: string }>('/exams', {
    title: '第二支部考试',
    unitId,
    level: 'own',
    opensAt: Date.now() - 60_000,
    closesAt: Date.now() + 3_600_000,
    limitMinutes: 30,
    paper: { sections: [{ name: '单选', type: 'single', count: 3, marks: 100 }] },
  });
  await committee.post(`/exams/${exam.id}/publish`);
  const attemptId = await post(neighbour, `/exams/${exam.id}/attempts`, { writer: randomUUID() });
  const noteId = await post(neighbour, '/handbook/entries/f001/notes', { text: '第一支部机密笔记' });
  const { items } = await neighbour.get<{ items: { id: string }[] }>('/auth/devices');
  const { roomId } = await neighbour.post<{ roomId: string }>('/live/battles/place', { mode: 'survival' });
  return { attemptId, noteId, deviceId: items[0]!.id, battleId: roomId };
}
