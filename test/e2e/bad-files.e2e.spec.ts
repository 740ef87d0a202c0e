import { jest } from '@jest/globals';
import type { Problem } from '@xuekao/contracts';
import { badFiles, xlsxOf } from '../harness/bad-files.js';
import { Client } from '../harness/client.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(90_000);

interface Preview {
  readonly faults?: readonly { sheet: string; cell: string }[];
  readonly lines?: readonly { faults: readonly { sheet: string; cell: string }[] }[];
}

describe.each(topologies)('files that no import may take, on $name', ({ start }) => {
  let app: Topology;
  let committee: Client;
  let routes: readonly string[];
  let modes: ReadonlyMap<string, readonly [whole: string, goodRows: string]>;
  let files: Awaited<ReturnType<typeof badFiles>>;
  let examId: string;

  beforeAll(async () => {
    app = await start();
    committee = await Client.signIn(app.url, 'committee', app.passwords.get('committee')!);
    const { items } = await committee.get<{ items: { id: string; name: string }[] }>('/units');
    const unitId = items.find(({ name }) => name === '第二党支部')!.id;
    const exam = { title: '省考', level: 'province', heldOn: '2026-06-01', unitId };
    examId = (await committee.post<{ id: string }>('/external-exams', exam)).id;
    routes = ['/members/import', `/external-exams/${examId}/results`];
    modes = new Map([
      [routes[0]!, ['all', 'good-rows']],
      [routes[1]!, ['all-or-nothing', 'good-only']],
    ]);
    files = await badFiles();
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  const send = async (path: string, body: BodyInit, headers: Record<string, string> = {}) => {
    const authorization = `Bearer ${committee.token}`;
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization, ...headers },
      body,
    });
    return { status: response.status, problem: (await response.json()) as Problem & Preview };
  };
  const formOf = (...given: readonly Buffer[]): FormData => {
    const form = new FormData();
    for (const file of given) form.append('file', new Blob([new Uint8Array(file)]), '名册.xlsx');
    return form;
  };
  const stored = async (): Promise<unknown> => [
    (await committee.get<{ total: number }>('/members?limit=1')).total,
    (await committee.get<{ results: unknown[] }>(`/external-exams/${examId}`)).results.length,
  ];

  it('answers each at each route with its reason in Chinese, and imports nothing', async () => {
    const before = await stored();
    for (const route of routes) {
      for (const path of [`${route}/preview`, ...modes.get(route)!.map((mode) => `${route}?mode=${mode}`)]) {
        for (const [what, file, status] of files) {
          const answer = await send(path, formOf(file));
          expect({ path, what, status: answer.status }).toEqual({ path, what, status });
          expect(answer.problem).toMatchObject({
            code: expect.any(String),
            title: expect.stringMatching(/\p{Script=Han}/u),
          });
        }
      }
    }
    expect(await stored()).toEqual(before);
  });

  it('answers a request without a file, with two files and with no form at all', async () => {
    const before = await stored();
    const good = await xlsxOf([['工号', '姓名', '成绩']]);
    for (const route of routes) {
      const path = `${route}?mode=${modes.get(route)![0]}`;
      expect((await send(path, formOf())).status).toBe(422);
      expect((await send(path, formOf(good, good))).status).toBeLessThan(500);
      expect((await send(path, '{}', { 'content-type': 'application/json' })).status).toBe(422);
      for (const body of [
        'garbage',
        '--x\r\n',
        '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n',
      ]) {
        const answer = await send(path, body, { 'content-type': 'multipart/form-data; boundary=x' });
        expect({ body, isRefused: [400, 413, 422].includes(answer.status) }).toEqual({ body, isRefused: true });
      }
      const answer = await send(path, 'x', { 'content-type': 'multipart/form-data' });
      expect([400, 415, 422]).toContain(answer.status);
    }
    expect(await stored()).toEqual(before);
  });

  it('names sheet and cell of every wrong row, and imports nothing where all rows are asked for', async () => {
    const before = await stored();
    const members = await xlsxOf([
      ['工号', '姓名', '性别', '人员类别', '党支部', '科室', '入党日期', '转正日期', '手机'],
      ['N0001', '好人😀𠮷', '男', '正式党员', '第二党支部', '', '2001-07-01', '2002-07-01', ''],
      ['N0002', '', '男', '正式党员', '没有的支部', '', '2001-13-45', '', '=1+1'],
    ]);
    const results = await xlsxOf(
      [
        ['工号', '姓名', '成绩'],
        ['没有的', '某人', '九十'],
        ['', '', '101'],
      ],
      '成绩',
    );
    for (const [route, file] of [
      [routes[0]!, members],
      [routes[1]!, results],
    ] as const) {
      const { status, problem: preview } = await send(`${route}/preview`, formOf(file));
      expect(status).toBe(200);
      const faults = preview.faults ?? preview.lines!.flatMap((line) => line.faults);
      expect(faults.length).toBeGreaterThan(1);
      for (const { sheet, cell } of faults) expect(`${sheet}!${cell}`).toMatch(/^(名册|成绩)![A-Z]+\d+$/);
      const refused = await send(`${route}?mode=${modes.get(route)![0]}`, formOf(file));
      expect(refused.status).toBe(422);
      expect(JSON.stringify(refused.problem.errors)).toMatch(/(名册|成绩)![A-Z]+\d+/);
    }
    expect(await stored()).toEqual(before);
  });
});
