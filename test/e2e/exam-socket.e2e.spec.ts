import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { AttemptWatched, ExamClientMessages, InvigilationView, SocketReply } from '@xuekao/contracts';
import { Client } from '../harness/client.js';
import { eventually } from '../harness/eventually.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(180_000);

const writer = randomUUID();
const bodies = {
  'attempt:watch': ({ attemptId }: Ids) => ({ attemptId, writer }),
  'exam:watch': ({ examId }: Ids) => ({ examId }),
  'exam:unwatch': ({ examId }: Ids) => ({ examId }),
} satisfies { [M in keyof ExamClientMessages]: (ids: Ids) => ExamClientMessages[M] };
type Message = keyof typeof bodies;
const messages = Object.keys(bodies) as Message[];

interface Ids {
  readonly examId: string;
  readonly attemptId: string;
}

describe.each(topologies)('the sockets of an exam on $name', ({ start }) => {
  let app: Topology;
  let ids: Ids;
  const clients = new Map<string, Client>();
  const open: Socket[] = [];

  beforeAll(async () => {
    app = await start();
    for (const [who, password] of app.passwords) clients.set(who, await Client.signIn(app.url, who, password));
    const committee = clients.get('committee')!;
    const { items } = await committee.get<{ items: { id: string; name: string }[] }>('/units');
    const exam = await committee.post<{ id: string }>('/exams', {
      title: '考试当天',
      unitId: items.find(({ name }) => name === '机关党总支')!.id,
      level: 'own',
      opensAt: Date.now() - 60_000,
      closesAt: Date.now() + 3_600_000,
      limitMinutes: 30,
      paper: { sections: [{ name: '单选', type: 'single', count: 5, marks: 2000 }], seed: 'socket' },
    });
    await committee.post(`/exams/${exam.id}/publish`);
    const { id } = await clients.get('member')!.post<{ id: string }>(`/exams/${exam.id}/attempts`, { writer });
    ids = { examId: exam.id, attemptId: id };
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  const socketWith = (auth: object): Socket => {
    const options = { auth, transports: ['websocket'], forceNew: true, reconnection: false };
    const socket = io(`${app.url}/exam`, options);
    open.push(socket);
    return socket;
  };
  const as = async (who: string): Promise<Socket> => {
    const socket = socketWith({ token: clients.get(who)!.token });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  };
  const ask = <T>(socket: Socket, message: string, body: unknown): Promise<SocketReply<T>> =>
    socket.timeout(10_000).emitWithAck(message, body) as Promise<SocketReply<T>>;
  const codeOf = async (socket: Socket, message: string, body: unknown): Promise<string> => {
    const reply = await ask(socket, message, body);
    return reply.ok ? 'ok' : reply.problem.code;
  };

  it.each([{}, { token: '' }, { token: 'abc.def.ghi' }, { token: { toString: 'x' } }, { screen: 'abc.def' }])(
    'are refused at the handshake with %j',
    async (auth) => {
      const socket = socketWith(auth);
      const error = await new Promise<Error & { data?: object }>((resolve, reject) => {
        socket.once('connect', () => reject(new Error('was let in')));
        socket.once('connect_error', resolve);
      });
      expect(error.data).toMatchObject({ status: 401 });
    },
  );

  it('show an attempt to nobody but its member, and consoles to who may read the exam', async () => {
    for (const who of ['member2', 'organiser', 'committee']) {
      expect(await codeOf(await as(who), 'attempt:watch', bodies['attempt:watch'](ids))).toBe('resource.not-found');
    }
    for (const who of ['sysadmin', 'secadmin', 'auditor']) {
      for (const message of messages) {
        expect(await codeOf(await as(who), message, bodies[message](ids))).toMatch(/auth\.|resource\.not-found/);
      }
    }
    expect(await codeOf(await as('member'), 'exam:watch', { examId: ids.examId })).toBe('auth.forbidden');
    expect(await codeOf(await as('organiser'), 'exam:watch', { examId: randomUUID() })).toBe('resource.not-found');
    const branch = await ask<InvigilationView>(await as('organiser'), 'exam:watch', { examId: ids.examId });
    const all = await ask<InvigilationView>(await as('committee'), 'exam:watch', { examId: ids.examId });
    if (!branch.ok || !all.ok) throw new Error('A console was refused');
    expect(new Set(branch.value.rows.map(({ unitName }) => unitName))).toEqual(new Set(['第二党支部']));
    expect(all.value.rows.length).toBeGreaterThan(branch.value.rows.length);
  });

  it('get a problem, not silence, with a broken body', async () => {
    const socket = await as('committee');
    for (const message of messages) {
      for (const body of [null, undefined, 0, '', 'text', [], { examId: {} }, { attemptId: 1, writer: 'x' }]) {
        expect({ message, body, code: await codeOf(socket, message, body) }).toMatchObject({ code: 'request.invalid' });
      }
      const extra = { ...bodies[message](ids), isAdmin: true };
      expect(await codeOf(socket, message, extra)).toBe('request.invalid');
    }
  });

  it('tell the examinee and the console what another process changed', async () => {
    const [phone, desk] = [await as('member'), await as('committee')];
    const changes: AttemptWatched[] = [];
    const rows: InvigilationView[] = [];
    phone.on('attempt:changed', (change: AttemptWatched) => void changes.push(change));
    desk.on('exam:rows', (view: InvigilationView) => void rows.push(view));
    const before = await ask<AttemptWatched>(phone, 'attempt:watch', bodies['attempt:watch'](ids));
    if (!before.ok) throw new Error(before.problem.code);
    expect(before.value).toMatchObject({ state: 'open', isWriter: true, limitMinutes: 30, extendedFromMinutes: null });
    await ask(desk, 'exam:watch', { examId: ids.examId });
    await clients.get('committee')!.post(`/exams/${ids.examId}/extend`, { minutes: 30, reason: '网络中断' });
    await eventually(() => changes.length > 0);
    expect(changes[0]).toMatchObject({
      deadlineAt: before.value.deadlineAt + 30 * 60_000,
      limitMinutes: 60,
      extendedFromMinutes: 30,
      intervention: { kind: 'extend', reason: '网络中断' },
    });
    const act = { number: 2, kind: 'void', reason: '选项印错' };
    const sentAt = Date.now();
    await clients.get('committee')!.post(`/exams/${ids.examId}/question-acts`, act);
    await eventually(() => changes.some(({ decided }) => decided.length === 1), 2_000 - (Date.now() - sentAt));
    expect(changes.at(-1)!.decided).toMatchObject([{ kind: 'void', reason: '选项印错' }]);
    const own = (): InvigilationView['rows'][number] | undefined =>
      rows.flatMap((view) => view.rows).findLast(({ attemptId }) => attemptId === ids.attemptId);
    await eventually(() => own()?.extraMinutes === 30);
    const { questions } = await clients
      .get('member')!
      .get<{ questions: { body: { options: { id: string }[] } }[] }>(`/attempts/${ids.attemptId}`);
    const content = { kind: 'choice', optionIds: [questions[0]!.body.options[0]!.id] };
    await clients.get('member')!.put(`/attempts/${ids.attemptId}/answers/1`, { writer, clientSeq: 1, content });
    await eventually(() => own()?.saved === 1);
    phone.disconnect();
    await eventually(() => own()?.state === 'disconnected');
    await clients.get('member')!.post(`/attempts/${ids.attemptId}/hand-in`, { writer });
    await eventually(() => own()?.state === 'handed-in');
  });
});
