import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import {
  Access,
  OutboxEventRow,
  platformEntities,
  PlatformHttpModule,
  RequestAuthenticator,
  runAs,
  setUpHttp,
} from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import {
  ContentImportService,
  handbookContent2017,
  handbookEntities,
  HandbookHttpModule,
  ReaderService,
  ReadingCoverageQuery,
} from '../src/index.js';
import type { HandbookContent } from '../src/index.js';
import { HandbookStore } from '../src/handbook.store.js';

const actorOf = (memberId: string): Actor => ({
  accountId: memberId,
  memberId,
  name: '读者',
  mustChangePassword: false,
});

class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const memberId = context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-member'];
    return memberId ? actorOf(memberId) : null;
  }
}

const access = new GrantedAccess();
access.grant('handbook.edit', 'any');

@Module({
  providers: [
    { provide: Access, useValue: access },
    { provide: RequestAuthenticator, useClass: HeaderAuthenticator },
  ],
  exports: [Access, RequestAuthenticator],
})
class PortsModule {}

/** The 2017 edition with one answer rewritten and one entry left out. */
function revised(): HandbookContent {
  const [first, ...others] = handbookContent2017.chapters;
  const entries = first!.entries
    .filter((entry) => entry.key !== 'f003')
    .map((entry) => ({ ...entry, related: entry.related.filter((key) => key !== 'f003') }));
  const rewritten = { ...entries[0]!, answer: '会期为七天。' };
  const rest = others.map((chapter) => ({
    ...chapter,
    entries: chapter.entries.map((entry) => ({ ...entry, related: entry.related.filter((key) => key !== 'f003') })),
  }));
  return { ...handbookContent2017, chapters: [{ ...first!, entries: [rewritten, ...entries.slice(1)] }, ...rest] };
}

const total = handbookContent2017.chapters.flatMap((chapter) => chapter.entries).length;

onEveryDatabase('handbook', [...platformEntities, ...handbookEntities], (database) => {
  let app: NestFastifyApplication;
  let reader: ReaderService;
  const memberId = newId();
  const as = <T>(id: string, work: () => Promise<T>): Promise<T> => runAs(actorOf(id), work);

  beforeAll(async () => {
    const module = await platformTestingModule(database, {
      imports: [{ module: PortsModule, global: true }, PlatformHttpModule, HandbookHttpModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(app);
    await app.init();
    reader = app.get(ReaderService);
  });
  afterAll(() => app.close());

  const importing = (content: HandbookContent) => app.get(ContentImportService).importContent(content);
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
    const headers = { 'x-member': memberId };
    const response = await app.inject({
      method,
      url: `/api/v1/handbook/${path}`,
      headers,
      ...(payload ? { payload } : {}),
    });
    return { status: response.statusCode, body: response.body ? response.json() : null };
  };

  it('is empty before the first edition, and says so', async () => {
    expect(await send('GET', 'chapters')).toMatchObject({ status: 404, body: { code: 'handbook.empty' } });
  });

  it('imports the edition once: the same content again changes nothing', async () => {
    const first = await importing(handbookContent2017);
    expect(first).toMatchObject({ isNew: true, changed: [], withdrawn: [] });
    expect(first.added).toHaveLength(total);
    expect(await importing(handbookContent2017)).toMatchObject({ isNew: false, added: [], changed: [] });
    const events = await database.uow.manager.findBy(OutboxEventRow, { type: 'handbook.edition.published' });
    expect(events).toHaveLength(1);
    expect(events[0]!.payload).toMatchObject({ entries: total });
  });

  it("shows chapters with the reader's own progress, and an entry with its neighbours", async () => {
    const visit = { seconds: 9, reachedEnd: false };
    await as(memberId, () => reader.markRead('f001', visit));
    const { body } = await send('GET', 'chapters');
    expect(body).toMatchObject({ entryCount: total, readCount: 1 });
    expect(body.chapters[0]).toMatchObject({ number: 1, readCount: 1 });
    expect(body.chapters[0].entries.slice(0, 2)).toMatchObject([
      { key: 'f001', isRead: true },
      { key: 'f002', isRead: false },
    ]);
    const entry = await send('GET', 'entries/f002');
    expect(entry.body).toMatchObject({ previous: 'f001', next: 'f003', chapter: { number: 1 }, reading: null });
    expect(entry.body.related[0]).toMatchObject({ key: 'f001', question: expect.stringContaining('十九大') });
    expect(await send('GET', 'entries/none')).toMatchObject({ status: 404 });
  });

  it('counts a reading by eight seconds or by the end, and one visit once', async () => {
    const glance = await send('POST', 'entries/f002/read', { seconds: 3, reachedEnd: false });
    expect(glance).toMatchObject({ status: 422, body: { code: 'handbook.reading.too-short' } });
    const read = await send('POST', 'entries/f002/read', { seconds: 3, reachedEnd: true });
    expect(read).toMatchObject({ status: 200, body: { readCount: 1, seconds: 3 } });
    await send('POST', 'entries/f002/read', { seconds: 20, reachedEnd: true });
    database.clock.advance(120_000);
    const again = await send('POST', 'entries/f002/read', { seconds: 5000, reachedEnd: true });
    expect(again.body).toMatchObject({ readCount: 2, seconds: 3 + 20 + 600 });
  });

  it('keeps readings that arrive together', async () => {
    const other = newId();
    const visits = Array.from({ length: 5 }, () =>
      as(other, () => reader.markRead('f005', { seconds: 10, reachedEnd: false })),
    );
    await Promise.all(visits);
    expect((await as(other, () => reader.entry('f005'))).reading).toMatchObject({ readCount: 1 });
  });

  it('searches a single character and marks the finds', async () => {
    const one = await send('GET', `search?q=${encodeURIComponent('章')}`);
    expect(one.body.total).toBeGreaterThan(10);
    const { body } = await send('GET', `search?q=${encodeURIComponent('人民大会堂')}&limit=1`);
    const [hit] = body.items;
    expect(hit.key).toBe('f002');
    expect(
      hit.excerptRanges.map(({ start, end }: { start: number; end: number }) => hit.excerpt.slice(start, end)),
    ).toContain('人民大会堂');
    expect(await send('GET', 'search?q=')).toMatchObject({ status: 400 });
  });

  it('remembers where the reader stopped, on every device', async () => {
    expect((await send('GET', 'position')).body).toEqual({ entry: null, scrollPermille: 0, at: null });
    await send('PUT', 'position', { key: 'f005', scrollPermille: 300 });
    await send('PUT', 'position', { key: 'f006', scrollPermille: 20 });
    expect((await send('GET', 'position')).body).toMatchObject({ entry: { key: 'f006' }, scrollPermille: 20 });
  });

  it('keeps favourites and private notes', async () => {
    await send('PUT', 'entries/f002/favourite');
    expect(await send('PUT', 'entries/f002/favourite')).toMatchObject({ status: 204 });
    expect((await send('GET', 'favourites')).body.items).toMatchObject([{ key: 'f002' }]);
    await send('DELETE', 'entries/f002/favourite');
    expect((await send('GET', 'favourites')).body.items).toEqual([]);
    const note = await send('POST', 'entries/f002/notes', { text: '记住地点', quote: '北京人民大会堂' });
    expect(note).toMatchObject({ status: 201, body: { version: 1, entry: { key: 'f002' } } });
    const path = `notes/${note.body.id}`;
    expect(await send('PATCH', path, { text: '改', version: 1 })).toMatchObject({ body: { text: '改', version: 2 } });
    expect(await send('PATCH', path, { text: '旧', version: 1 })).toMatchObject({ status: 409 });
    const others = newId();
    expect(await as(others, () => reader.notes())).toEqual([]);
    await expect(as(others, () => reader.reviseNote(note.body.id, '偷改', 2))).rejects.toMatchObject({
      code: 'resource.not-found',
    });
    await send('DELETE', path);
    expect((await send('GET', 'notes')).body.items).toEqual([]);
  });

  it('gives the whole text once, then 304 while it is the same', async () => {
    const url = '/api/v1/handbook/text';
    const first = await app.inject({ url, headers: { 'x-member': memberId } });
    expect(first.json().chapters.flatMap((chapter: { entries: object[] }) => chapter.entries)).toHaveLength(total);
    const tag = String(first.headers.etag);
    const second = await app.inject({ url, headers: { 'x-member': memberId, 'if-none-match': `W/${tag}` } });
    expect(second.statusCode).toBe(304);
    expect(second.body).toBe('');
    await importing(revised());
    const third = await app.inject({ url, headers: { 'x-member': memberId, 'if-none-match': tag } });
    expect(third.statusCode).toBe(200);
    expect(third.headers.etag).not.toBe(tag);
  });

  it('keeps old versions and progress when an edition is revised', async () => {
    const store = app.get(HandbookStore);
    const entry = await store.entryByKey('f001');
    expect((await store.versionsOf(entry!.id)).map((version) => version.number)).toEqual([1, 2]);
    const shown = await send('GET', 'entries/f001');
    expect(shown.body).toMatchObject({ answer: '会期为七天。', versionNumber: 2, reading: { versionNumber: 1 } });
    expect(await send('GET', 'entries/f003')).toMatchObject({ status: 404 });
    expect((await send('GET', 'entries/f002')).body.next).not.toBe('f003');
    const back = await importing(handbookContent2017);
    expect(back).toMatchObject({ isNew: true, added: [], withdrawn: [] });
    expect(back.changed).toContain('f001');
    expect((await send('GET', 'entries/f003')).status).toBe(200);
  });

  it('refuses an unsound edition as a whole', async () => {
    const [chapter] = handbookContent2017.chapters;
    const broken = {
      ...handbookContent2017,
      chapters: [{ ...chapter!, entries: [{ ...chapter!.entries[0]!, related: ['f999'] }] }],
    };
    await expect(importing(broken)).rejects.toMatchObject({
      code: 'handbook.content.invalid',
      facts: { field: 'related' },
    });
    expect((await send('GET', 'chapters')).body.entryCount).toBe(total);
    expect(await send('POST', 'editions', { ...broken, extra: 1 })).toMatchObject({ status: 400 });
    expect(await send('POST', 'editions', { ...handbookContent2017 })).toMatchObject({
      status: 200,
      body: { isNew: false },
    });
  });

  it('answers how many of the asked members have read', async () => {
    const query = app.get(ReadingCoverageQuery);
    const stranger = newId();
    expect(await query.among([memberId, stranger, stranger])).toMatchObject({
      entries: total,
      members: 2,
      started: 1,
      finished: 0,
      byMember: [{ memberId, entriesRead: 2 }],
    });
    expect(await query.among([memberId], 0)).toMatchObject({ started: 0 });
  });
});
