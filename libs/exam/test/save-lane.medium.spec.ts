import multipart from '@fastify/multipart';
import { jest } from '@jest/globals';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { AnswerRow } from '../src/attempt.entity.js';
import { AttemptSaving } from '../src/attempt-saving.js';
import { AttemptService, ExamHttpModule, ExamRunService, ExamService } from '../src/index.js';
import type { AttemptView } from '../src/index.js';
import { EvidenceService } from '../src/invigilation/evidence.service.js';
import { ExamAccessService } from '../src/invigilation/exam-access.service.js';
import { TakingController } from '../src/taking.controller.js';
import { blueprint, examWorld, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

onEveryDatabase('a save over HTTP', worldEntities, (database) => {
  let world: World;
  let app: NestFastifyApplication;
  let view: AttemptView;
  const anna = newId();
  const bert = newId();
  const writer = newId();

  beforeAll(async () => {
    world = await examWorld(database, [PlatformHttpModule, ExamHttpModule]);
    app = world.app.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.register(multipart as never);
    setUpHttp(app);
    await app.init();
    world.rosters.people = [person(anna), person(bert)];
    await world.as('organiser', async () => {
      const { id } = await world.app.get(ExamService).createWithDraw(world.exam(), blueprint, 'lane');
      await world.app.get(ExamRunService).publish(id);
      view = await world.as(anna, () => world.app.get(AttemptService).start(id, writer));
    });
  });
  afterAll(() => app.close());

  const put = async (payload: unknown, who: 'short' | 'long', number: number | string = 1, member = anna) => {
    const headers = { 'content-type': 'application/json', 'x-member': member };
    const authorization = who === 'short' ? { authorization: `Bearer ${member}` } : {};
    const url = `/api/v1/attempts/${view.attempt.id}/answers/${number}`;
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const answer = await app.inject({ method: 'PUT', url, headers: { ...headers, ...authorization }, payload: body });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };
  const place = (blank: boolean): number =>
    view.attempt.layout.findIndex(({ optionIds }) => (optionIds.length === 0) === blank) + 1;

  const textsOf = (text: string): string[] => {
    const body = view.paper.bodyOf(view.attempt.layout[place(true) - 1]!.number)!;
    return Array.from({ length: body.type === 'blank' ? body.blanks : 0 }, () => text);
  };

  it('goes the short way when it is plain, and the answer is the same', async () => {
    const long = jest.spyOn(TakingController.prototype, 'saveOne');
    const content = { kind: 'choice', optionIds: [view.attempt.layout[place(false) - 1]!.optionIds[0]] };
    const short = await put({ writer, clientSeq: 1, content }, 'short', place(false));
    expect(long).not.toHaveBeenCalled();
    expect(short).toEqual({
      status: 200,
      body: {
        number: place(false),
        clientSeq: 1,
        savedAt: database.clock.now(),
        lateMs: 0,
        deadlineAt: view.attempt.deadlineAt,
        serverNow: database.clock.now(),
      },
    });
    expect(await put({ writer, clientSeq: 1, content }, 'long', place(false))).toEqual(short);
    long.mockRestore();
  });

  it('is refused in the same words on both ways', async () => {
    const content = { kind: 'choice', optionIds: [] };
    const texts = (text: string) => ({ writer, clientSeq: 9, content: { kind: 'blank', texts: textsOf(text) } });
    const cases: [unknown, (number | string)?, string?][] = [
      ['{', 1],
      [null],
      [[]],
      [{ writer, clientSeq: 9 }],
      [{ writer, clientSeq: 9, content: null }],
      [{ writer, clientSeq: -1, content }],
      [{ writer, clientSeq: 1.5, content }],
      [{ writer, clientSeq: '9', content }],
      [{ writer: 'x', clientSeq: 9, content }],
      [{ writer: 'another-device', clientSeq: 9, content }],
      [{ writer, clientSeq: 9, content, isAdmin: true }],
      [{ writer, clientSeq: 9, content: { kind: 'choice' } }],
      [{ writer, clientSeq: 9, content: { kind: 'choice', optionIds: ['o99'] } }],
      [{ writer, clientSeq: 9, content: { kind: 'choice', optionIds: [1] } }],
      [{ writer, clientSeq: 9, content }, 0],
      [{ writer, clientSeq: 9, content }, 99],
      [{ writer, clientSeq: 9, content }, '1.5'],
      [{ writer, clientSeq: 9, content }, 1, bert],
      [texts('x'.repeat(501)), place(true)],
      [texts('\u0001'), place(true)],
      [texts('字'), place(false)],
    ];
    for (const [body, number, member] of cases) {
      const [short, long] = [await put(body, 'short', number, member), await put(body, 'long', number, member)];
      expect({ body, status: short.status }).not.toMatchObject({ status: 200 });
      const plain = ({ status, body: problem }: typeof short) => ({ status, ...problem, requestId: '' });
      expect(plain(short)).toEqual(plain(long));
    }
  });

  it('empties texts of spaces alone on both ways', async () => {
    for (const [who, clientSeq] of [
      ['short', 20],
      ['long', 21],
    ] as const) {
      const content = { kind: 'blank', texts: textsOf('   ') };
      expect((await put({ writer, clientSeq, content }, who, place(true))).status).toBe(200);
      const { answers } = await world.as(anna, () => world.app.get(AttemptService).get(view.attempt.id));
      expect(answers.find((answer) => answer.clientSeq === clientSeq)?.content).toEqual({
        kind: 'blank',
        texts: textsOf(''),
      });
    }
  });

  it('refuses one of a moment and keeps the others', async () => {
    const saving = world.app.get(AttemptSaving);
    const [first] = await world.rightAnswers(view, 1);
    const outcomes = await Promise.allSettled([
      saving.save(anna, view.attempt.id, 'another-device', [{ ...first!, clientSeq: 30 }]),
      saving.save(anna, view.attempt.id, writer, [{ ...first!, clientSeq: 32 }]),
      saving.save(anna, view.attempt.id, writer, [{ ...first!, clientSeq: 31 }]),
      saving.save(anna, newId(), writer, [first!]),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'exam.attempt.taken-over' } },
      { status: 'fulfilled', value: { saved: [{ clientSeq: 32 }] } },
      { status: 'fulfilled', value: { saved: [{ clientSeq: 32 }] } },
      { status: 'rejected', reason: { code: 'resource.not-found' } },
    ]);
  });

  it('is kept from anywhere, and what is not the room or its browser goes into the record, once each', async () => {
    const { attempt } = view;
    const access = world.app.get(ExamAccessService);
    const evidence = async () =>
      (await world.as('organiser', () => world.app.get(EvidenceService).of(attempt.examId)))
        .map(({ kind, text }) => `${kind} ${text ?? ''}`)
        .toSorted();
    const send = async (method: 'PUT' | 'POST', path: string, payload: object, remoteAddress: string, token = true) => {
      const headers = { 'x-member': anna, ...(token ? { authorization: `Bearer ${anna}` } : {}) };
      const url = `/api/v1/attempts/${attempt.id}/${path}`;
      return (await app.inject({ method, url, headers, payload, remoteAddress })).statusCode;
    };
    const content = { kind: 'choice', optionIds: [attempt.layout[place(false) - 1]!.optionIds[0]] };
    const answer = (clientSeq: number) => ({ writer, clientSeq, content });
    const one = `answers/${place(false)}`;
    await world.as('organiser', () => access.set(attempt.examId, { ipRanges: ['10.0.0.0/8'], sebKeys: [] }));
    database.clock.advance(5_000);
    expect(await send('PUT', one, answer(101), '10.1.2.3')).toBe(200);
    expect(await evidence()).toEqual([]);
    expect(await send('PUT', one, answer(102), '192.0.2.7')).toBe(200);
    expect(await send('PUT', one, answer(103), '192.0.2.7', false)).toBe(200);
    const list = { writer, answers: [{ number: place(false), clientSeq: 104, content }] };
    expect(await send('POST', 'answers', list, '192.0.2.8')).toBe(200);
    const [row] = await database.uow.manager.findBy(AnswerRow, { attemptId: attempt.id, clientSeq: 104 });
    expect(row?.content).toEqual(content);
    await world.as('organiser', () => access.set(attempt.examId, { ipRanges: [], sebKeys: ['a'.repeat(64)] }));
    database.clock.advance(5_000);
    expect(await send('POST', 'hand-in', { writer }, '192.0.2.7')).toBe(200);
    expect(await evidence()).toEqual(['other-address 192.0.2.7', 'other-address 192.0.2.8', 'other-browser ']);
  });
});
