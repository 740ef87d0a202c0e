import type { QuestionContent } from '@xuekao/bank';
import { ContentImport } from '@xuekao/bank';
import type { ReviewFacet } from '@xuekao/contracts';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { AttemptWatchers } from '../src/socket/attempt-watchers.js';
import { ExamRealtimeModule } from '../src/index.js';
import { worldEntities } from './exam.world.js';
import { MarkingWorld } from './marking.world.js';
import type { Answer } from './marking.world.js';

const password = 'SECRETPASSWORD';
const sebKey = 'ab'.repeat(32);
const told = { explanation: 'SECRETWHY', source: 'SECRETSOURCE', difficulty: 1, topic: '保密' };
const material = { title: '材料', text: '一段材料' };

/** One of each type, blanks in any order and two questions on one material among them; every word of a key is marked. */
const content: readonly QuestionContent[] = [
  { ...told, type: 'single', code: 'SE-1', stem: '保密：单选', options: ['甲', '乙', '丙'], answer: 1 },
  { ...told, type: 'multiple', code: 'SE-2', stem: '保密：多选', options: ['甲', '乙', '丙', '丁'], answer: [0, 2] },
  { ...told, type: 'true-false', code: 'SE-3', stem: '保密：判断', answer: true },
  {
    ...told,
    type: 'blank',
    code: 'SE-4',
    stem: '保密：____和____',
    answers: [['SECRETBLANK1', 'SECRETVARIANT'], ['SECRETBLANK2']],
    orderFree: true,
  },
  { ...told, type: 'ordering', code: 'SE-5', stem: '保密：排序', items: ['一', '二', '三', '四', '五'] },
  {
    ...told,
    type: 'matching',
    code: 'SE-6',
    stem: '保密：连线',
    pairs: [
      ['子', '鼠'],
      ['丑', '牛'],
      ['寅', '虎'],
      ['卯', '兔'],
    ],
    extraRights: ['龙'],
  },
  { ...told, type: 'single', code: 'SE-7', stem: '保密：材料一', options: ['甲', '乙'], answer: 0 },
  { ...told, type: 'blank', code: 'SE-8', stem: '保密：材料二____', answers: [['SECRETBLANK3']] },
  {
    ...told,
    type: 'short-answer',
    code: 'SE-9',
    stem: '保密：简答',
    reference: 'SECRETREFERENCE',
    rubric: ['SECRETRUBRIC'],
  },
];
const picks = content.map(({ code }) => ({ code, marks: 1000 }));
const withoutHandWork = picks.slice(0, -1);

const words = /SECRET[A-Z]+\d?|abababab/g;
const names =
  /"(key|answerKey|correct|isCorrect|isRight|accepted|explanation|fraction|weight|reference|rubric|orderFree|source)":(?!null)/g;
const leaksIn = (text: string): string[] => [...text.matchAll(words), ...text.matchAll(names)].map(([found]) => found);

interface MaterialVersion {
  readonly versionId: string;
}

onEveryDatabase('the taking side keeps its secrets', worldEntities, (database) => {
  let marking: MarkingWorld;
  const writer = newId();
  const second = newId();
  const organiser = 'organiser';

  beforeAll(async () => {
    marking = await MarkingWorld.start(database, [ExamRealtimeModule]);
    const given = { ...material, code: 'SE', topic: '保密' };
    const made = await must(marking.send<{ id: string }>(organiser, 'POST', 'question-materials', given));
    const { id } = made.body;
    const { body } = await must(marking.send<MaterialVersion>(organiser, 'GET', `question-materials/${id}`));
    const { versionId } = body;
    const onMaterial = (each: QuestionContent): QuestionContent =>
      each.stem.startsWith('保密：材料') ? { ...each, material: { ...material, id, versionId } } : each;
    await marking.world.app.get(ContentImport).importContent(content.map(onMaterial));
  });
  afterAll(() => marking.http.close());

  const must = async <T>(answer: Promise<Answer<T>>): Promise<Answer<T>> => {
    const given = await answer;
    if (given.status >= 300) throw new Error(`${given.status} ${given.text}`);
    return given;
  };

  /** Everything that a member can ask for about an attempt, whatever its state. */
  async function looks(member: string, examId: string, attemptId: string): Promise<string[]> {
    const paths = [
      'my/exams',
      'me/certificates',
      `exams/${examId}/access/check`,
      ...['', '/result', '/outcome', '/review', '/appeals'].map((what) => `attempts/${attemptId}${what}`),
    ];
    const answers = await Promise.all(paths.map((path) => marking.send(member, 'GET', path)));
    return answers.map(({ text }) => text);
  }

  async function startedBy(member: string, examId: string): Promise<string> {
    const body = { writer, password };
    return (await must(marking.send<{ id: string }>(member, 'POST', `exams/${examId}/attempts`, body))).body.id;
  }

  it('for every type of question, behind a password, resumed, taken over, collected and reopened', async () => {
    const anna = newId();
    const examId = await marking.exam([anna], { review: 'after-close' }, picks);
    const access = (over: object) =>
      must(marking.send(organiser, 'PUT', `exams/${examId}/access`, { ipRanges: ['127.0.0.1'], sebKeys: [], ...over }));
    const seen: string[] = [];
    const note = async (answer: Promise<Answer>): Promise<Answer> => {
      seen.push((await answer).text);
      return answer;
    };
    await access({ password, sebKeys: [sebKey] });
    await note(marking.send(anna, 'GET', 'my/exams'));
    await note(marking.send(anna, 'GET', `exams/${examId}/access/check`));
    const refused = await note(marking.send(anna, 'POST', `exams/${examId}/attempts`, { writer, password }));
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await access({});
    const wrong = await note(marking.send(anna, 'POST', `exams/${examId}/attempts`, { writer, password: 'x' }));
    expect(wrong.status).toBeGreaterThanOrEqual(400);

    const attemptId = await startedBy(anna, examId);
    const frames: string[] = [];
    const socket = { id: 's', connected: true, emit: (...frame: unknown[]) => frames.push(JSON.stringify(frame)) };
    const watchers = marking.world.app.get(AttemptWatchers);
    seen.push(JSON.stringify(await marking.world.as(anna, () => watchers.enter(socket as never, attemptId, writer))));
    const paper = await note(must(marking.send(anna, 'GET', `attempts/${attemptId}`)));
    for (const { stem } of content) expect(paper.text).toContain(stem);
    expect(paper.text).toContain('一段材料');
    expect(paper.text).not.toMatch(/"pairs"|"texts"/);
    seen.push(...(await looks(anna, examId, attemptId)));
    const save = { writer, clientSeq: 1, content: { kind: 'text', text: '我的回答' } };
    const { questions } = paper.body as unknown as { questions: { number: number; body: { type: string } }[] };
    const { number } = questions.find(({ body }) => body.type === 'short-answer')!;
    await note(must(marking.send(anna, 'PUT', `attempts/${attemptId}/answers/${number}`, save)));
    await note(must(marking.send(anna, 'POST', `attempts/${attemptId}/take-over`, { writer: second })));
    const reason = '误交';
    await must(marking.send(organiser, 'POST', `exams/${examId}/collect`, { memberId: anna, reason }));
    seen.push(...(await looks(anna, examId, attemptId)));
    await must(marking.send(organiser, 'POST', `exams/${examId}/reopen`, { memberId: anna, minutes: 10, reason }));
    const again = await note(must(marking.send(anna, 'GET', `attempts/${attemptId}`)));
    expect(again.text).toContain('我的回答');
    seen.push(...(await looks(anna, examId, attemptId)));
    await note(must(marking.send(anna, 'POST', `attempts/${attemptId}/hand-in`, { writer: second })));
    seen.push(...(await looks(anna, examId, attemptId)), ...frames);
    watchers.leave(socket as never);
    expect(seen.flatMap(leaksIn)).toEqual([]);
  });

  it('in the order of what is to be ordered and matched, also where nothing else is shuffled', async () => {
    const members = Array.from({ length: 8 }, () => newId());
    const examId = await marking.exam(members, { shuffleOptions: false }, picks);
    const orders = { 'SE-5': new Set<string>(), 'SE-6': new Set<string>() };
    for (const member of members) {
      const { body } = await must(
        marking.send<{ questions: { body: { options?: { text: string }[]; rights?: { text: string }[] } }[] }>(
          member,
          'GET',
          `attempts/${await startedBy(member, examId)}`,
        ),
      );
      orders['SE-5'].add(body.questions[4]!.body.options!.map(({ text }) => text).join(''));
      orders['SE-6'].add(body.questions[5]!.body.rights!.map(({ text }) => text).join(''));
    }
    // One of 120 orders is the right one: eight people do not all get it.
    expect([...orders['SE-5']]).not.toEqual(['一二三四五']);
    expect([...orders['SE-6']]).not.toEqual(['鼠牛虎兔龙']);
  });

  it('until the review option of the moment shows them, each part by itself', async () => {
    const anna = newId();
    const bert = newId();
    const examId = await marking.exam([anna, bert], {}, withoutHandWork);
    const shown: Record<string, ReviewFacet[]> = {
      'hand-in': ['score', 'answers'],
      close: ['score', 'pass-line', 'answers', 'marks'],
      later: ['score', 'pass-line', 'answers', 'marks', 'key', 'explanation'],
    };
    await must(marking.send(organiser, 'PUT', `exams/${examId}/marking/review`, { shown, laterAfterDays: 3 }));
    const [attemptId, open] = [await startedBy(anna, examId), await startedBy(bert, examId)];
    await must(marking.send(anna, 'POST', `attempts/${attemptId}/hand-in`, { writer }));
    expect((await looks(anna, examId, attemptId)).flatMap(leaksIn)).toEqual([]);
    // Another member's attempt is not there for him, nor he for it.
    for (const text of await looks(bert, examId, attemptId)) expect(leaksIn(text)).toEqual([]);
    expect((await marking.send(bert, 'GET', `attempts/${attemptId}/outcome`)).status).toBe(404);
    expect((await looks(bert, examId, open)).flatMap(leaksIn)).toEqual([]);
    await marking.close(examId);
    expect((await looks(anna, examId, attemptId)).flatMap(leaksIn)).toEqual([]);
    marking.later(3 * 24 * 60 - 1);
    expect((await looks(anna, examId, attemptId)).flatMap(leaksIn)).toEqual([]);
    marking.later(1);
    const last = (await looks(anna, examId, attemptId)).join('\n');
    for (const word of ['SECRETWHY', 'SECRETSOURCE', 'SECRETBLANK1', 'SECRETBLANK2', 'SECRETBLANK3']) {
      expect(last).toContain(word);
    }
    expect(last).not.toContain(password);
  });
});
