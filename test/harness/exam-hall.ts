import { Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SessionService } from '@xuekao/auth';
import { UnitOfWork } from '@xuekao/database';
import { AttemptService, ExamJobsModule, ExamRunService, ExamService } from '@xuekao/exam';
import { hundredths, newId } from '@xuekao/kernel';
import { MemberService } from '@xuekao/org';
import { EmbeddedAdaptersModule, JobQueue, runAs } from '@xuekao/platform';
import type { AppConfig } from '@xuekao/platform';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import { domainModules, foundation } from '../../apps/server-modules/src/index.js';
import { AccountStore } from '../../libs/auth/src/account.store.js';
import { actorOf, officer, playBureau } from '../../apps/server-modules/src/demo/play-bureau.js';
import { importBank } from '../../apps/server-modules/src/demo/play-exam.js';

/** Someone who sits the bench exam: a real member with a real session, and, for the saves, a running attempt. */
export interface Examinee {
  readonly token: string;
  readonly attemptId: string | null;
  readonly writer: string;
  /** Per question: the contents that may be chosen. */
  readonly contents: readonly (readonly string[])[];
}

export interface ExamHall {
  readonly examinees: readonly Examinee[];
  /** Published, with the running attempts in it. */
  readonly savesExam: string;
  /** Published, and nobody has started. */
  readonly startsExam: string;
  readonly officerToken: string;
}

/** Fills the empty database of a configuration with a bureau, so many more members with sessions, and two published exams. */
export async function seedExamHall(config: AppConfig, people: number, running = 0): Promise<ExamHall> {
  @Module({
    imports: [...foundation(config), EmbeddedAdaptersModule, EmbeddedRoomsModule, ...domainModules, ExamJobsModule],
  })
  class SeedModule {}
  const app = await NestFactory.createApplicationContext(SeedModule, { logger: ['error', 'fatal'] });
  try {
    return await seed(app, people, running);
  } finally {
    await app.close();
  }
}

async function seed(context: INestApplicationContext, count: number, started: number): Promise<ExamHall> {
  const uow = context.get(UnitOfWork);
  const bureau = await playBureau(context);
  await importBank(context);
  const branch = bureau.branches[0]!;
  const names = Array.from({ length: count }, (_, index) => ({
    staffNumber: `B${String(index).padStart(6, '0')}`,
    name: `考生${index}`,
    type: 'full' as const,
    partyUnitId: branch,
    departmentUnitId: bureau.departments[0]!,
  }));
  const memberIds = await uow.run(() => context.get(MemberService).enrolMany(names));
  const tokens: string[] = [];
  for (let start = 0; start < count; start += 200) {
    await uow.run(async () => {
      for (const memberId of memberIds.slice(start, start + 200)) tokens.push(await signedIn(context, memberId));
    });
  }
  const organiser = <T>(work: () => Promise<T>): Promise<T> => runAs(actorOf(bureau, officer), work);
  const exam = (title: string): Promise<string> =>
    organiser(async () => {
      const now = Date.now();
      const { id } = await context.get(ExamService).createWithDraw(
        {
          title,
          unitId: branch,
          level: 'own',
          opensAt: now - 1000,
          closesAt: now + 3_600_000,
          limitMinutes: 60,
        },
        {
          sections: [
            { name: '单选', type: 'single', count: 30, marks: hundredths(200) },
            { name: '多选', type: 'multiple', count: 10, marks: hundredths(200) },
            { name: '判断', type: 'true-false', count: 10, marks: hundredths(200) },
          ],
        },
        'bench',
      );
      await context.get(ExamRunService).publish(id);
      return id;
    });
  const savesExam = await exam('保存');
  const startsExam = await exam('开考');
  // Attempts are made ahead long before the start, not while it is measured.
  await context.get(JobQueue).runDue();
  const examinees: Examinee[] = [];
  for (const [index, memberId] of memberIds.entries()) {
    const writer = newId();
    const taken =
      index < started ? await start(context, savesExam, memberId, writer) : { attemptId: null, contents: [] };
    examinees.push({ token: tokens[index]!, writer, ...taken });
  }
  const officerToken = await uow.run(() => signedIn(context, bureau.members[officer]!.id));
  return { examinees, startsExam, savesExam, officerToken };
}

async function signedIn(context: INestApplicationContext, memberId: string): Promise<string> {
  const id = newId();
  const loginName = `bench${id.slice(-12)}`;
  const account = {
    id,
    loginName,
    loginKey: loginName,
    memberId,
    passwordHash: 'none',
    passwordChangedAt: Date.now(),
    mustChangePassword: false,
    state: 'active' as const,
    createdAt: Date.now(),
    lastSignInAt: null,
  };
  await context.get(AccountStore).insert(account);
  return (await context.get(SessionService).open(account, 'bench', false)).accessToken;
}

async function start(context: INestApplicationContext, examId: string, memberId: string, writer: string) {
  const actor = { accountId: memberId, memberId, name: memberId, mustChangePassword: false };
  const { attempt, paper } = await runAs(actor, () => context.get(AttemptService).start(examId, writer));
  const contents = attempt.layout.map(({ number, optionIds }) => {
    const type = paper.bodyOf(number)!.type;
    const chosen =
      type === 'multiple'
        ? [optionIds.slice(0, 2), optionIds.slice(1, 3)]
        : [optionIds.slice(0, 1), optionIds.slice(1, 2)];
    return chosen.map((ids) => JSON.stringify({ kind: 'choice', optionIds: ids }));
  });
  return { attemptId: attempt.id, contents };
}
