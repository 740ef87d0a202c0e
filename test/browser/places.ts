import { randomUUID } from 'node:crypto';
import { Client } from '../harness/client.js';
import { examToMark, hireExamStaff, sitWhole } from '../harness/exam-staff.js';
import type { Staff } from '../harness/exam-staff.js';
import { LiveSocket } from '../harness/live-socket.js';
import type { Topology } from '../harness/topology.js';
import { openContest, openExam, openSession, unitNamed } from './arrangements.js';

interface Made {
  readonly id: string;
}
interface Listed<T = Made> {
  readonly items: readonly T[];
}

/** Every page of the product with something on it, by who opens it there. */
export interface Places {
  /** Login name to pages; phones first. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** Login name to pages; desktops first. */
  readonly desks: Readonly<Record<string, readonly string[]>>;
  /** Without a sign-in. */
  readonly anybody: readonly string[];
  readonly screens: readonly string[];
  /** An open exam that nobody has begun. */
  readonly freshExam: string;
  /** Of the people who were hired for it. */
  readonly passwords: ReadonlyMap<string, string>;
}

/** Makes one of everything that a page can show, and says where it is. */
export async function furnish(app: Topology): Promise<Places> {
  const as = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);
  const [committee, organiser, member] = await Promise.all([as('committee'), as('organiser'), as('member')]);
  const branch = await unitNamed(committee, '第二党支部');
  const exams = await examPlaces(app, committee, member, branch.id);
  const bank = await bankPlaces(committee);
  const sessions = await sessionPlaces(organiser, branch.id);
  const hall = await hallPlaces(app, committee, branch.id);
  const stage = await stagePlaces(committee, member, await as('sysadmin'), branch.id);
  const report = (await committee.get<Listed>('/reports?year=2017')).items[0]!.id;
  const organised = [
    '/console',
    '/console/org',
    '/console/bank',
    '/console/bank/materials',
    '/console/exams',
    ...exams.organised,
    ...sessions.organised,
    '/console/stats?year=2017',
  ];
  return {
    freshExam: exams.fresh,
    passwords: new Map([exams.second, exams.marker].map(({ login, password }) => [login, password])),
    members: {
      member: [
        '/',
        '/handbook',
        '/handbook/search?q=党费',
        '/handbook/favourites',
        '/handbook/f001',
        ...exams.member,
        '/sessions',
        ...sessions.member,
        '/me',
        '/me/hours',
        '/me/certificates',
        '/me/devices',
        '/change-password',
        '/battle',
        '/battle/wait/duel',
        '/join',
        ...hall.member,
        ...stage.member,
      ],
      auditor: ['/', '/me', ...stage.member],
    },
    desks: {
      organiser: organised,
      committee: [
        ...organised,
        '/console/org/transfers',
        '/console/org/roles',
        '/console/org/exemptions',
        '/console/org/import',
        '/console/handbook',
        ...bank,
        ...exams.committee,
        '/console/stats?year=2017&view=units',
        '/console/stats?year=2017&view=months',
        '/console/stats?year=2017&view=exams',
        '/console/stats?year=2017&view=hours',
        '/console/report?year=2017',
        `/console/report/${report}`,
        ...hall.committee,
        ...stage.committee,
      ],
      [exams.second.login]: exams.ofSecond,
      [exams.marker.login]: exams.ofMarker,
      sysadmin: ['/console/system', '/console/org', ...stage.judge],
      secadmin: ['/console/system', '/console/org'],
      auditor: ['/console/system', '/console/system/audit'],
    },
    anybody: ['/sign-in', '/setup', ...exams.anybody],
    screens: [...hall.screens, ...stage.screens],
  };
}

async function examPlaces(app: Topology, committee: Client, member: Client, unitId: string) {
  const past = (await committee.get<Listed>('/exams')).items[0]!.id;
  const mine = await member.get<Listed<{ attempt: Made | null }>>('/my/exams');
  const pastAttempt = mine.items.find(({ attempt }) => attempt !== null)!.attempt!.id;
  const open = (await openExam(committee, unitId, '第二党支部月度测试')).id;
  const fresh = (await openExam(committee, unitId, '第二党支部随堂测验')).id;
  const attempt = await member.post<Made>(`/exams/${open}/attempts`, { writer: randomUUID() });
  const marked = await markedExam(app, member);
  const draft = await committee.post<Made>('/exams', {
    title: '年度党章知识考试',
    unitId,
    level: 'own',
    opensAt: Date.now() + 3_600_000,
    closesAt: Date.now() + 7_200_000,
    limitMinutes: 60,
    paper: { sections: [{ name: '单项选择题', type: 'single', count: 5, marks: 2000 }] },
  });
  const at = (id: string, ...views: string[]): string[] => views.map((view) => `/console/exams/${id}?view=${view}`);
  return {
    fresh,
    second: marked.second,
    marker: marked.marker,
    member: [
      '/exams',
      `/exams/${fresh}`,
      `/exams/${fresh}/check`,
      `/attempts/${attempt.id}`,
      `/attempts/${pastAttempt}/result`,
      `/attempts/${pastAttempt}/review`,
      `/attempts/${marked.attempt}/review`,
    ],
    organised: [`/console/exams/${open}`],
    committee: [
      '/console/exams/new',
      `/console/exams/${draft.id}/edit`,
      '/console/exams/external',
      ...at(open, 'access', 'plan'),
      '/console/exams/marking',
      ...at(past, 'results', 'progress', 'analysis', 'rules', 'papers', 'certificates'),
      '/console/exams',
      ...at(marked.id, 'marking', 'appeals', 'regrade', 'certificates'),
    ],
    ofSecond: at(marked.id, 'regrade'),
    ofMarker: ['/console/exams/marking', `/console/exams/marking/${marked.other}/3`],
    anybody: [`/certificates/${marked.certificate}`],
  };
}

/** Two exams with marks by hand: one that still waits for two markers, one with a certificate, an appeal and a regrade to confirm. */
async function markedExam(app: Topology, member: Client) {
  const staff = await hireExamStaff(app);
  const [marker, other] = staff.markers;
  const second = await Client.signIn(app.url, 'member2', app.passwords.get('member2')!);
  const answers = { single: '实现共产主义', multiple: ['支部党员大会', '党课'], text: '学习党的基本知识。' };
  const wrong = { ...answers, multiple: ['支部党员大会', '年终总结会'] };
  const sat = async (title: string, how: object): Promise<{ id: string; attempt: string }> => {
    const { id } = await examToMark(staff, '第二党支部', title);
    const attempt = await sitWhole(member, id, answers);
    await sitWhole(second, id, wrong);
    await staff.committee.post(`/exams/${id}/close`, { collect: true });
    await staff.committee.put(`/exams/${id}/marking/questions/3`, { step: 50, ...how });
    await staff.committee.post(`/exams/${id}/marking/open`);
    return { id, attempt };
  };
  const markerIds = [marker.memberId, other.memberId];
  const arbiterIds = [staff.arbiter.memberId];
  const waiting = await sat('党章知识双评考试', { mode: 'double', threshold: 300, markerIds, arbiterIds });
  const done = await sat('第二党支部党章知识考试', { mode: 'single', markerIds: [marker.memberId], arbiterIds: [] });
  for (const _ of [1, 2]) {
    const { script } = await marker.client.post<{ script: Made }>('/marking/next', { examId: done.id, number: 3 });
    await marker.client.put(`/marking/scripts/${script.id}`, { marks: 2000 });
  }
  const issued = await staff.committee.post<Listed<{ code: string }>>(`/exams/${done.id}/certificates`);
  await member.post(`/attempts/${done.attempt}/appeals`, { number: 2, reason: '支部委员会也属于三会一课' });
  await staff.committee.post(`/exams/${done.id}/regrades`, { kind: 'give-all', numbers: [2], reason: '题目有歧义' });
  return {
    ...done,
    other: waiting.id,
    certificate: issued.items[0]!.code,
    second: staff.second as Staff,
    marker: marker as Staff,
  };
}

const pasted = `一、单项选择题（每题2分）
1、党的最高理想和最终目标是（    ）。
A、实现共产主义 B、实现小康 C、实现现代化 D、实现富强
答案：A
2、党的根本宗旨是（    ）。
A、为人民服务
B、全心全意为人民服务
3、党员的党费应当（ E ）交纳。
A、按月 B、按年
`;

async function bankPlaces(committee: Client): Promise<string[]> {
  const batch = await committee.post<Made>('/questions/imports/text', { text: pasted, topic: '党章' });
  return ['/console/bank/twins', '/console/bank/imports', `/console/bank/imports/${batch.id}`];
}

async function sessionPlaces(organiser: Client, unitId: string) {
  const session = await openSession(organiser, unitId, '支部党员大会：学习党章');
  const draft = await openSession(organiser, unitId, '党课', { isDraft: true });
  const desk = `/console/sessions/${session.id}`;
  return {
    member: [`/sessions/${session.id}`],
    organised: [
      '/console/sessions',
      '/console/sessions/calendar',
      '/console/sessions/new',
      desk,
      `${desk}?view=attendance`,
      `${desk}?view=record`,
      `${desk}/hall`,
      `/console/sessions/${draft.id}/edit`,
    ],
  };
}

async function hallPlaces(app: Topology, committee: Client, unitId: string) {
  const open = await openContest(committee, unitId, '支部小竞赛');
  const over = await openContest(committee, unitId, '支部小竞赛（已结束）');
  const host = await LiveSocket.connect(app.url, { token: committee.token });
  await host.watch(over.roomId);
  for (const act of ['take-baton', 'next', 'end'] as const) await host.act(over.roomId, act);
  host.close();
  const { screenPath } = await committee.post<{ screenPath: string }>(`/live/rooms/${open.roomId}/screens`);
  const desk = '/console/contests';
  return {
    member: [`/live/${open.roomId}`],
    committee: [
      desk,
      `${desk}/sets`,
      `${desk}/sets/${open.setId}`,
      `${desk}/preflight`,
      `${desk}/${open.roomId}`,
      `${desk}/${over.roomId}/results`,
      `${desk}/${over.roomId}/replay`,
    ],
    screens: [screenPath],
  };
}

async function stagePlaces(committee: Client, member: Client, sysadmin: Client, unitId: string) {
  const { memberId } = await member.get<{ memberId: string }>('/auth/me');
  const { accountId } = await sysadmin.get<{ accountId: string }>('/auth/me');
  const path = '/questions?type=single&state=published&limit=1';
  const [question] = (await committee.get<Listed<{ publishedVersionId: string }>>(path)).items;
  const { id: sheetId } = await committee.post<Made>('/live/stage-sheets', { unitId, sheet });
  const stage = await committee.post<Made>('/live/stages', {
    unitId,
    title: '两队对抗赛',
    sheetId,
    teams: [{ name: '先锋队', members: [{ memberId, role: 'captain' }] }],
    piles: [{ round: 'only', pile: 0, versionIds: [question!.publishedVersionId] }],
    judges: [accountId],
  });
  const { screenPath } = await committee.post<{ screenPath: string }>(`/live/stages/${stage.id}/screens`);
  const desk = '/console/contests';
  return {
    member: [`/stage/${stage.id}`],
    judge: [`/judge/${stage.id}`],
    committee: [
      `${desk}/stages`,
      `${desk}/stages/new`,
      `${desk}/stages/${stage.id}`,
      `${desk}/sheets`,
      `${desk}/sheets/${sheetId}`,
      `${desk}/sheets/classic`,
    ],
    screens: [screenPath],
  };
}

const sheet = {
  format: 1,
  name: '两队快赛',
  baseScore: 0,
  teams: { least: 1, most: 2 },
  members: { least: 1, most: 2, substitutes: 0 },
  judging: { by: 'judges', confirm: 'one' },
  ranking: 'points',
  rounds: [
    {
      id: 'only',
      title: '共答题',
      brief: ['各队同时作答'],
      turns: { kind: 'together', count: 1 },
      answer: 'all',
      via: 'device',
      speaker: 'any',
      staking: 'fixed',
      stakes: [{ right: 1000, wrong: 0, none: 0, limitMs: 30_000 }],
      pools: 'one',
    },
  ],
};
