import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { jest } from '@jest/globals';
import type { Problem } from '@xuekao/contracts';
import { Client } from '../harness/client.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(60_000);

const json = { 'content-type': 'application/json' };
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe.each(topologies)('input that is wrong or strange, on $name', ({ start }) => {
  let app: Topology;
  let committee: Client;
  let unitId: string;

  beforeAll(async () => {
    app = await start();
    committee = await Client.signIn(app.url, 'committee', app.passwords.get('committee')!);
    const { items } = await committee.get<{ items: { id: string; name: string }[] }>('/units');
    unitId = items.find(({ name }) => name === '第二党支部')!.id;
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  const send = async (
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; code: string; type: string }> => {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${committee.token}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      code: type.includes('problem+json') ? (JSON.parse(text) as Problem).code : '',
      type,
    };
  };
  const examOf = (title: string): object => ({
    title,
    unitId,
    level: 'own',
    opensAt: Date.now(),
    closesAt: Date.now() + 3_600_000,
    limitMinutes: 30,
    paper: { sections: [{ name: '单选', type: 'single', count: 2, marks: 100 }] },
  });

  it.each<[string, string | Uint8Array<ArrayBuffer> | undefined, Record<string, string>, number, string]>([
    ['cut off', '{"title":', json, 400, 'request.malformed'],
    ['no JSON', 'title=x', json, 400, 'request.malformed'],
    ['empty', '', json, 400, 'request.malformed'],
    ['of no valid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22]), json, 400, 'request.malformed'],
    ['poisoned', '{"__proto__":{"isAdmin":true}}', json, 400, 'request.malformed'],
    ['poisoned deeper', '{"paper":{"constructor":{"prototype":{"x":1}}}}', json, 400, 'request.malformed'],
    ['null', 'null', json, 400, 'request.invalid'],
    ['a list', '[]', json, 400, 'request.invalid'],
    ['a text', '"exam"', json, 400, 'request.invalid'],
    ['a number', '7', json, 400, 'request.invalid'],
    ['deep', `{"paper":${deep(50_000)}}`, json, 400, 'request.malformed'],
    ['deep in a place of text', `{"title":${deep(50_000)}}`, json, 400, 'request.malformed'],
    ['of three megabytes', JSON.stringify({ title: 'x'.repeat(3 * 1024 * 1024) }), json, 413, 'request.too-large'],
    ['text', 'title', { 'content-type': 'text/plain' }, 400, 'request.invalid'],
    ['XML', '<exam/>', { 'content-type': 'application/xml' }, 415, 'request.unsupported-type'],
    ['a form', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'request.invalid'],
    ['of no type that is one', 'x', { 'content-type': '///' }, 415, 'request.unsupported-type'],
  ])('answers a body that is %s with a problem', async (_what, body, headers, status, code) => {
    expect(await send('POST', '/exams', body, headers)).toMatchObject({ status, code });
  });

  it.each([
    '/exams/%00',
    '/exams/%E0%A4%A',
    `/exams/${'a'.repeat(300)}`,
    '/exams/..%2f..%2fetc%2fpasswd',
    `/exams/${encodeURIComponent("' OR 1=1 --")}`,
    '/exams?limit=abc',
    '/exams?limit=-1',
    '/exams?limit=100000',
    '/exams?limit=10&limit=20',
    '/exams?q[a]=1',
    `/exams?q=${'x'.repeat(5000)}`,
    `/exams?q=${encodeURIComponent('%_!\\\'";--')}`,
    '/exams?cursor=%F0%9F%98%80',
    '/exams?cursor=WyJhIiwiYiIsImMiXQ',
    '/exams?cursor=WzFlMzA4LCJ4Il0',
    '/members?cursor=WzEsMl0',
    '/units/null',
    '/units?on=2026-02-30',
    '/stats/overview?year=1e99',
    '/stats/records?year=2017&figure=toString',
    '/sessions/calendar?month=2026-99',
    '/handbook/entries/constructor',
    '/handbook/search?q=%00',
    `/handbook/search?q=${'党'.repeat(400)}`,
    '/audit?from=abc',
  ])('answers GET %s without a fault', async (path) => {
    const { status, type } = await send('GET', path);
    expect({ status: status < 500, type }).toEqual({ status: true, type: expect.stringContaining('json') });
  });

  it.each([
    ['emoji', '学习😀👨‍👩‍👧🏳️‍🌈'],
    ['characters beyond 16 bits', '𠮷𡃁𪚥 𝕏'],
    ['scripts of both directions', 'شيء a‏ מ'],
    ['combining marks', 'Z͑ͫ̓ͪ e\u0301'],
    ['markup', '<script>alert(1)</script>&amp;"\''],
    ['a formula', "=cmd|'/c calc'!A1"],
    ['braces', '{{7*7}} {title} ${x}'],
    ['SQL', "'; DROP TABLE exam; --"],
  ])('gives a title with %s back as it was, in lists and files too', async (_what, title) => {
    const { id } = await committee.post<{ id: string }>('/exams', examOf(title));
    expect(await committee.get(`/exams/${id}`)).toMatchObject({ title });
    const found = await committee.get<{ items: { id: string }[] }>(`/exams?q=${encodeURIComponent(title)}`);
    expect(found.items.map((exam) => exam.id)).toContain(id);
    await committee.post(`/exams/${id}/publish`);
    await committee.post(`/exams/${id}/close`, { collect: true });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await committee.file(`/exams/${id}/results/xlsx`)) as never);
    expect(workbook.worksheets.length).toBeGreaterThan(0);
  });

  it.each([
    '\u0000',
    'a\u0000b',
    'a\u0001\u001fb',
    'a\u007fb',
    'a\ud800b',
    'a\ufffeb',
    'a\u202eb',
    ' ',
    '\u3000',
    '\u200b',
  ])('refuses the name %j, or keeps it so that lists and files still open', async (name) => {
    const staffNumber = randomUUID().slice(0, 8);
    const member = { staffNumber, name, type: 'full', partyUnitId: unitId };
    const { status, code } = await send('POST', '/members', JSON.stringify(member), json);
    if (status !== 201) {
      expect({ status, code }).toEqual({ status: 400, code: 'request.invalid' });
      return;
    }
    const { items } = await committee.get<{ items: { name: string }[] }>(`/members?q=${staffNumber}`);
    expect(items[0]).toMatchObject({ name });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await committee.file(`/members/export?q=${staffNumber}`)) as never);
    expect(workbook.worksheets[0]!.getCell('B2').text).toBe(name);
  });

  it('makes one exam of a POST that comes again under its Idempotency-Key', async () => {
    const title = `只建一次 ${randomUUID()}`;
    const headers = { 'idempotency-key': randomUUID() };
    const exam = examOf(title);
    const first = await committee.post<{ id: string }>('/exams', exam, headers);
    expect(await committee.post<{ id: string }>('/exams', exam, headers)).toEqual(first);
    await expect(committee.post('/exams', examOf(`${title}!`), headers)).rejects.toMatchObject({
      problem: { code: 'request.idempotency-mismatch' },
    });
    const found = await committee.get<{ total: number }>(`/exams?q=${encodeURIComponent(title)}`);
    expect(found.total).toBe(1);
  });

  it('makes one exam of ten POSTs at once under one Idempotency-Key', async () => {
    const title = `同时只建一次 ${randomUUID()}`;
    const headers = { 'idempotency-key': randomUUID() };
    const exam = examOf(title);
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => committee.post('/exams', exam, headers)));
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ problem: { code: 'request.in-progress' } });
    }
    const found = await committee.get<{ total: number }>(`/exams?q=${encodeURIComponent(title)}`);
    expect(found.total).toBe(1);
  });

  it('takes a refused POST again under its Idempotency-Key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const exam = { ...examOf('先错后对'), unitId: randomUUID() };
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(committee.post('/exams', exam, headers)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('has logged no fault for any of it', () => {
    const faults = app
      .output()
      .split('\n')
      .filter((line) => line.includes('"event":"request.fault"'));
    expect(faults).toEqual([]);
  });
});
