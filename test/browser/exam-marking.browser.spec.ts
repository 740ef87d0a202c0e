import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Client } from '../harness/client.js';
import { examToMark, hireExamStaff, sitWhole } from '../harness/exam-staff.js';
import type { ExamStaff, MarkedExam, Staff } from '../harness/exam-staff.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';
import { Chromium, picture } from './browser.js';

jest.setTimeout(180_000);

interface Script {
  readonly id: string;
}

describe('an exam that people mark', () => {
  let app: Topology;
  let chromium: Chromium;
  let staff: ExamStaff;
  let exam: MarkedExam;
  let phone: Page;
  let desk: Page;

  beforeAll(async () => {
    app = await startStandalone();
    staff = await hireExamStaff(app);
    const own = [staff.second, staff.arbiter, ...staff.markers].map(
      ({ login, password }) => [login, password] as const,
    );
    chromium = await Chromium.launch(app.url, new Map([...app.passwords, ...own]));
    exam = await examToMark(staff, '第二党支部', '第二党支部党章知识考试');
    const member = await Client.signIn(app.url, 'member', app.passwords.get('member')!);
    const answers = { single: '实现共产主义', multiple: ['支部党员大会', '党课'], text: '学习党的理论和基本知识。' };
    const attemptId = await sitWhole(member, exam.id, answers);
    await staff.committee.post(`/exams/${exam.id}/close`, { collect: true });
    const [a, b] = staff.markers;
    await staff.committee.put(`/exams/${exam.id}/marking/questions/3`, {
      mode: 'double',
      threshold: 300,
      step: 50,
      markerIds: [a.memberId, b.memberId],
      arbiterIds: [staff.arbiter.memberId],
    });
    await staff.committee.post(`/exams/${exam.id}/marking/open`);
    phone = await chromium.signedIn('member', 'phone');
    await phone.goto(`/attempts/${attemptId}/result`);
    desk = await chromium.signedIn('committee', 'console');
  }, 120_000);
  afterEach(() => chromium.expectNoFaults());
  afterAll(async () => {
    await chromium?.close();
    await app?.stop();
  });

  const markByHand = async ({ login }: Staff, marks: string, name: string): Promise<void> => {
    const page = await chromium.signedIn(login, 'console');
    await page.goto('/console/exams/marking');
    await page.getByRole('link', { name: '开始阅卷' }).click();
    await page.getByText('学习党的理论和基本知识。').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('戚立新');
    await page.getByLabel('得分', { exact: false }).first().fill(marks);
    await picture(page, name);
    await page.getByRole('button', { name: '提交，下一份' }).click();
    await page.getByText('没有待评阅的答卷了').waitFor();
    await page.context().close();
  };

  const judge = async ({ client }: Staff, marks: number): Promise<void> => {
    const { script } = await client.post<{ script: Script }>('/marking/next', { examId: exam.id, number: 3 });
    await client.put(`/marking/scripts/${script.id}`, { marks });
  };

  it('is marked by two who know nothing of each other, and by an arbiter, and the result comes out by itself', async () => {
    await phone.getByText('正在阅卷').waitFor();
    await markByHand(staff.markers[0], '10', 'exam-mark-1280');
    await judge(staff.markers[1], 2000);
    await judge(staff.arbiter, 1500);
    await phone.getByText('满分 100 分').waitFor();
    await phone.getByText('合格', { exact: true }).waitFor();
    expect(await phone.locator('.score .number').innerText()).toBe('85');
    await picture(phone, 'exam-result-375');
    await staff.committee.post(`/exams/${exam.id}/certificates`);
  });

  it('is marked anew by one person’s proposal and another’s word, in front of the open result, and goes back', async () => {
    await desk.goto(`/console/exams/${exam.id}?view=regrade`);
    await desk.getByRole('button', { name: '更正答案', exact: true }).click();
    await desk.getByRole('combobox', { name: '试题' }).click();
    await desk.getByRole('option', { name: /第 2 题/ }).click();
    for (const option of ['支部党员大会', '党课', '支部委员会'])
      await desk.locator('.el-checkbox').filter({ hasText: option }).click();
    await desk.getByRole('textbox', { name: '原因' }).fill('支部委员会属于三会一课');
    await desk.getByRole('button', { name: '试算' }).click();
    await desk.getByText('这个方案是您提出的').waitFor();
    expect(await desk.getByRole('button', { name: '确认生效' }).count()).toBe(0);
    await picture(desk, 'exam-regrade-own-1280');

    const second = await chromium.signedIn(staff.second.login, 'console');
    await second.goto(new URL(desk.url()).pathname + new URL(desk.url()).search);
    await second.getByText('变为不合格').waitFor();
    await picture(second, 'exam-regrade-1280');
    await second.getByRole('button', { name: '确认生效' }).click();
    await second.getByRole('dialog', { name: '确认生效' }).getByRole('button', { name: '确认生效' }).click();
    await phone.getByText('未达到合格线').waitFor();
    expect(await phone.locator('.score .number').innerText()).toBe('45');
    await picture(phone, 'exam-regraded-375');
    await desk.goto(`/console/exams/${exam.id}?view=certificates`);
    await desk.getByText('已撤销').filter({ visible: true }).first().waitFor();
    await picture(desk, 'exam-certificates-1280');

    const { items } = await staff.committee.get<{ items: Script[] }>(`/exams/${exam.id}/regrades`);
    const back = await staff.committee.post<Script>(`/regrades/${items[0]!.id}/reverse`, { reason: '原答案成立' });
    await staff.second.client.post(`/regrades/${back.id}/confirm`);
    await phone.getByText('合格', { exact: true }).waitFor();
    expect(await phone.locator('.score .number').innerText()).toBe('85');
  });

  it('gives the member his certificate as PDF and as Word, under names in Chinese', async () => {
    await phone.goto('/me/certificates');
    for (const [label, ending, start] of [
      ['下载 PDF', 'pdf', '%PDF-'],
      ['下载 Word', 'docx', 'PK'],
    ] as const) {
      const coming = phone.waitForEvent('download');
      await phone.getByRole('button', { name: label }).click();
      const file = await coming;
      expect(file.suggestedFilename()).toMatch(new RegExp(`^\\d{4}-\\d{5}-合格证书\\.${ending}$`));
      expect(
        readFileSync(await file.path())
          .subarray(0, start.length)
          .toString(),
      ).toBe(start);
    }
    await picture(phone, 'exam-certificates-375');
  });

  it('has a paper made of an imported file, with the marks of the file', async () => {
    const text = '一、判断题（每题2分）\n1. 组卷演练第一题。\n答案：对\n2. 组卷演练第二题。（5分）\n答案：错\n';
    const { committee, second } = staff;
    const { id } = await committee.post<Script>('/questions/imports/text', { text, topic: '组卷演练' });
    await committee.post(`/questions/imports/${id}/commit`, { mode: 'all-or-nothing' });
    const { items } = await committee.get<{ items: Script[] }>(`/questions?importId=${id}`);
    for (const question of items) {
      await second.client.post(`/questions/${question.id}/review`);
      await second.client.post(`/questions/${question.id}/publish`);
    }
    await desk.goto(`/console/bank/imports/${id}`);
    await desk.getByRole('link', { name: '用这批题组卷' }).click();
    await desk.getByText('导入文件里这一部分的分值不一：2 分 1 题、5 分 1 题。').waitFor();
    await desk.getByText('共 2 题，满分 7 分').waitFor();
    await picture(desk, 'exam-by-hand-1280');
    await desk.getByLabel('“判断题”每题分值').fill('3');
    await desk.getByLabel('“判断题”每题分值').press('Enter');
    await desk.getByText('共 2 题，满分 6 分').waitFor();
    await desk.getByRole('button', { name: '恢复导入文件的分值' }).click();
    await desk.getByRole('button', { name: '预览试卷' }).click();
    await desk.getByText('2 题，满分 7 分。').waitFor();
  });
});
