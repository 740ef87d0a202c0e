import multipart from '@fastify/multipart';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BankHttpModule, QuestionSource } from '@xuekao/bank';
import type { KeyedQuestion } from '@xuekao/bank';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { AttemptRow } from '../src/attempt.entity.js';
import { AttemptService, ExamHttpModule, ExamRealtimeModule } from '../src/index.js';
import { AttemptActivity } from '../src/invigilation/attempt-activity.js';
import { AttemptWatchers } from '../src/socket/attempt-watchers.js';
import { ConsoleWatchers } from '../src/socket/console-watchers.js';
import { ExamWatch } from '../src/socket/exam-watch.js';
import { resultTemplate } from '../src/external.xlsx.js';
import { TakingController } from '../src/taking.controller.js';
import { blueprint, examWorld, general, minute, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, unknown> & { readonly id: string; readonly code: string; readonly serverNow: number };
}

onEveryDatabase('the taking of an exam over HTTP', worldEntities, (database) => {
  let world: World;
  let app: NestFastifyApplication;
  const anna = newId();
  const bert = newId();
  const writer = newId();

  beforeAll(async () => {
    world = await examWorld(database, [PlatformHttpModule, BankHttpModule, ExamHttpModule, ExamRealtimeModule]);
    app = world.app.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.register(multipart as never);
    setUpHttp(app);
    await app.init();
    world.rosters.people = [person(anna), person(bert, 'branch-2')];
  });
  afterAll(() => app.close());

  async function send(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    payload?: object | string,
    headers: Record<string, string> = { 'x-member': anna },
  ): Promise<Answer> {
    const response = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload ? { payload } : {}) });
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      text: response.body,
      body: isJson ? response.json<Answer['body']>() : ({} as Answer['body']),
    };
  }

  async function publishedExam(over: object = {}): Promise<string> {
    const { sections } = blueprint;
    const now = database.clock.now();
    const created = await send('POST', 'exams', {
      title: '接口测试',
      unitId: general,
      level: 'own',
      opensAt: now,
      closesAt: now + 60 * minute,
      limitMinutes: 30,
      paper: { sections, seed: 'contract' },
      ...over,
    });
    expect(created).toMatchObject({ status: 201, body: { state: 'draft', extraMinutes: 0 } });
    expect(await send('POST', `exams/${created.body.id}/publish`)).toMatchObject({ status: 200 });
    return created.body.id;
  }

  /** Every sign of a key: property names, explanations, sources, and wordings of blanks outside the stems. */
  function leaksIn(text: string, keyed: readonly KeyedQuestion[]): string[] {
    const stems = keyed.map((question) => question.body.stem).join('\n');
    const secrets = keyed.flatMap(({ explanation, key }) => [
      explanation,
      ...(key.kind === 'blank' ? key.accepted.flat().filter((wording) => !stems.includes(wording)) : []),
    ]);
    const names = /"(key|answerKey|optionIdsOfKey|correct|isCorrect|accepted|explanation|fraction|weight)"/i.exec(text);
    return [...(names ? [names[0]] : []), ...secrets.filter((secret) => secret !== '' && text.includes(secret))];
  }

  /** All that the sockets of an examinee and of a console get while an organiser steers the exam. */
  async function framesOf(examId: string, attemptId: string): Promise<string[]> {
    const frames: string[] = [];
    const socket = { id: 's', connected: true, emit: (...frame: unknown[]) => frames.push(JSON.stringify(frame)) };
    const watchers = world.app.get(AttemptWatchers);
    const consoles = world.app.get(ConsoleWatchers);
    frames.push(JSON.stringify(await world.as(anna, () => watchers.enter(socket as never, attemptId, writer))));
    frames.push(JSON.stringify(await world.as(anna, () => consoles.enter(socket as never, examId))));
    await send('POST', `exams/${examId}/extend`, { minutes: 1, reason: '断网' });
    await world.app.get(AttemptActivity).flush();
    await world.app.get(ExamWatch).tick();
    watchers.leave(socket as never);
    consoles.leave(socket as never);
    return frames;
  }

  it('sends no key before the review is allowed, and the server time with every answer', async () => {
    const examId = await publishedExam();
    const answers: Answer[] = [];
    const note = async (answer: Promise<Answer>): Promise<Answer> => {
      answers.push(await answer);
      return answer;
    };
    await note(send('GET', 'my/exams'));
    const { body: started } = await note(send('POST', `exams/${examId}/attempts`, { writer }));
    const { body: paper } = await note(send('GET', `attempts/${started.id}`));
    const view = await world.as(anna, () => world.app.get(AttemptService).get(started.id));
    const right = await world.rightAnswers(view);
    const keys = await world.app.get(QuestionSource).withKeys(view.paper.items.map((item) => item.versionId));
    const blank = view.attempt.layout.findIndex((place) => place.optionIds.length === 0);
    const choices = right.filter((_, index) => index !== blank);
    const [first, ...rest] = choices;
    await note(
      send('PUT', `attempts/${started.id}/answers/${first!.number}`, {
        writer,
        clientSeq: 1,
        content: first!.content,
      }),
    );
    const tokened = { 'x-member': anna, authorization: `Bearer ${anna}` };
    const again = { writer, clientSeq: 2, content: first!.content };
    await note(send('PUT', `attempts/${started.id}/answers/${first!.number}`, again, tokened));
    await note(send('POST', `attempts/${started.id}/answers`, { writer, answers: rest }));
    const events = [{ kind: 'focus-lost', at: 1 }];
    await note(send('POST', `attempts/${started.id}/focus`, { events }));
    const check = await send('GET', `exams/${examId}/access/check`);
    expect([check.status, leaksIn(check.text, [...keys.values()])]).toEqual([200, []]);
    const frames = await framesOf(examId, started.id);
    await note(send('POST', `attempts/${started.id}/take-over`, { writer: 'another-device' }));
    await note(send('POST', `attempts/${started.id}/hand-in`, { writer: 'another-device' }));
    await note(send('POST', `attempts/${started.id}/hand-in`, { writer: 'another-device' }));
    await note(send('GET', `attempts/${started.id}`));
    await note(send('GET', `attempts/${started.id}/result`));
    await note(send('GET', 'my/exams'));

    expect(answers.map((answer) => answer.status)).toEqual(answers.map((_, index) => (index === 1 ? 201 : 200)));
    const timed = answers.filter((answer) => answer.body.taken === undefined);
    expect(timed.map((answer) => answer.body.serverNow)).toEqual(timed.map(() => database.clock.now()));
    for (const answer of answers) expect(leaksIn(answer.text, [...keys.values()])).toEqual([]);
    expect(frames.length).toBeGreaterThan(3);
    for (const frame of frames) expect(leaksIn(frame, [...keys.values()])).toEqual([]);
    expect(paper).toMatchObject({ limitMinutes: 30, extendedFromMinutes: null, state: 'open' });
    expect((paper.questions as { number: number }[]).map((question) => question.number)).toEqual(
      view.attempt.layout.map((_, index) => index + 1),
    );

    const early = await send('GET', `attempts/${started.id}/review`);
    expect(early).toMatchObject({ status: 403, body: { code: 'exam.review.not-allowed' } });
    expect(leaksIn(early.text, [...keys.values()])).toEqual([]);
    await send('POST', `exams/${examId}/close`, { collect: true });
    const review = await send('GET', `attempts/${started.id}/review`);
    expect(review.status).toBe(200);
    expect(leaksIn(review.text, [...keys.values()]).length).toBeGreaterThan(0);
  });

  it('knows every route of the taking side: a new one is to be called in the test above', () => {
    const methods = Object.getOwnPropertyNames(TakingController.prototype)
      .filter((name) => name !== 'constructor')
      .filter((name) => Reflect.hasMetadata('path', TakingController.prototype[name as keyof TakingController]));
    expect(methods.toSorted()).toEqual(
      [
        'check',
        'focus',
        'get',
        'handIn',
        'mine',
        'result',
        'review',
        'saveMany',
        'saveOne',
        'start',
        'takeOver',
      ].toSorted(),
    );
  });

  it('answers bad input with its code and never with a fault', async () => {
    const examId = await publishedExam();
    const { body: started } = await send('POST', `exams/${examId}/attempts`, { writer });
    const one = (payload: object, number: number | string = 1): Promise<Answer> =>
      send('PUT', `attempts/${started.id}/answers/${number}`, payload);
    const content = { kind: 'choice', optionIds: ['o9'] };
    for (const [answer, status] of [
      [await one({ writer, clientSeq: 1 }), 400],
      [await one({ writer, clientSeq: 1, content: null }), 400],
      [await one({ writer, clientSeq: -1, content }), 400],
      [await one({ writer, clientSeq: 1, content: { kind: 'choice' } }), 422],
      [await one({ writer, clientSeq: 1, content }), 422],
      [await one({ writer, clientSeq: 1, content }, 99), 422],
      [await one({ writer, clientSeq: 1, content }, 'x'), 400],
      [await one({ writer: 'someone-else', clientSeq: 1, content: { kind: 'choice', optionIds: [] } }), 409],
      [await send('POST', `attempts/${started.id}/answers`, { writer, answers: [null] }), 400],
      [await send('GET', 'attempts/题'), 404],
      [await send('GET', `attempts/${started.id}`, undefined, { 'x-member': bert }), 404],
      [await send('GET', `attempts/${started.id}`, undefined, {}), 401],
      [await send('POST', 'exams', { title: '缺少其余' }), 400],
      [await send('POST', 'papers/preview', {}), 422],
      [await send('GET', `exams/${newId()}`), 404],
    ] as const) {
      expect([answer.status, answer.body.code]).toEqual([status, expect.any(String)]);
    }
  });

  it('starts once of two equal requests and shows the extension', async () => {
    const examId = await publishedExam();
    const [one, two] = await Promise.all([1, 2].map(() => send('POST', `exams/${examId}/attempts`, { writer })));
    expect(one!.body.id).toBe(two!.body.id);
    await send('POST', `exams/${examId}/extend`, { minutes: 30, reason: '断网' });
    expect(await send('GET', `attempts/${one!.body.id}`)).toMatchObject({
      body: { limitMinutes: 60, extendedFromMinutes: 30 },
    });
    const progress = await send('GET', `exams/${examId}/progress`);
    expect(progress.body).toMatchObject({
      total: { due: 2, notStarted: 1, working: 1, handedIn: 0 },
      units: [
        { unitName: 'branch-1', working: 1 },
        { unitName: 'branch-2', notStarted: 1 },
      ],
    });
    const file = await app.inject({
      method: 'GET',
      url: `/api/v1/exams/${examId}/results/xlsx`,
      headers: { 'x-member': anna },
    });
    expect(file.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect(file.headers['content-disposition']).toContain("filename*=UTF-8''");
  });

  it('takes a result list as a file', async () => {
    const created = await send('POST', 'external-exams', {
      title: '市级考试',
      level: 'city',
      heldOn: '2017-10-30',
      unitId: general,
    });
    expect(created.status).toBe(201);
    const template = await resultTemplate(world.rosters.people);
    const boundary = 'x-boundary-x';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n`;
    const payload = Buffer.concat([Buffer.from(head), template, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const headers = { 'x-member': anna, 'content-type': `multipart/form-data; boundary=${boundary}` };
    const preview = await send('POST', `external-exams/${created.body.id}/results/preview`, payload, headers);
    expect(preview).toMatchObject({ status: 200, body: { good: 0, bad: 2, sheet: '成绩' } });
    expect(preview.text).toContain('"cell":"C2"');
    expect(preview.text).toContain('缺少成绩');
    const path = `external-exams/${created.body.id}/results?mode=all-or-nothing`;
    expect(await send('POST', path, payload, headers)).toMatchObject({ status: 422 });
    expect(await send('POST', path, {})).toMatchObject({
      status: 422,
      body: { code: 'exam.external.file-unreadable' },
    });
    expect(await send('GET', `external-exams/${created.body.id}`)).toMatchObject({
      body: { results: [{ status: 'absent' }, { status: 'absent' }] },
    });
  });

  it('takes in what ran out within moments, without a browser and without a request', async () => {
    const examId = await publishedExam();
    const { body: started } = await send('POST', `exams/${examId}/attempts`, { writer });
    database.clock.advance(31 * minute);
    let row: AttemptRow | null = null;
    for (let looks = 0; looks < 500 && row?.state !== 'handed-in'; looks++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      row = await database.uow.manager.findOneBy(AttemptRow, { id: started.id });
    }
    expect(row).toMatchObject({ state: 'handed-in', endedBy: 'deadline' });
  });
});
