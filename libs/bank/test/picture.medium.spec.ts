import multipart from '@fastify/multipart';
import { Global, Module } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { onEveryDatabase } from '@xuekao/database/testing';
import { Access, PlatformHttpModule, RequestAuthenticator, platformEntities, setUpHttp } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import { BankHttpModule, PictureViewers, bankEntities } from '../src/index.js';

const access = new GrantedAccess();
const seen = new Set<string>();

class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    const accountId = headers['x-account'];
    return accountId ? { accountId, memberId: accountId, name: accountId, mustChangePassword: false } : null;
  }
}
class OwnPapers extends PictureViewers {
  async maySee(versionIds: readonly string[]): Promise<boolean> {
    return versionIds.some((id) => seen.has(id));
  }
}

@Global()
@Module({
  providers: [
    { provide: Access, useValue: access },
    { provide: RequestAuthenticator, useClass: HeaderAuthenticator },
    { provide: PictureViewers, useClass: OwnPapers },
  ],
  exports: [Access, RequestAuthenticator, PictureViewers],
})
class PortsModule {}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const boundary = 'part-of-a-form';
const form = (content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.exe"\r\n\r\n`),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);

onEveryDatabase('pictures of questions', [...platformEntities, ...bankEntities], (database) => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const module = await platformTestingModule(database, {
      imports: [PortsModule, PlatformHttpModule, BankHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.register(multipart as never);
    setUpHttp(app);
    await app.init();
  });
  beforeEach(() => {
    access.grant('bank.read', 'u');
    access.grant('bank.edit', 'u');
  });
  afterAll(() => app.close());

  const upload = async (content: Buffer) => {
    const headers = { 'x-account': 'author', 'content-type': `multipart/form-data; boundary=${boundary}` };
    const url = '/api/v1/question-pictures';
    const response = await app.inject({ method: 'POST', url, headers, payload: form(content) });
    return { status: response.statusCode, body: response.json<{ id: string; code: string; width: number }>() };
  };
  const read = (id: string, account?: string) =>
    app.inject({
      url: `/api/v1/question-pictures/${id}`,
      headers: account ? { 'x-account': account } : {},
    });
  const send = async <T>(method: 'GET' | 'POST', path: string, payload?: object) => {
    const headers = { 'x-account': 'author' };
    const response = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: response.json<T>() };
  };
  const question = (code: string, picture: object) => ({
    code,
    type: 'true-false',
    stem: '图中是一大会址。',
    truth: true,
    pictures: [picture],
    explanation: '',
    source: '',
    difficulty: 1,
    topic: '党史',
  });

  it('are told by their bytes, stored once, and served with headers that let nothing run', async () => {
    const first = await upload(png);
    expect(first).toMatchObject({ status: 201, body: { width: 1, mediaType: 'image/png' } });
    expect((await upload(png)).body.id).toBe(first.body.id);
    const answer = await read(first.body.id, 'author');
    expect(answer.rawPayload).toEqual(png);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(await upload(Buffer.from('MZ not a picture'))).toMatchObject({
      status: 422,
      body: { code: 'bank.picture.type-unknown' },
    });
  });

  it('are shown in questions with the size that is stored, and never without words or bytes', async () => {
    const { id } = (await upload(png)).body;
    const made = await send<{ id: string }>(
      'POST',
      'questions',
      question('P-1', { id, alt: '会址', width: 9, height: 9 }),
    );
    expect(made.status).toBe(201);
    const { body } = (await send<{ body: { pictures: object[] } }>('GET', `questions/${made.body.id}`)).body;
    expect(body.pictures).toEqual([{ id, alt: '会址', width: 1, height: 1 }]);
    const unknown = { id: 'a'.repeat(64), alt: '会址', width: 1, height: 1 };
    expect(await send('POST', 'questions', question('P-2', unknown))).toMatchObject({
      body: { code: 'bank.picture.unknown' },
    });
    expect(await send('POST', 'questions', question('P-3', { ...unknown, id, alt: ' ' }))).toMatchObject({
      body: { code: 'bank.picture.alt-missing' },
    });
  });

  it('are seen by readers of the bank and by who answers a question that shows them', async () => {
    const { id } = (await upload(png)).body;
    await send('POST', 'questions', question('P-4', { id, alt: '会址', width: 1, height: 1 }));
    const { items } = (await send<{ items: { publishedVersionId: string; id: string }[] }>('GET', 'questions?q=P-4'))
      .body;
    const versions = await send<{ items: { versionId: string }[] }>('GET', `questions/${items[0]!.id}/versions`);
    access.grants.clear();
    expect((await read(id)).statusCode).toBe(401);
    expect((await read(id, 'member')).statusCode).toBe(404);
    seen.add(versions.body.items[0]!.versionId);
    expect((await read(id, 'member')).statusCode).toBe(200);
    expect((await read('b'.repeat(64), 'member')).statusCode).toBe(404);
    expect((await read('..%2fetc', 'member')).statusCode).toBe(404);
  });
});
