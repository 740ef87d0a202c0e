import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { AttemptWatched } from '@xuekao/contracts';
import { Client, RequestRefused } from '../harness/client.js';
import { eventually } from '../harness/eventually.js';
import { examToMark, hireExamStaff, optionIds, sitWhole } from '../harness/exam-staff.js';
import type { ExamStaff, MarkedExam, Staff } from '../harness/exam-staff.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(180_000);

interface Script {
  readonly id: string;
  readonly answer: { readonly text: string };
  readonly earlier: readonly { readonly marks: number }[];
}
interface Outcome {
  readonly score: number | null;
  readonly isPassed: boolean | null;
  readonly isWaiting: boolean;
}
interface Run {
  readonly id: string;
  readonly flips: number;
  readonly changedMarks: number;
  readonly state: string;
}

const wrongKey = ['支部党员大会', '党课'];
const rightKey = ['支部党员大会', '支部委员会', '党课'];

describe.each(topologies)('an exam that people mark, and mark again, on $name', ({ start }) => {
  let app: Topology;
  let staff: ExamStaff;
  let exam: MarkedExam;
  const members: { client: Client; attemptId: string }[] = [];
  const open: Socket[] = [];

  beforeAll(async () => {
    app = await start();
    staff = await hireExamStaff(app);
    exam = await examToMark(staff, '第二党支部', '阅卷演练');
    for (const [who, multiple] of [['member', wrongKey] as const, ['member2', rightKey] as const]) {
      const client = await Client.signIn(app.url, who, app.passwords.get(who)!);
      const answers = { single: '实现共产主义', multiple, text: `${who}：学习理论` };
      members.push({ client, attemptId: await sitWhole(client, exam.id, answers) });
    }
    await staff.committee.post(`/exams/${exam.id}/close`, { collect: true });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  const outcomes = () =>
    Promise.all(members.map(({ client, attemptId }) => client.get<Outcome>(`/attempts/${attemptId}/outcome`)));
  const scores = async () => (await outcomes()).map(({ score }) => score);
  const next = async ({ client }: Staff): Promise<Script | null> =>
    (await client.post<{ script: Script | null }>('/marking/next', { examId: exam.id, number: 3 })).script;
  const markAll = async (who: Staff, marksOf: (script: Script) => number): Promise<number> => {
    let count = 0;
    for (let script = await next(who); script; script = await next(who)) {
      await who.client.put(`/marking/scripts/${script.id}`, { marks: marksOf(script) });
      count += 1;
    }
    return count;
  };
  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof RequestRefused ? error.problem.code : 'ok';
  };
  /** In order of their numbers. */
  const certificates = async (): Promise<string[]> => {
    const path = `/exams/${exam.id}/certificates`;
    const { items } = await staff.committee.get<{ items: { number: string; state: string }[] }>(path);
    return items.toSorted((a, b) => (a.number < b.number ? -1 : 1)).map(({ state }) => state);
  };

  it('waits for two who mark blindly and for an arbiter where they differ', async () => {
    const [a, b] = staff.markers;
    await staff.committee.put(`/exams/${exam.id}/marking/questions/3`, {
      mode: 'double',
      threshold: 300,
      step: 50,
      markerIds: [a.memberId, b.memberId],
      arbiterIds: [staff.arbiter.memberId],
    });
    await staff.committee.post(`/exams/${exam.id}/marking/open`);
    expect((await outcomes()).map(({ isWaiting }) => isWaiting)).toEqual([true, true]);
    const names = (await staff.committee.get<{ items: { name: string }[] }>(`/members?unitId=${exam.unitId}&limit=100`))
      .items;
    const isFirst = ({ answer }: Script): boolean => answer.text.startsWith('member：');
    expect(await markAll(a, (script) => (isFirst(script) ? 1000 : 2000))).toBe(2);
    expect(await markAll(b, (script) => (isFirst(script) ? 2000 : 2000))).toBe(2);
    const disputed = (await next(staff.arbiter))!;
    expect(disputed.earlier.map(({ marks }) => marks)).toEqual([1000, 2000]);
    for (const { name } of names) expect(JSON.stringify(disputed)).not.toContain(name);
    await staff.arbiter.client.put(`/marking/scripts/${disputed.id}`, { marks: 1500 });
    expect(await scores()).toEqual([8500, 5000]);
    await staff.committee.post(`/exams/${exam.id}/certificates`);
    expect(await certificates()).toEqual(['valid']);
  });

  it('hears an appeal, and answers it once', async () => {
    const [, second] = members;
    const { attemptId, client } = second!;
    await client.post(`/attempts/${attemptId}/appeals`, { number: 2, reason: '支部委员会也属于三会一课' });
    const { items } = await staff.committee.get<{ items: { id: string; number: number }[] }>(
      `/exams/${exam.id}/appeals`,
    );
    expect(items).toMatchObject([{ number: 2, state: 'open', marks: 0, full: 4000 }]);
    await staff.second.client.put(`/appeals/${items[0]!.id}`, { state: 'upheld', answer: '答案有误，将重新评分' });
    expect(await codeOf(staff.committee.put(`/appeals/${items[0]!.id}`, { state: 'dismissed', answer: '不' }))).toBe(
      'exam.appeal.answered',
    );
    expect(await client.get(`/attempts/${attemptId}/appeals`)).toMatchObject({
      items: [{ number: 2, state: 'upheld', answer: '答案有误，将重新评分' }],
    });
  });

  it('gets another key by two people, tells open result pages, takes a certificate back, and can go all the way back', async () => {
    const stamps: string[] = [];
    const [first] = members;
    const socket = io(`${app.url}/exam`, {
      auth: { token: first!.client.token },
      transports: ['websocket'],
      forceNew: true,
    });
    open.push(socket);
    socket.on('attempt:changed', ({ resultStamp }: AttemptWatched) => void stamps.push(resultStamp));
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    await socket.timeout(10_000).emitWithAck('attempt:watch', { attemptId: first!.attemptId, writer: randomUUID() });

    const key = { kind: 'choice', optionIds: await optionIds(staff.committee, exam.id, rightKey) };
    const asked = { kind: 'key', numbers: [2], key, reason: '支部委员会属于三会一课' };
    const run = await staff.committee.post<Run>(`/exams/${exam.id}/regrades`, asked);
    expect(run).toMatchObject({ state: 'proposed', flips: 2, changedMarks: 2 });
    expect(await scores()).toEqual([8500, 5000]);
    expect(await codeOf(staff.committee.post(`/regrades/${run.id}/confirm`))).toBe('exam.regrade.own-proposal');
    await staff.second.client.post(`/regrades/${run.id}/confirm`);
    expect(await scores()).toEqual([4500, 9000]);
    expect(await certificates()).toEqual(['revoked', 'valid']);
    await eventually(() => stamps.length === 1);

    const back = await staff.second.client.post<Run>(`/regrades/${run.id}/reverse`, {
      reason: '经上级复核，原答案成立',
    });
    expect(await codeOf(staff.second.client.post(`/regrades/${back.id}/confirm`))).toBe('exam.regrade.own-proposal');
    await staff.committee.post(`/regrades/${back.id}/confirm`);
    expect(await scores()).toEqual([8500, 5000]);
    expect(await certificates()).toEqual(['valid', 'revoked']);
    await eventually(() => stamps.length === 2);
    expect(new Set(stamps).size).toBe(2);
  });
});
