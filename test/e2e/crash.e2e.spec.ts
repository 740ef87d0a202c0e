import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { seededRng } from '@xuekao/kernel';
import { AnswerKeys } from '../harness/answer-keys.js';
import { Client } from '../harness/client.js';
import { Sitter } from '../harness/sitter.js';
import type { AnswerMaker } from '../harness/sitter.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

/** Crashes during the saving of answers; the long form of the soak run sets more. */
const crashes = Number(process.env.SOAK_CRASHES ?? 3);
const seed = process.env.SOAK_SEED ?? 'crash';
jest.setTimeout(120_000 + crashes * 30_000);

interface Exam {
  readonly id: string;
  readonly paperId: string;
}

describe.each(topologies)('an exam on $name whose server is killed', ({ start }) => {
  let app: Topology;
  let organiser: Client;
  let keys: AnswerKeys;
  let exam: Exam;
  let kept = 0;
  const sitters: Sitter[] = [];
  const rng = seededRng(seed);

  beforeAll(async () => {
    app = await start();
    const signIn = (who: string): Promise<Client> => Client.signIn(app.url, who, app.passwords.get(who)!);
    organiser = await signIn('committee');
    exam = await publishedExam(organiser);
    keys = await AnswerKeys.of(organiser, exam.paperId);
    for (const who of ['member', 'member2', 'member3', 'organiser']) {
      const answer: AnswerMaker = (body, given) => keys.answer(body, given);
      sitters.push(new Sitter(await signIn(who), answer, seededRng(`${seed}:${who}`), () => void (kept += 1)));
    }
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  /** Resolves in the middle of the saving, after so many saves and a moment more. */
  const whenKept = async (count: number, momentMs: number): Promise<void> => {
    const until = kept + count;
    while (kept < until) await pause(1);
    await pause(momentMs);
  };
  const losses = async (): Promise<string[]> => (await Promise.all(sitters.map((sitter) => sitter.losses()))).flat();

  it('starts one attempt per member although the start is cut off', async () => {
    const starts = sitters.map((sitter) => sitter.start(exam.id));
    await pause(rng.int(8));
    await app.crash();
    await Promise.all(starts);
    const { total } = await organiser.get<{ total: object }>(`/exams/${exam.id}/progress`);
    expect(total).toMatchObject({ working: sitters.length });
  });

  it('keeps every answer that it acknowledged, with its newest value, through each crash', async () => {
    for (let crash = 0; crash < crashes; crash++) {
      const working = sitters.map((sitter) => sitter.work(40));
      await whenKept(1 + rng.int(60), rng.int(6));
      const before = kept;
      await app.crash();
      expect(await losses()).toEqual([]);
      await Promise.all(working);
      expect(kept).toBeGreaterThan(before);
      expect(await losses()).toEqual([]);
    }
  });

  it('takes the papers in once, and marks what it acknowledged', async () => {
    const handIns = sitters.map((sitter) => sitter.handIn());
    await pause(rng.int(8));
    await app.crash();
    await Promise.all(handIns);
    await organiser.post(`/exams/${exam.id}/close`, { collect: true });
    for (const sitter of sitters) {
      expect((await sitter.seen()).state).toBe('handed-in');
      expect(await sitter.losses()).toEqual([]);
      const marks = sitter.questions.map(({ number, body }) => {
        const answer = sitter.acknowledged.get(number);
        return answer ? keys.marksOf(body.stem, answer.content) : 0;
      });
      expect(await sitter.result()).toMatchObject({
        marks: marks.reduce((sum, each) => sum + each, 0),
        totalMarks: keys.full,
        answeredCount: sitter.acknowledged.size,
      });
    }
    const results = await organiser.get<{ sat: number; members: { state: string }[] }>(`/exams/${exam.id}/results`);
    expect(results.sat).toBe(sitters.length);
    expect(results.members.filter(({ state }) => state === 'handed-in')).toHaveLength(sitters.length);
  });
});

async function publishedExam(organiser: Client): Promise<Exam> {
  const { items } = await organiser.get<{ items: { id: string; name: string }[] }>('/units');
  const branch = items.find(({ name }) => name === '第二党支部')!;
  const section = (type: string, count: number) => ({ name: type, type, count, marks: 300 });
  const exam = await organiser.post<Exam>('/exams', {
    title: '断电也不丢答案',
    unitId: branch.id,
    level: 'own',
    opensAt: Date.now() - 60_000,
    closesAt: Date.now() + 12 * 3_600_000,
    limitMinutes: 600,
    multiplePolicy: 'all-or-nothing',
    paper: {
      sections: [section('single', 8), section('multiple', 8), section('true-false', 4), section('blank', 4)],
      seed: 'crash',
    },
  });
  await organiser.post(`/exams/${exam.id}/publish`);
  return exam;
}
