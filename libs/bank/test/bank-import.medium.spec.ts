import { Global, Module } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import multipart from '@fastify/multipart';
import ExcelJS from 'exceljs';
import { zipSync } from 'fflate';
import { onEveryDatabase } from '@xuekao/database/testing';
import {
  Access,
  JobQueue,
  OutboxEventRow,
  PlatformHttpModule,
  RequestAuthenticator,
  platformEntities,
  setUpHttp,
} from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import { BankHttpModule, BankJobsModule, bankEntities } from '../src/index.js';

const access = new GrantedAccess();

class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    const accountId = headers['x-account'] ?? 'importer';
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

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly [count: string]: unknown;
}
interface Row {
  readonly number: number;
  readonly state: string;
  readonly place: string;
  readonly faults: readonly { readonly code: string; readonly message: string; readonly place: string | null }[];
  readonly guesses: readonly { readonly reason: string; readonly message: string }[];
  readonly question: Record<string, unknown>;
  readonly questionId: string | null;
}

const paper = (tag: string): string => `一、单项选择题（每题2分）
1、${tag}党章规定党的根本组织原则是（ D ）。
A、首长负责制  B、集体承包制
C、个人负责制  D、民主集中制
2. ${tag}支部委员会的任期由谁规定？
A. 党章
B. 支部自己
二、判断题
1. ${tag}预备党员没有表决权。（√）
三、多项选择题
1. ${tag}四个伟大包括
A.伟大斗争 B.伟大工程 C.伟大口号 D.伟大梦想
答案：A
`;

async function workbook(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('试题').addRows(rows.map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

onEveryDatabase('imports into the bank', [...platformEntities, ...bankEntities], (database) => {
  let app: NestFastifyApplication;
  let jobs: JobQueue;

  beforeAll(async () => {
    access.grant('bank.read', 'u');
    access.grant('bank.edit', 'u');
    const module = await platformTestingModule(database, {
      imports: [PortsModule, PlatformHttpModule, BankHttpModule, BankJobsModule],
    });
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.register(multipart as never, { limits: { fileSize: 10_000_000, files: 1 } });
    setUpHttp(app);
    await app.init();
    jobs = app.get(JobQueue);
  });
  afterAll(() => app.close());

  async function call<T>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    payload?: object,
    as = 'importer',
  ): Promise<T & { status: number }> {
    const headers = { 'x-account': as };
    const url = `/api/v1/questions${path.startsWith('?') ? '' : '/'}${path}`;
    const response = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    const text = response.body;
    return { ...(text === '' ? {} : (JSON.parse(text) as T)), status: response.statusCode } as T & { status: number };
  }
  async function upload(file: Buffer, name: string, query = ''): Promise<Batch & { status: number; code?: string }> {
    const boundary = 'xuekao-boundary';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    const payload = Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const response = await app.inject({ method: 'POST', url: `/api/v1/questions/imports${query}`, headers, payload });
    return { ...(response.json() as Batch), status: response.statusCode };
  }
  const paste = (text: string): Promise<Batch & { status: number }> =>
    call<Batch>('POST', 'imports/text', { text, topic: '党章', difficulty: 1 });
  const rowsOf = async (id: string, query = ''): Promise<readonly Row[]> =>
    (await call<{ items: Row[] }>('GET', `imports/${id}/rows?limit=200${query}`)).items;
  const commit = (id: string, mode: string): Promise<Batch & { status: number; code?: string }> =>
    call('POST', `imports/${id}/commit`, { mode });
  /** The queue runs by itself beside the requests. */
  const past = async (id: string, state: string): Promise<Batch> => {
    for (;;) {
      const batch = await call<Batch>('GET', `imports/${id}`);
      if (batch.state !== state) return batch;
      await jobs.runDue();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const bankTotal = async (): Promise<number> => (await call<{ total: number }>('GET', '?limit=1')).total;

  it('shows every row with its place, its fault or its guess, and imports only what is good', async () => {
    const batch = await paste(paper('甲'));
    expect(batch).toMatchObject({
      status: 201,
      state: 'preview',
      format: 'text',
      total: 4,
      good: 2,
      faulty: 1,
      unclear: 1,
    });
    const rows = await rowsOf(batch.id);
    expect(rows.map((row) => [row.state, row.place])).toEqual([
      ['good', '第 2 行'],
      ['faulty', '第 5 行'],
      ['good', '第 9 行'],
      ['unclear', '第 11 行'],
    ]);
    expect(rows[1]!.faults).toMatchObject([{ code: 'bank.question.key-missing', message: '缺少答案' }]);
    expect(rows[3]!.guesses).toMatchObject([{ reason: 'single-answer-multiple' }]);
    expect(await commit(batch.id, 'all-or-nothing')).toMatchObject({ status: 422, code: 'bank.import.has-errors' });
    const before = await bankTotal();
    expect(await commit(batch.id, 'good-only')).toMatchObject({ status: 200, state: 'committed', imported: 2 });
    expect(await bankTotal()).toBe(before + 2);
    const { questionId } = (await rowsOf(batch.id))[0]!;
    expect(await call('GET', questionId!)).toMatchObject({
      state: 'draft',
      topic: '党章',
      difficulty: 1,
      type: 'single',
    });
  });

  it('adds nothing from the same file twice, and names the question that it is', async () => {
    const again = await paste(paper('甲'));
    expect(again).toMatchObject({ known: 2, good: 0 });
    expect((await rowsOf(again.id, '&state=known'))[0]!.faults).toMatchObject([{ code: 'bank.question.stem-known' }]);
    const before = await bankTotal();
    expect(await commit(again.id, 'good-only')).toMatchObject({ state: 'committed', imported: 0 });
    expect(await bankTotal()).toBe(before);
  });

  it('lets a person confirm a guess, mend a row and leave one out', async () => {
    const batch = await paste(paper('乙'));
    const rows = await rowsOf(batch.id);
    expect(await call('POST', `imports/${batch.id}/rows/confirm`, {})).toMatchObject({ unclear: 0, good: 3 });
    const [first, second] = rows;
    expect(await call('POST', `imports/${batch.id}/rows/skip`, { numbers: [first!.number] })).toMatchObject({
      skipped: 1,
    });
    const mended = { ...first!.question, stem: '乙改过的题干（　　）。', code: 'MENDED-1' };
    expect(await call('PUT', `imports/${batch.id}/rows/${second!.number}`, mended)).toMatchObject({
      status: 200,
      state: 'good',
      faults: [],
    });
    const broken = { ...mended, options: [] };
    expect(await call('PUT', `imports/${batch.id}/rows/${second!.number}`, broken)).toMatchObject({ state: 'faulty' });
    await call('PUT', `imports/${batch.id}/rows/${second!.number}`, mended);
    expect(await commit(batch.id, 'all-or-nothing')).toMatchObject({ state: 'committed', imported: 3, skipped: 1 });
    expect(await call('PUT', `imports/${batch.id}/rows/${second!.number}`, mended)).toMatchObject({
      status: 409,
      code: 'bank.import.wrong-state',
    });
    expect(await call('GET', '?q=MENDED-1')).toMatchObject({ total: 1 });
  });

  it('tells a conflict and a repeat apart, against the bank and within the file', async () => {
    const item = (stem: string, answer: string): string => `${stem}\nA. 甲方\nB. 乙方\n答案：${answer}\n`;
    const first = await paste(item('1. 冲突检查的题干', 'A'));
    await commit(first.id, 'good-only');
    const text = [
      item('1. 冲突检查的题干！', 'B'),
      item('2. 重复检查的题干', 'A'),
      item('3. 重复检查的题干', 'A'),
      item('4. 重复检查的题干', 'B'),
    ];
    const batch = await paste(text.join('\n'));
    const rows = await rowsOf(batch.id);
    expect(rows.map((row) => [row.state, row.faults[0]?.code])).toEqual([
      ['conflict', 'bank.question.conflicting-key'],
      ['good', undefined],
      ['repeated', 'bank.import.repeated'],
      ['conflict', 'bank.import.repeated-other-key'],
    ]);
  });

  it('takes an import back, but leaves what was reviewed or changed, and says why', async () => {
    const items = ['一', '二', '三'].map((n, i) => `${i + 1}. 撤销检查的第${n}题\nA. 甲方\nB. 乙方\n答案：A\n`);
    const batch = await paste(items.join(''));
    await commit(batch.id, 'all-or-nothing');
    const [reviewed, edited, untouched] = await rowsOf(batch.id);
    await call('POST', `${reviewed!.questionId}/review`, undefined, 'reviewer');
    const input = {
      type: 'single',
      stem: '改了',
      options: [
        { text: '甲', correct: true },
        { text: '乙', correct: false },
      ],
    };
    const rest = { explanation: '', source: '', difficulty: 1, topic: '党章', version: 1 };
    expect(await call('PUT', edited!.questionId!, { ...input, ...rest })).toMatchObject({ status: 200 });
    const plan = await call<{ going: number; staying: { number: number; code: string; reason: string }[] }>(
      'GET',
      `imports/${batch.id}/undo-plan`,
    );
    expect(plan).toMatchObject({ going: 1, staying: [{ number: 1 }, { number: 2 }] });
    const codes = plan.staying.map(({ code }) => code).join('、');
    expect(await call('POST', `imports/${batch.id}/undo`, {})).toMatchObject({
      status: 409,
      code: 'bank.import.in-use',
      facts: { count: 2, codes },
    });
    const undone = { status: 200, state: 'undone', undone: 1, kept: 2 };
    expect(await call('POST', `imports/${batch.id}/undo`, { mode: 'good-only' })).toMatchObject(undone);
    expect((await rowsOf(batch.id)).map((row) => row.faults[0]?.code)).toEqual([
      'bank.undo.reviewed',
      'bank.undo.edited',
      undefined,
    ]);
    expect(await call('GET', untouched!.questionId!)).toMatchObject({ status: 404 });
    const again = await paste(items.join(''));
    expect(await rowsOf(again.id)).toMatchObject([
      { state: 'known' },
      { state: 'known', faults: [{ code: 'bank.import.imported-before' }] },
      { state: 'good' },
    ]);
    expect(await call('POST', `imports/${batch.id}/undo`, {})).toMatchObject(undone);
    expect(await call('POST', `imports/${again.id}/undo`, {})).toMatchObject({
      status: 409,
      code: 'bank.import.wrong-state',
    });
  });

  it('keeps the marks that a paper gave, lists a batch in the order of its file, and lets a person change them', async () => {
    const head =
      '一、判断题（每题2分，共4分）\n1. 分值检查的第一题。\n答案：对\n2. 分值检查的第二题。（3分）\n答案：错\n';
    const batch = await paste(`${head}二、判断题\n1. 没有分值的题。\n答案：对\n`);
    await commit(batch.id, 'all-or-nothing');
    type Listed = { total: number; nextCursor: string; items: { id: string; suggestedMarks: number | null }[] };
    const listed = await call<Listed>('GET', `?importId=${batch.id}&limit=2`);
    const more = await call<Listed>('GET', `?importId=${batch.id}&limit=2&cursor=${listed.nextCursor}`);
    expect([listed.total, more.total, more.nextCursor]).toEqual([3, 3, null]);
    const all = [...listed.items, ...more.items];
    expect(all.map((item) => item.suggestedMarks)).toEqual([200, 300, null]);
    const { id } = all[1]!;
    const input = { type: 'true-false', stem: '分值检查的第二题，改过。', truth: false };
    const rest = { explanation: '', source: '', difficulty: 1, topic: '党章' };
    expect(await call('PUT', id, { ...input, ...rest, version: 1 })).toMatchObject({ status: 200 });
    expect(await call('GET', id)).toMatchObject({ suggestedMarks: 300 });
    await call('PUT', id, { ...input, ...rest, version: 2, suggestedMarks: 250 });
    expect(await call('GET', id)).toMatchObject({ suggestedMarks: 250 });
  });

  it('finds imports by their state and the name of their file', async () => {
    const file = await workbook([
      ['题号', '题型', '题目内容', '选项A', '选项B', '正确答案'],
      ['SN-1', '单选题', '按文件名查找的题？', '甲', '乙', 'A'],
    ]);
    const { id } = await upload(file, '二季度_试卷.xlsx');
    const found = async (query: string) =>
      (await call<{ total: number; items: { id: string }[] }>('GET', `imports?limit=5${query}`)).items.map(
        (item) => item.id,
      );
    expect(await found(`&q=${encodeURIComponent('季度_试')}`)).toEqual([id]);
    expect(await found(`&q=${encodeURIComponent('季度%试')}`)).toEqual([]);
    expect(await found(`&state=committed&q=${encodeURIComponent('二季度')}`)).toEqual([]);
    await commit(id, 'all-or-nothing');
    expect(await found(`&state=committed&q=${encodeURIComponent('二季度')}`)).toEqual([id]);
    expect(await call('GET', 'imports?state=lost')).toMatchObject({ status: 400 });
  });

  it('brings a material with its questions, once, and takes it away with the last of them', async () => {
    const text =
      '材料：某支部三月召开支部党员大会，应到二十人。\n1. 应到人数为二十人。\n答案：对\n2. 实到____人才过半。\n答案：十一|11\n';
    const batch = await paste(text);
    expect(await commit(batch.id, 'all-or-nothing')).toMatchObject({ state: 'committed', imported: 2 });
    const [first, second] = await rowsOf(batch.id);
    const bodies = await Promise.all(
      [first!, second!].map((row) => call<{ body: { material: { id: string } } }>('GET', row.questionId!)),
    );
    expect(new Set(bodies.map(({ body }) => body.material.id)).size).toBe(1);
    expect(await paste(text)).toMatchObject({ known: 2, good: 0 });
    expect(await call('POST', `imports/${batch.id}/undo`, {})).toMatchObject({ undone: 2, kept: 0 });
    expect(await paste(text)).toMatchObject({ known: 0, good: 2 });
  });

  it('reads a large workbook by a job, page by page, and undoes it', async () => {
    const body = Array.from({ length: 5000 }, (_, index) => [
      `W-${index}`,
      '单选题',
      `大表第${index}题：下列哪一项正确？`,
      `第${index}项`,
      '其他各项都不对的说法',
      index === 17 ? '' : 'A',
    ]);
    const file = await workbook([['题号', '题型', '题目内容', '选项A', '选项B', '正确答案'], ...body]);
    const started = await upload(file, '题库.xlsx', '?topic=大表');
    expect(started).toMatchObject({ status: 201, state: 'reading', format: 'xlsx' });
    expect(await past(started.id, 'reading')).toMatchObject({
      state: 'preview',
      total: 5000,
      good: 4999,
      faulty: 1,
    });
    const faulty = await rowsOf(started.id, '&state=faulty');
    expect(faulty).toMatchObject([{ number: 18, place: '工作表“试题”C19', faults: [{ place: '工作表“试题”F19' }] }]);
    const page = await call<{ items: Row[]; nextCursor: string; total: number }>(
      'GET',
      `imports/${started.id}/rows?limit=200`,
    );
    expect([page.items.length, page.total]).toEqual([200, 5000]);
    const next = await call<{ items: Row[] }>('GET', `imports/${started.id}/rows?limit=200&cursor=${page.nextCursor}`);
    expect(next.items[0]!.number).toBe(201);
    const before = await bankTotal();
    expect(await commit(started.id, 'good-only')).toMatchObject({ state: 'committing', expected: 4999 });
    expect(await past(started.id, 'committing')).toMatchObject({ state: 'committed', imported: 4999 });
    expect(await bankTotal()).toBe(before + 4999);
    expect(await call('POST', `imports/${started.id}/undo`, {})).toMatchObject({ state: 'undoing', expected: 4999 });
    expect(await call('POST', `imports/${started.id}/undo`, {})).toMatchObject({ state: 'undoing' });
    expect(await past(started.id, 'undoing')).toMatchObject({ state: 'undone', undone: 4999, kept: 0, done: 4999 });
    expect(await bankTotal()).toBe(before);
  }, 120_000);

  it('refuses what is no file of questions, with the reason', async () => {
    const cases: readonly (readonly [string, Buffer, number, string])[] = [
      ['空.txt', Buffer.alloc(0), 422, 'bank.import.file-missing'],
      ['旧.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 422, 'bank.import.old-office'],
      ['宏.docm', Buffer.from('x'), 422, 'bank.import.macros'],
      ['杂.txt', Buffer.from('没有试题的一段话。'), 422, 'bank.import.nothing-found'],
      ['假.xlsx', Buffer.from('1. 题\nA. 甲\nB. 乙\n答案：A'), 422, 'bank.import.wrong-extension'],
      ['实体.xml', Buffer.from('<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>'), 422, 'bank.import.dtd'],
      ['表.csv', Buffer.from('题干,甲\n某题,x'), 422, 'bank.import.column-missing'],
      [
        '弹.docx',
        Buffer.from(zipSync({ 'word/document.xml': new Uint8Array(42_000_000) }, { level: 1 })),
        413,
        'bank.import.unpacks-too-large',
      ],
      [
        '弹.zip',
        Buffer.from(zipSync({ 'media/a.png': new Uint8Array(42_000_000) }, { level: 1 })),
        413,
        'bank.import.unpacks-too-large',
      ],
      ['大.txt', Buffer.alloc(20_000_000, '1. 题\n'), 413, 'request.too-large'],
    ];
    for (const [name, file, status, code] of cases) {
      expect({ name, ...(await upload(file, name)) }).toMatchObject({ name, status, code });
    }
    expect(await call('GET', 'imports/none')).toMatchObject({ status: 404 });
    expect(await call('POST', 'imports/text', { text: '' })).toMatchObject({ status: 400 });
  });

  it('exports what it imports: the same questions, none of them new', async () => {
    const total = await bankTotal();
    for (const [format, extension] of [
      ['xlsx', 'xlsx'],
      ['csv', 'csv'],
      ['moodle-xml', 'xml'],
      ['qti-3.0', 'zip'],
      ['qti-2.2', 'zip'],
      ['gift', 'gift'],
      ['docx', 'docx'],
      ['text', 'txt'],
    ]) {
      const url = `/api/v1/questions/exports?format=${format}&keys=yes`;
      const response = await app.inject({ method: 'GET', url });
      expect(response.statusCode).toBe(200);
      const batch = await upload(response.rawPayload, `导出.${extension}`);
      expect({ format, total: batch.total, known: batch.known }).toEqual({ format, total, known: total });
    }
  });

  it('gives answers to editors only, and says what a format leaves out', async () => {
    access.grants.delete('bank.edit');
    const refused = await app.inject({ method: 'GET', url: '/api/v1/questions/exports?format=xlsx' });
    expect(refused.statusCode).toBe(403);
    const withKeys = await app.inject({ method: 'GET', url: '/api/v1/questions/exports?format=text&keys=yes' });
    expect(withKeys.statusCode).toBe(403);
    const plain = await app.inject({ method: 'GET', url: '/api/v1/questions/exports?format=text' });
    expect(plain.statusCode).toBe(200);
    expect(plain.body).not.toMatch(/答案|解析/u);
    access.grant('bank.edit', 'u');
    const plan = await call<{ questions: number; leftOut: unknown[] }>('GET', 'exports/plan?format=aiken');
    expect(plan.leftOut.length).toBeGreaterThan(0);
    expect(await call('GET', 'exports/plan?format=aiken&type=true-false')).toMatchObject({ questions: 0 });
    const events = await database.uow.manager.find(OutboxEventRow);
    expect(events.map((event) => event.type)).toContain('bank.exported');
    expect(events.map((event) => event.type)).toContain('bank.import.undone');
  });
});
