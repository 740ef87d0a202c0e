import { onEveryDatabase } from '@xuekao/database/testing';
import { ExamQuery, ExamResultsQuery } from '../src/index.js';
import { worldEntities } from './exam.world.js';
import { MarkingWorld, blank, choice, newPeople, text } from './marking.world.js';

interface Script {
  readonly id: string;
  readonly place: number;
  readonly answer: { readonly text: string };
  readonly earlier: readonly { readonly marks: number }[];
}

onEveryDatabase('marking by people', worldEntities, (database) => {
  let desk: MarkingWorld;
  const [anna, bert, carl, markerA, markerB, arbiter] = newPeople(6) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const right = [choice('o1'), choice('o1', 'o2'), blank('初心')];

  beforeAll(async () => {
    desk = await MarkingWorld.start(database);
  });
  afterAll(() => desk.http.close());

  const plan = (examId: string, body: object) =>
    desk.send<Record<string, unknown>>('organiser', 'PUT', `exams/${examId}/marking/questions/4`, body);
  const next = async (marker: string, examId: string): Promise<Script | null> => {
    const answer = await desk.send<{ script: Script | null }>(marker, 'POST', 'marking/next', { examId, number: 4 });
    expect(answer.status).toBe(200);
    return answer.body.script;
  };
  const judge = (marker: string, script: Script, marks: number, more: object = {}) =>
    desk.send<{ state: string; code: string }>(marker, 'PUT', `marking/scripts/${script.id}`, { marks, ...more });
  const outcome = (member: string, attemptId: string) =>
    desk.send<{ isWaiting: boolean; score: number | null; shown: string[]; code: string }>(
      member,
      'GET',
      `attempts/${attemptId}/outcome`,
    );

  it('keeps a result back until the short answers are marked, and counts nothing of the exam before', async () => {
    const examId = await desk.exam([anna, bert]);
    const attemptId = await desk.sit(examId, anna, [...right, text('为人民谋幸福')]);
    const openId = await desk.sit(examId, bert, [...right, text('   ')]);
    expect((await desk.send(anna, 'GET', `attempts/${attemptId}/result`)).body).toMatchObject({
      code: 'exam.result.waiting',
    });
    expect((await outcome(anna, attemptId)).body).toMatchObject({ isWaiting: true, score: null });
    expect((await outcome(bert, openId)).body).toMatchObject({ isWaiting: false, score: 7000 });
    await desk.close(examId);
    const outcomes = desk.world.app.get(ExamResultsQuery);
    expect((await outcomes.ofYear(2017)).find((each) => each.examId === examId)).toBeUndefined();
    const results = await desk.send('organiser', 'GET', `exams/${examId}/results`);
    expect(results.body).toMatchObject({ sat: 2, waiting: 1 });

    expect((await plan(examId, { markerIds: [markerA] })).status).toBe(200);
    expect((await desk.send('organiser', 'POST', `exams/${examId}/marking/open`)).body).toEqual({ added: 1 });
    expect((await desk.send('organiser', 'POST', `exams/${examId}/marking/open`)).body).toEqual({ added: 0 });
    const script = (await next(markerA, examId))!;
    expect((await judge(markerA, script, 2010)).body.code).toBe('exam.marking.step-missed');
    expect((await judge(markerA, script, 3050)).body.code).toBe('exam.marking.marks-invalid');
    expect((await judge(markerA, script, 2500, { comment: '要点齐全' })).body.state).toBe('final');
    expect((await judge(markerA, script, 3000)).body.code).toBe('exam.marking.already-marked');
    expect((await outcome(anna, attemptId)).body).toMatchObject({ isWaiting: false, score: 9500 });
    expect((await outcomes.ofYear(2017)).find((each) => each.examId === examId)).toMatchObject({ sat: 2 });
  });

  it('shows a marker an answer and nothing of the person, and gives nobody his own', async () => {
    const examId = await desk.exam([anna, bert, markerA]);
    for (const who of [anna, bert, markerA]) await desk.sit(examId, who, [...right, text(`答卷${who.slice(-4)}`)]);
    await desk.close(examId);
    await plan(examId, { markerIds: [markerA, markerB] });
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    const seen: Script[] = [];
    for (let script = await next(markerA, examId); script; script = await next(markerA, examId)) {
      const again = (await next(markerA, examId))!;
      expect(again.id).toBe(script.id);
      const raw = JSON.stringify(script);
      for (const who of [anna, bert, markerA]) {
        for (const secret of [who, `S-${who}`, `党员${who}`]) expect(raw).not.toContain(secret);
      }
      expect(Object.keys(script).toSorted()).toEqual(
        'answer body cause earlier examId full id number place plan reference role'.split(' '),
      );
      seen.push(script);
      await judge(markerA, script, 1000);
    }
    expect(seen.map((each) => each.answer.text).toSorted()).toEqual(
      [anna, bert].map((who) => `答卷${who.slice(-4)}`).toSorted(),
    );
    const tasks = await desk.send<{ items: object[] }>(markerB, 'GET', 'marking/tasks');
    expect(tasks.body.items).toMatchObject([{ number: 4, left: 1, marked: 0, scripts: 3 }]);
    expect((await desk.send(carl, 'POST', 'marking/next', { examId, number: 4 })).body).toMatchObject({
      code: 'exam.marking.not-assigned',
    });
  });

  it('has two people mark blindly, an arbiter where they differ, and says how well they agree', async () => {
    const examId = await desk.exam([anna, bert, carl]);
    const ids = [];
    for (const [i, who] of [anna, bert, carl].entries())
      ids.push(await desk.sit(examId, who, [...right, text(`答${i}`)]));
    await desk.close(examId);
    const double = { mode: 'double', threshold: 300, step: 50, rounding: 'half-up' };
    expect((await plan(examId, { ...double, markerIds: [markerA] })).body.code).toBe('exam.marking.markers-too-few');
    expect((await plan(examId, { ...double, markerIds: [markerA, markerB], arbiterIds: [markerA] })).body.code).toBe(
      'exam.marking.markers-repeated',
    );
    const people = { markerIds: [markerA, markerB], arbiterIds: [arbiter] };
    expect((await plan(examId, { ...double, ...people })).status).toBe(200);
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    expect(await next(arbiter, examId)).toBeNull();
    const given: Record<string, [number, number]> = { 答0: [1000, 1050], 答1: [2000, 2000], 答2: [500, 2500] };
    const states: string[] = [];
    for (const [i, marker] of [markerA, markerB].entries()) {
      for (let script = await next(marker, examId); script; script = await next(marker, examId)) {
        expect(script.earlier).toEqual([]);
        states.push((await judge(marker, script, given[script.answer.text]![i]!)).body.state);
      }
    }
    expect(states.toSorted()).toEqual(['arbitration', 'final', 'final', 'waiting', 'waiting', 'waiting']);
    expect((await plan(examId, { ...double, ...people, threshold: 5000 })).body.code).toBe('exam.marking.begun');
    const disputed = (await next(arbiter, examId))!;
    expect(disputed.earlier.map((each) => each.marks)).toEqual([500, 2500]);
    expect((await judge(arbiter, disputed, 1500)).body.state).toBe('final');
    const scores = [];
    for (const [i, who] of [anna, bert, carl].entries()) scores.push((await outcome(who, ids[i]!)).body.score);
    expect(scores).toEqual([8050, 9000, 8500]);
    const overview = await desk.send<{ questions: object[] }>('organiser', 'GET', `exams/${examId}/marking/questions`);
    // MSB = 2·Σ(x̄ − 1508.33)²/2, MSW = (25² + 25² + 1000² + 1000²)/3, by hand.
    const within = (2 * 25 ** 2 + 2 * 1000 ** 2) / 3;
    const means = [1025, 2000, 1500];
    const grand = means.reduce((sum, each) => sum + each, 0) / 3;
    const between = means.reduce((sum, each) => sum + (each - grand) ** 2, 0);
    const [question] = overview.body.questions as { icc: number }[];
    expect(question).toMatchObject({ number: 4, scripts: 3, final: 3, pairs: 3, arbitrated: 1 });
    expect(question!.icc).toBeCloseTo((between - within) / (between + within), 9);
  });

  it('gives a script to others when its claim has lapsed, and takes one word only', async () => {
    const examId = await desk.exam([anna]);
    await desk.sit(examId, anna, [...right, text('只有一份')]);
    await desk.close(examId);
    await plan(examId, { markerIds: [markerA, markerB] });
    await desk.send('organiser', 'POST', `exams/${examId}/marking/open`);
    const script = (await next(markerA, examId))!;
    expect(await next(markerB, examId)).toBeNull();
    desk.later(31);
    expect((await next(markerB, examId))!.id).toBe(script.id);
    expect((await judge(markerB, script, 3000)).body.state).toBe('final');
    expect((await judge(markerA, script, 0)).body.code).toBe('exam.marking.already-marked');
    expect((await judge(arbiter, script, 0)).body.code).toBe('exam.marking.not-assigned');
  });

  it('marks by the policies of exam, section and question, and lets them change only before somebody hands in', async () => {
    const examId = await desk.exam([anna, bert]);
    const put = (rules: object) =>
      desk.send<{ code: string }>('organiser', 'PUT', `exams/${examId}/marking/rules`, { rules });
    expect((await put({ exam: { multiple: { kind: 'mapped', of: {}, other: 0, empty: 0 } } })).body.code).toBe(
      'exam.policy.needs-question',
    );
    const rules = {
      exam: { multiple: { kind: 'every-decision' } },
      questions: { 2: { multiple: { kind: 'mapped', of: { o1: 1000, o2: 1000 }, other: -500, lower: 0, empty: 0 } } },
    };
    expect((await put(rules)).status).toBe(200);
    const examples = await desk.send<{ examples: object[]; marks: number[][]; code: string }>(
      'organiser',
      'POST',
      `exams/${examId}/marking/examples`,
      { number: 2, policies: [rules.questions[2].multiple, { kind: 'every-decision' }] },
    );
    expect(examples.body).toMatchObject({ full: 3000, correct: ['o1', 'o2'] });
    // Right o1 o2; less o1; more o1 o2 o3; mixed o1 o3; all; wrong o3; none.
    expect(examples.body.marks).toEqual([
      [2000, 1000, 1500, 500, 1000, 0, 0],
      [3000, 2250, 2250, 1500, 1500, 750, 0],
    ]);
    const strange = { kind: 'option-fractions', weights: { denominator: 2, of: { o9: 1 } } };
    expect(
      (await desk.send('organiser', 'POST', `exams/${examId}/marking/examples`, { number: 2, policies: [strange] }))
        .body.code,
    ).toBe('exam.policy.option-unknown');
    await desk.sit(examId, anna, [choice('o1'), choice('o1', 'o3'), null, null]);
    expect((await put({ exam: {} })).body.code).toBe('exam.marking.use-regrade');
    const { rows } = await desk.world.as('organiser', () => desk.world.app.get(ExamQuery).sittings(examId));
    expect(rows.find((row) => row.place.memberId === anna)!.score).toBe(3500);
  });

  it('shows by time what the organiser chose: the score at once, the key a week after the close', async () => {
    const examId = await desk.exam([anna]);
    const shown = {
      'hand-in': ['answers'],
      close: ['score', 'pass-line', 'answers', 'marks'],
      later: ['score', 'pass-line', 'answers', 'marks', 'key', 'explanation'],
    };
    const put = await desk.send('organiser', 'PUT', `exams/${examId}/marking/review`, { shown, laterAfterDays: 7 });
    expect(put.status).toBe(200);
    const attemptId = await desk.sit(examId, anna, [...right, null]);
    const at = async () => (await outcome(anna, attemptId)).body as unknown as { questions: object[] };
    const first = await at();
    expect(first).toMatchObject({ score: null, marks: null, isPassed: null, shown: ['answers'] });
    expect(first.questions[0]).toMatchObject({
      answer: { optionIds: ['o1'] },
      awarded: null,
      key: null,
      explanation: null,
    });
    expect((await desk.send(anna, 'GET', `attempts/${attemptId}/result`)).body).toMatchObject({
      code: 'exam.result.hidden',
    });
    const list = await desk.send<{ items: { id: string; resultVisible: boolean; countedMarks: null }[] }>(
      anna,
      'GET',
      'my/exams',
    );
    expect(list.body.items.find((each) => each.id === examId)).toMatchObject({
      resultVisible: false,
      countedMarks: null,
    });
    await desk.close(examId);
    expect(await at()).toMatchObject({ score: 7000, isPassed: true });
    expect((await at()).questions[0]).toMatchObject({ awarded: 3000, key: null });
    expect((await outcome(anna, attemptId)).text).not.toContain('见教材');
    expect((await desk.send(anna, 'GET', `attempts/${attemptId}/review`)).status).toBe(403);
    desk.later(7 * 24 * 60);
    expect((await at()).questions[0]).toMatchObject({ key: { optionIds: ['o1'] }, explanation: '见教材' });
    expect((await desk.send(anna, 'GET', `attempts/${attemptId}/review`)).status).toBe(200);
  });
});
