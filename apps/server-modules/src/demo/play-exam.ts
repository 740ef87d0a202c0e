import type { INestApplicationContext } from '@nestjs/common';
import { bankContent2017, ContentImport, fullAnswer, QuestionSource } from '@xuekao/bank';
import type { KeyedQuestion } from '@xuekao/bank';
import type { AnswerContent } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AttemptService, ExamRunService, ExamService } from '@xuekao/exam';
import type { AnswerSave, AttemptView, Blueprint } from '@xuekao/exam';
import { assertNever, civilDate, hundredths, instantAt, seededRng } from '@xuekao/kernel';
import type { Rng } from '@xuekao/kernel';
import { AppConfig, runAs } from '@xuekao/platform';
import { actorOf, officer } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';
import type { ScriptedClock } from './scripted-clock.js';

const minuteMs = 60_000;

/** 50 questions of two points each. */
export const demoBlueprint: Blueprint = {
  sections: [
    { name: '单项选择题', type: 'single', count: 30, marks: hundredths(200) },
    { name: '多项选择题', type: 'multiple', count: 10, marks: hundredths(200) },
    { name: '判断题', type: 'true-false', count: 5, marks: hundredths(200) },
    { name: '填空题', type: 'blank', count: 5, marks: hundredths(200) },
  ],
};

/** Wrong answers of each examinee: two points each. `failing` of them get 24 points off, below the line of 80. */
export function wrongCounts(examinees: number, failing: number): readonly number[] {
  return Array.from({ length: examinees }, (_, index) => (index < examinees - failing ? (index * 7) % 11 : 12));
}

export async function importBank(app: INestApplicationContext): Promise<void> {
  await app.get(ContentImport).importContent(bankContent2017);
}

/** The exam of 2017-12-01: all sit it on one afternoon, one after another, and it is closed and archived. */
export async function playExam(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  bureau: PlayedBureau,
  failing = 1,
): Promise<string> {
  const at = (time: string): number => instantAt(civilDate('2017-12-01'), time, app.get(AppConfig).zone);
  clock.moveTo(at('09:00'));
  const examId = await runAs(actorOf(bureau, officer), async () => {
    const exam = await app.get(ExamService).createWithDraw(
      {
        title: '2017年党的十九大精神知识考试',
        unitId: bureau.generalBranch,
        level: 'city',
        opensAt: at('14:00'),
        closesAt: at('17:00'),
        limitMinutes: 60,
        review: 'after-close',
      },
      demoBlueprint,
      'xuekao demo paper 2017',
    );
    await app.get(ExamRunService).publish(exam.id);
    return exam.id;
  });
  const wrong = wrongCounts(bureau.members.length, failing);
  for (const index of bureau.members.keys()) {
    clock.moveTo(at('14:00') + index * 2 * minuteMs);
    await runAs(actorOf(bureau, index), () => sit(app, clock, examId, wrong[index]!, index));
  }
  clock.moveTo(at('17:00') + minuteMs);
  await runAs(actorOf(bureau, officer), async () => {
    await app.get(ExamRunService).close(examId);
    await app.get(ExamRunService).archive(examId);
  });
  return examId;
}

async function sit(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  examId: string,
  wrong: number,
  seed: number,
): Promise<void> {
  const attempts = app.get(AttemptService);
  const device = `demo-device-${seed}`;
  const rng = seededRng(`demo answers ${seed}`);
  await app.get(UnitOfWork).run(async () => {
    const view = await attempts.start(examId, device);
    clock.moveTo(clock.now() + minuteMs);
    await attempts.save(view.attempt.id, device, await answersFor(app, view, wrong, rng));
    await attempts.handIn(view.attempt.id, device);
  });
}

/** By place on the examinee's own paper, which has its questions in an order of its own. */
async function answersFor(
  app: INestApplicationContext,
  view: AttemptView,
  wrong: number,
  rng: Rng,
): Promise<AnswerSave[]> {
  const versionOf = new Map(view.paper.items.map((item) => [item.number, item.versionId]));
  const keyed = await app.get(QuestionSource).withKeys([...versionOf.values()]);
  const missed = new Set(rng.shuffle([...versionOf.keys()]).slice(0, wrong));
  return view.attempt.layout.map(({ number }, index) => {
    const question = keyed.get(versionOf.get(number)!)!;
    const content = missed.has(number) ? wrongAnswer(question) : fullAnswer(question.key);
    return { number: index + 1, clientSeq: 1, content };
  });
}

/** The first wrong option alone, blanks with a text that is none of the accepted ones, and of the rest nothing. */
function wrongAnswer({ key, body }: KeyedQuestion): AnswerContent {
  switch (key.kind) {
    case 'choice': {
      const other = movableOptions(body).find((option) => !key.optionIds.includes(option.id));
      return { kind: 'choice', optionIds: [other?.id ?? key.optionIds[0]!] };
    }
    case 'blank':
      return { kind: 'blank', texts: key.accepted.map(() => '记不清了') };
    case 'order':
      return { kind: 'order', optionIds: [] };
    case 'pairs':
      return { kind: 'pairs', pairs: [] };
    case 'text':
      return { kind: 'text', text: '' };
    default:
      return assertNever(key);
  }
}
