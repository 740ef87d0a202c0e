import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { QuizView } from '@xuekao/contracts';
import { Client, RequestRefused } from '../harness/client.js';
import { eventually } from '../harness/eventually.js';
import { LiveSocket } from '../harness/live-socket.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}
interface Question {
  readonly id: string;
  readonly code: string;
  readonly publishedVersionId: string;
  readonly body: {
    readonly type: string;
    readonly options?: readonly { readonly id: string; readonly text: string }[];
  };
}
interface PaperQuestion {
  readonly number: number;
  readonly body: Question['body'];
}

jest.setTimeout(60_000);

const hourMs = 3_600_000;
const codeOf = (error: unknown): string => (error instanceof RequestRefused ? error.problem.code : String(error));

describe.each(topologies)('the road on $name', ({ start }) => {
  let app: Topology;
  const people = new Map<string, Client>();
  const as = (who: string): Client => people.get(who)!;
  let branch: Unit;
  let generalBranch: Unit;

  beforeAll(async () => {
    app = await start();
    for (const [who, password] of app.passwords) people.set(who, await Client.signIn(app.url, who, password));
    const { items } = await as('committee').get<{ items: Unit[] }>('/units');
    branch = items.find((unit) => unit.name === '第二党支部')!;
    generalBranch = items.find((unit) => unit.kind === 'general-branch')!;
  }, 300_000);
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  it('signs each kind of person in and shows each his own rights', async () => {
    const rights = async (who: string): Promise<readonly string[]> =>
      (await as(who).get<{ permissions: string[] }>('/auth/me')).permissions;
    expect(await rights('member')).toEqual(expect.arrayContaining(['handbook.read', 'exam.sit']));
    expect(await rights('member')).not.toContain('exam.manage');
    expect(await rights('organiser')).toContain('session.manage');
    expect(await rights('committee')).toEqual(expect.arrayContaining(['exam.manage', 'report.write']));
    expect(await rights('auditor')).toContain('audit.read');
    for (const administrator of ['sysadmin', 'secadmin', 'auditor']) {
      for (const business of ['/exams', '/sessions', '/stats/overview?year=2017', '/questions', '/live/rooms']) {
        await expect(as(administrator).get(business).catch(codeOf)).resolves.toBe('auth.forbidden');
      }
    }
  });

  it('refuses a wrong password, a missing token, an unknown field and an unknown route as problems', async () => {
    const nobody = new Client(app.url);
    const wrong = { loginName: 'member', password: 'not it' };
    await expect(nobody.post('/auth/sign-in', wrong)).rejects.toMatchObject({ status: 401 });
    await expect(nobody.get('/my/exams').catch(codeOf)).resolves.toBe('auth.required');
    const extra = { ...wrong, isAdmin: true };
    await expect(nobody.post('/auth/sign-in', extra).catch(codeOf)).resolves.toBe('request.invalid');
    await expect(as('member').get('/no-such-thing').catch(codeOf)).resolves.toBe('resource.not-found');
    await expect(as('member').post('/exams', {}).catch(codeOf)).resolves.toBe('auth.forbidden');
  });

  it('searches every list with Chinese text, and with signs that mean something to LIKE', async () => {
    const lists: readonly (readonly [string, string])[] = [
      ['committee', '/members'],
      ['committee', '/questions'],
      ['committee', '/exams'],
      ['committee', '/external-exams'],
      ['committee', '/sessions'],
      ['committee', '/transfers'],
      ['committee', '/live/rooms'],
      ['committee', '/live/question-sets'],
      ['committee', '/reports'],
      ['sysadmin', '/accounts'],
      ['auditor', '/audit'],
    ];
    for (const [who, path] of lists) {
      for (const q of ['党', 'SA00', '%', "_'!"]) {
        const page = await as(who)
          .get<{ total: number }>(`${path}?q=${encodeURIComponent(q)}`)
          .catch((error: unknown) => {
            throw new Error(`${path} with ${q}: ${String(error)}`);
          });
        expect(page.total).toBeGreaterThanOrEqual(0);
      }
    }
    expect((await as('committee').get<{ total: number }>('/members?q=SA0001')).total).toBe(1);
  });

  it('lets a member read and find entries', async () => {
    const member = as('member');
    const entry = await member.get<{ question: string }>('/handbook/entries/f001');
    expect(entry.question).toMatch(/？$/);
    await member.post('/handbook/entries/f001/read', { seconds: 30, reachedEnd: true });
    for (const word of ['党', '党费', '初心']) {
      const hits = await member.get<{ items: unknown[] }>(`/handbook/search?q=${encodeURIComponent(word)}`);
      expect(hits.items.length).toBeGreaterThan(0);
    }
  });

  it('holds an exam from the draw to the result without letting a key out', async () => {
    const now = Date.now();
    const exam = await as('committee').post<{ id: string }>('/exams', {
      title: '第二党支部月度测试',
      unitId: branch.id,
      level: 'own',
      opensAt: now - 60_000,
      closesAt: now + hourMs,
      limitMinutes: 30,
      review: 'after-close',
      paper: { sections: [{ name: '单项选择题', type: 'single', count: 5, marks: 2000 }], seed: 'road' },
    });
    await as('committee').post(`/exams/${exam.id}/publish`);
    const member = as('member');
    const writer = randomUUID();
    const [first, second] = await Promise.all([
      member.post<{ id: string }>(`/exams/${exam.id}/attempts`, { writer }),
      member.post<{ id: string }>(`/exams/${exam.id}/attempts`, { writer }),
    ]);
    expect(second.id).toBe(first.id);
    const before = member.seen.length;
    const attempt = await member.get<{ questions: PaperQuestion[] }>(`/attempts/${first.id}`);
    expect(attempt.questions).toHaveLength(5);
    for (const { number, body } of attempt.questions) {
      const content = { kind: 'choice', optionIds: [body.options![0]!.id] };
      await member.put(`/attempts/${first.id}/answers/${number}`, { writer, clientSeq: 1, content });
    }
    await expect(member.get(`/attempts/${first.id}/review`).catch(codeOf)).resolves.toMatch(/^exam\./);
    await member.post(`/attempts/${first.id}/hand-in`, { writer });
    await member.post(`/attempts/${first.id}/hand-in`, { writer });
    const late = { writer, clientSeq: 2, content: { kind: 'choice', optionIds: [] } };
    await expect(member.put(`/attempts/${first.id}/answers/1`, late).catch(codeOf)).resolves.toBe(
      'exam.attempt.closed',
    );
    expect(member.seen.slice(before).join('')).not.toMatch(/"(?:key|answerKey|isCorrect|accepted|explanation)"/);
    await as('committee').post(`/exams/${exam.id}/close`, { collect: true });
    const result = await member.get<{ score: number; correctCount: number }>(`/attempts/${first.id}/result`);
    expect(result.score).toBe(result.correctCount * 2000);
    const totals = await as('committee').get<{ due: number; sat: number }>(`/exams/${exam.id}/results`);
    expect(totals).toMatchObject({ due: 22, sat: 1 });
    const review = await member.get<object>(`/attempts/${first.id}/review`);
    expect(JSON.stringify(review)).toContain('explanation');
    const file = await as('committee').file(`/exams/${exam.id}/results/xlsx`);
    expect(file.subarray(0, 2).toString()).toBe('PK');
  });

  it('answers a repeated Idempotency-Key as the first time and does it once', async () => {
    const title = `只建一次 ${Date.now()}`;
    const key = { 'idempotency-key': randomUUID() };
    const draft = {
      title,
      unitId: branch.id,
      level: 'own',
      opensAt: Date.now(),
      closesAt: Date.now() + hourMs,
      limitMinutes: 30,
      paper: { sections: [{ name: '判断题', type: 'true-false', count: 2, marks: 5000 }] },
    };
    const first = await as('committee').post<{ id: string }>('/exams', draft, key);
    await expect(as('committee').post('/exams', draft, key)).resolves.toEqual(first);
    await expect(
      as('committee')
        .post('/exams', { ...draft, title: '另一个' }, key)
        .catch(codeOf),
    ).resolves.toBe('request.idempotency-mismatch');
    const { items } = await as('committee').get<{ items: { title: string }[] }>('/exams?limit=200');
    expect(items.filter((exam) => exam.title === title)).toHaveLength(1);
  });

  it('holds a study session from its plan to the archive', async () => {
    const now = Date.now();
    const organiser = as('organiser');
    const me = await organiser.get<{ memberId: string; name: string }>('/auth/me');
    const person = { memberId: me.memberId, name: me.name };
    const session = await organiser.post<{ id: string }>('/sessions', {
      title: '支部党员大会：学习党章',
      ownerUnitId: branch.id,
      place: '支部活动室',
      plannedStartAt: now - 50 * 60_000,
      plannedEndAt: now + 10 * 60_000,
      people: { host: person, recorder: person },
      agenda: '学习党章总纲',
      items: [{ type: 'member-meeting', title: '学习党章', minutes: 45 }],
    });
    const published = await organiser.post<{ counts: { due: number }; attendance: { memberId: string }[] }>(
      `/sessions/${session.id}/publish`,
    );
    expect(published.counts.due).toBe(22);
    const { code } = await organiser.get<{ code: string }>(`/sessions/${session.id}/check-in-code`);
    await expect(as('member').post(`/sessions/${session.id}/check-in`, { code: '000000' })).rejects.toThrow(
      RequestRefused,
    );
    await as('member').post(`/sessions/${session.id}/check-in`, { code });
    await as('member2').post(`/sessions/${session.id}/leave`, { reason: 'business-trip' });
    const away = await as('member2').get<{ memberId: string }>('/auth/me');
    await organiser.post(`/sessions/${session.id}/leaves/${away.memberId}/decision`, { isGranted: true });
    await expect(organiser.post(`/sessions/${session.id}/close`).catch(codeOf)).resolves.toBe(
      'session.record.incomplete',
    );
    const rest = published.attendance.filter(({ memberId }) => memberId !== away.memberId);
    await organiser.put(`/sessions/${session.id}/attendance`, {
      marks: rest.map(({ memberId }) => ({ memberId, status: 'present' })),
    });
    await organiser.patch(`/sessions/${session.id}/record`, {
      startedAt: now - 50 * 60_000,
      endedAt: now - 5 * 60_000,
      discussion: '五名党员发言',
      resolution: '按计划落实',
    });
    const closed = await organiser.post<{ counts: { due: number; present: number } }>(`/sessions/${session.id}/close`);
    expect(closed.counts).toMatchObject({ due: 22, present: 21 });
    for (const signer of ['host', 'recorder'])
      await organiser.post(`/sessions/${session.id}/signatures`, { as: signer });
    const archived = await organiser.post<{ state: string }>(`/sessions/${session.id}/archive`);
    expect(archived.state).toBe('archived');
    const hours = await as('member').get<{ total: number }>(`/my/study-hours?year=${new Date(now).getFullYear()}`);
    expect(hours.total).toBeGreaterThanOrEqual(0);
  });

  it('plays a live room with three members and keeps the key until the reveal', async () => {
    const committee = as('committee');
    const { items } = await committee.get<{ items: Question[] }>('/questions?type=single&state=published&limit=2');
    const versionIds = items.map(({ publishedVersionId }) => publishedVersionId);
    const set = await committee.post<{ id: string }>('/live/question-sets', {
      title: '小测',
      versionIds,
      unitId: generalBranch.id,
    });
    const room = await committee.post<{ id: string; code: string }>('/live/rooms', {
      setId: set.id,
      unitId: generalBranch.id,
      title: '支部小竞赛',
    });
    const host = await LiveSocket.connect(app.url, { token: committee.token });
    await host.watch(room.id);
    const members = ['member', 'member2', 'member3'];
    const phones = await Promise.all(members.map((who) => LiveSocket.connect(app.url, { token: as(who).token })));
    for (const phone of phones) expect((await phone.join(room.code)).view.phase).toBe('lobby');
    await host.act(room.id, 'take-baton');
    for (const question of [0, 1]) {
      await host.act(room.id, 'next');
      const { timing } = (await host.watch(room.id)).view;
      await pause(timing!.openAt - Date.now() + 100);
      for (const phone of phones) {
        const id = randomUUID();
        const once = await phone.answer(room.id, question, { options: [question] }, id);
        expect(await phone.answer(room.id, question, { options: [question] }, id)).toEqual(once);
      }
      expect(phones[0]!.seen.join('')).not.toContain(`"question":${question},"key"`);
      if (!(await phaseOf(host, room.id, 'locked'))) await host.act(room.id, 'lock');
      await host.act(room.id, 'reveal');
      await host.act(room.id, 'scoreboard');
    }
    await host.act(room.id, 'podium');
    await host.act(room.id, 'end');
    await eventually(
      async () => (await committee.get<{ endedAt: number | null }>(`/live/rooms/${room.id}`)).endedAt !== null,
    );
    const results = await committee.get<{ items?: unknown[]; seats?: unknown[] }>(`/live/rooms/${room.id}/results`);
    expect(JSON.stringify(results)).toContain('第二党支部');
    const log = (await committee.file(`/live/rooms/${room.id}/log`)).toString().trim().split('\n');
    expect(log.length).toBeGreaterThan(5);
    for (const socket of [host, ...phones]) socket.close();
  });

  it('prints the annual report of 2017 with its exact figures', async () => {
    const committee = as('committee');
    const { items } = await committee.get<{ items: { id: string; title: string }[] }>('/reports?year=2017');
    expect(items.map(({ title }) => title)).toEqual(['2017年度抓基层党建工作述职报告']);
    const report = await committee.get<{ gaps: unknown[]; sections: { sentences: { text: string }[] }[] }>(
      `/reports/${items[0]!.id}`,
    );
    const text = report.sections.flatMap(({ sentences }) => sentences.map((sentence) => sentence.text)).join('');
    for (const words of ['学习12次', '集中学习4次', '30余次', '3个学时', '参考率100%', '占98%以上']) {
      expect(text).toContain(words);
    }
    expect(report.gaps).toEqual([]);
    for (const name of ['document.docx', 'tables.xlsx']) {
      const file = await committee.file(`/reports/${items[0]!.id}/${name}`);
      expect(file.subarray(0, 2).toString()).toBe('PK');
    }
    await expect(as('member').get(`/reports/${items[0]!.id}`).catch(codeOf)).resolves.toBe('auth.forbidden');
  });

  it('keeps a whole audit log', async () => {
    await expect(as('auditor').get('/audit/verify')).resolves.toMatchObject({ isWhole: true });
    const { items } = await as('auditor').get<{ items: { type: string }[] }>('/audit?limit=100');
    expect(items.length).toBeGreaterThan(0);
  });
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function phaseOf(host: LiveSocket, roomId: string, phase: QuizView['phase']): Promise<boolean> {
  await pause(300);
  return (await host.watch(roomId)).view.phase === phase;
}
