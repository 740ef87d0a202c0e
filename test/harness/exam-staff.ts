import { randomUUID } from 'node:crypto';
import type { AnswerContent } from '@xuekao/contracts';
import { Client } from './client.js';
import type { Topology } from './topology.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Staff {
  readonly login: string;
  readonly password: string;
  readonly memberId: string;
  readonly name: string;
  readonly client: Client;
}

/** People of the demo who organise and mark beside the committee: accounts and roles given the way administrations do it. */
export interface ExamStaff {
  readonly committee: Client;
  readonly second: Staff;
  readonly markers: readonly [Staff, Staff];
  readonly arbiter: Staff;
}

export async function hireExamStaff({ url, passwords }: Pick<Topology, 'url' | 'passwords'>): Promise<ExamStaff> {
  const as = (who: string): Promise<Client> => Client.signIn(url, who, passwords.get(who)!);
  const [committee, sysadmin, secadmin] = await Promise.all([as('committee'), as('sysadmin'), as('secadmin')]);
  const { items: units } = await committee.get<{ items: Named[] }>('/units');
  const branch = units.find(({ name }) => name === '第一党支部')!;
  const whole = units.find(({ name }) => name === '机关党总支')!;
  const { items: members } = await committee.get<{ items: Named[] }>(`/members?unitId=${branch.id}&limit=100`);
  const people = members.slice(-4);
  const accounts = await sysadmin.post<{ items: { memberId: string; loginName: string; initialPassword: string }[] }>(
    '/accounts/bulk',
    { memberIds: people.map(({ id }) => id) },
  );
  const hire = async ({ id: memberId, name }: Named, role: string, unitId: string): Promise<Staff> => {
    const account = accounts.items.find((each) => each.memberId === memberId)!;
    await secadmin.post('/roles', { memberId, role, unitId, reason: '考试工作需要' });
    const password = `Kaoshi-${randomUUID().slice(0, 12)}`;
    const first = await Client.signIn(url, account.loginName, account.initialPassword);
    await first.post('/auth/password', { currentPassword: account.initialPassword, newPassword: password });
    const client = await Client.signIn(url, account.loginName, password);
    return { login: account.loginName, password, memberId, name, client };
  };
  const [a, b, c, d] = people as [Named, Named, Named, Named];
  const second = await hire(a, 'party-affairs-officer', whole.id);
  const markers = [
    await hire(b, 'study-commissioner', branch.id),
    await hire(c, 'study-commissioner', branch.id),
  ] as const;
  return { committee, second, markers, arbiter: await hire(d, 'study-commissioner', branch.id) };
}

/** A second person who works on the bank: what one writes, the other reviews. */
export async function hireReviewer({ url, passwords }: Pick<Topology, 'url' | 'passwords'>): Promise<Client> {
  const as = (who: string): Promise<Client> => Client.signIn(url, who, passwords.get(who)!);
  const [committee, sysadmin, secadmin] = await Promise.all([as('committee'), as('sysadmin'), as('secadmin')]);
  const { items: units } = await committee.get<{ items: Named[] }>('/units');
  const unitId = (name: string): string => units.find((unit) => unit.name === name)!.id;
  const { items } = await committee.get<{ items: Named[] }>(`/members?unitId=${unitId('第一党支部')}&limit=100`);
  const { id: memberId } = items.at(-1)!;
  const made = await sysadmin.post<{ items: { loginName: string; initialPassword: string }[] }>('/accounts/bulk', {
    memberIds: [memberId],
  });
  const role = { memberId, role: 'party-affairs-officer', unitId: unitId('机关党总支'), reason: '题库审核需要' };
  await secadmin.post('/roles', role);
  const { loginName, initialPassword } = made.items[0]!;
  const newPassword = `Tiku-${randomUUID().slice(0, 12)}`;
  const first = await Client.signIn(url, loginName, initialPassword);
  await first.post('/auth/password', { currentPassword: initialPassword, newPassword });
  return Client.signIn(url, loginName, newPassword);
}

const told = { explanation: '见教材', source: '教材', difficulty: 1, topic: '阅卷演练' };
const questions = [
  {
    ...told,
    type: 'single',
    stem: '阅卷演练：党的最高理想和最终目标是什么？',
    options: [
      { text: '实现共产主义', correct: true },
      { text: '实现小康', correct: false },
    ],
  },
  {
    ...told,
    type: 'multiple',
    stem: '阅卷演练：下列哪几项属于“三会一课”？',
    options: [
      { text: '支部党员大会', correct: true },
      { text: '党课', correct: true },
      { text: '支部委员会', correct: false },
      { text: '年终总结会', correct: false },
    ],
  },
  {
    ...told,
    type: 'short-answer',
    stem: '阅卷演练：简述党员的义务中关于学习的要求。',
    reference: '认真学习党的理论和路线方针政策，学习党的基本知识。',
    rubric: ['学习理论', '学习基本知识'],
  },
] as const;

export interface MarkedExam {
  readonly id: string;
  readonly title: string;
  readonly unitId: string;
}

/** A published exam of one single (30), one multiple (40) whose key is wrong, and one short answer (30); pass line 60. */
export async function examToMark(
  { committee, second }: ExamStaff,
  unitName: string,
  title: string,
): Promise<MarkedExam> {
  const picks: { code: string; marks: number }[] = [];
  for (const [at, question] of questions.entries()) {
    const code = `YJ-${randomUUID().slice(0, 8)}`;
    const { id } = await committee.post<{ id: string }>('/questions', { code, ...question });
    await second.client.post(`/questions/${id}/review`);
    await second.client.post(`/questions/${id}/publish`);
    picks.push({ code, marks: [3000, 4000, 3000][at]! });
  }
  const { items: units } = await committee.get<{ items: Named[] }>('/units');
  const unitId = units.find(({ name }) => name === unitName)!.id;
  const now = Date.now();
  const { id } = await committee.post<{ id: string }>('/exams', {
    title,
    unitId,
    level: 'own',
    opensAt: now - 60_000,
    closesAt: now + 3_600_000,
    limitMinutes: 30,
    passLine: 6000,
    review: 'after-close',
    shuffleQuestions: false,
    shuffleOptions: false,
    paper: { picks },
  });
  await committee.post(`/exams/${id}/publish`);
  return { id, title, unitId };
}

/** Ids of the options of that text, on this person's paper. */
interface PaperSeen {
  readonly questions: readonly {
    readonly body: { readonly options?: readonly { readonly id: string; readonly text: string }[] };
  }[];
}

/** Answers by text of the options, handed in; the attempt's id. */
export async function sitWhole(
  member: Client,
  examId: string,
  { single, multiple, text }: { readonly single: string; readonly multiple: readonly string[]; readonly text: string },
): Promise<string> {
  const writer = randomUUID();
  const { id } = await member.post<{ id: string }>(`/exams/${examId}/attempts`, { writer });
  const { questions: paper } = await member.get<PaperSeen>(`/attempts/${id}`);
  const idsOf = (number: number, texts: readonly string[]): string[] =>
    (paper[number - 1]!.body.options ?? []).flatMap((option) => (texts.includes(option.text) ? [option.id] : []));
  const contents: AnswerContent[] = [
    { kind: 'choice', optionIds: idsOf(1, [single]) },
    { kind: 'choice', optionIds: idsOf(2, multiple) },
    { kind: 'text', text },
  ];
  const answers = contents.map((content, at) => ({ number: at + 1, clientSeq: at + 1, content }));
  await member.post(`/attempts/${id}/hand-in`, { writer, answers });
  return id;
}

/** The ids of the multiple choice's options, by their texts. */
export async function optionIds(committee: Client, examId: string, texts: readonly string[]): Promise<string[]> {
  const { paperId } = await committee.get<{ paperId: string }>(`/exams/${examId}`);
  const { items } = await committee.get<{ items: PaperSeen['questions'] }>(`/papers/${paperId}`);
  return (items[1]!.body.options ?? []).flatMap(({ id, text }) => (texts.includes(text) ? [id] : []));
}
