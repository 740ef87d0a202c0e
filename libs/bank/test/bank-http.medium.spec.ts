import { Global, Module } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onEveryDatabase } from '@xuekao/database/testing';
import { Access, PlatformHttpModule, RequestAuthenticator, platformEntities, setUpHttp } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import { BankHttpModule, bankEntities } from '../src/index.js';

const access = new GrantedAccess();

class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    const accountId = headers['x-account'] ?? 'author';
    return { accountId, memberId: null, name: accountId, mustChangePassword: false };
  }
}

@Global()
@Module({
  providers: [
    { provide: Access, useValue: access },
    { provide: RequestAuthenticator, useClass: HeaderAuthenticator },
  ],
  exports: [Access, RequestAuthenticator],
})
class PortsModule {}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly id: string; readonly code: string };
}

onEveryDatabase('the bank over HTTP', [...platformEntities, ...bankEntities], (database) => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    access.grant('bank.read', 'u');
    access.grant('bank.edit', 'u');
    const module = await platformTestingModule(database, {
      imports: [PortsModule, PlatformHttpModule, BankHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(app);
    await app.init();
  });
  afterAll(() => app.close());

  async function send(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, as = 'author'): Promise<Answer> {
    const headers = { 'x-account': as };
    const response = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json() };
  }

  const question = {
    code: 'H-1',
    type: 'blank',
    stem: '不忘____，牢记____。',
    answers: [['初心'], ['使命']],
    explanation: '见报告。',
    source: '报告',
    difficulty: 1,
    topic: '报告',
  };

  it('takes a question from draft to published', async () => {
    const created = await send('POST', 'questions', question);
    expect(created).toMatchObject({ status: 201, body: { state: 'draft', version: 1 } });
    const path = `questions/${created.body.id}`;
    const edit = { ...question, code: undefined, stem: '不忘____，牢记____！', version: 1 };
    expect(await send('PUT', path, edit)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await send('POST', `${path}/review`)).toMatchObject({ status: 409, body: { code: 'bank.review.own-work' } });
    expect(await send('POST', `${path}/review`, undefined, 'reviewer')).toMatchObject({ body: { state: 'reviewed' } });
    expect(await send('POST', `${path}/publish`)).toMatchObject({ body: { state: 'published' } });
    expect(await send('GET', path)).toMatchObject({
      body: { isPublished: true, number: 2, body: { blanks: 2 }, key: { accepted: [['初心'], ['使命']] } },
    });
    expect(await send('GET', 'questions?type=blank&q=初心')).toMatchObject({ status: 200, body: { total: 0 } });
    expect(await send('GET', 'questions?type=blank&q=牢记')).toMatchObject({ body: { total: 1 } });
    expect(await send('GET', 'questions/topics')).toMatchObject({ body: { items: [{ topic: '报告', count: 1 }] } });
  });

  it.each([
    [400, 'questions', { ...question, answers: [[1]] }],
    [400, 'questions', { ...question, answers: '初心' }],
    [400, 'questions', { ...question, difficulty: 9 }],
    [400, 'questions', { ...question, surprise: 1 }],
    [422, 'questions', { ...question, code: 'H-2', answers: [['初心']] }],
    [422, 'questions', { ...question, code: '题号' }],
    [400, 'questions/imports/text', { text: '' }],
    [422, 'questions/imports/text', { text: '没有试题' }],
  ])('answers %i to bad input for %s', async (status, path, payload) => {
    const answer = await send('POST', path, payload);
    expect([answer.status, answer.body.code]).toEqual([status, expect.any(String)]);
  });

  it('begins the list anew for a broken cursor', async () => {
    const cursor = Buffer.from(JSON.stringify(['题号'])).toString('base64url');
    expect(await send('GET', `questions?cursor=${cursor}`)).toMatchObject({ status: 200, body: { total: 1 } });
  });
});
