import { Global, Module } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { Access, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import type { TestDatabase } from '@xuekao/database/testing';
import { BankModule, QuestionService } from '../src/index.js';
import type { QuestionInput } from '../src/index.js';

export const actor = (accountId: string): Actor => ({
  accountId,
  memberId: accountId,
  name: accountId,
  mustChangePassword: false,
});
export const author = actor('author');
export const reviewer = actor('reviewer');

export const aChoice: QuestionInput = {
  type: 'single',
  stem: '党的根本组织原则是什么？',
  options: [
    { text: '民主集中制', correct: true },
    { text: '首长负责制', correct: false },
    { text: '集体负责制', correct: false },
  ],
  explanation: '见党章总纲。',
  source: '党章',
  difficulty: 1,
  topic: '党章',
};

export interface BankWorld {
  readonly app: TestingModule;
  readonly access: GrantedAccess;
  as<T>(who: Actor, work: () => Promise<T>): Promise<T>;
  draft(code: string, given?: QuestionInput): Promise<string>;
  published(code: string, given?: QuestionInput): Promise<string>;
}

/** The bank with an author and a reviewer, beside what else a spec imports. */
export async function bankWorld(database: TestDatabase, imports: readonly unknown[] = []): Promise<BankWorld> {
  const access = new GrantedAccess();
  access.grant('bank.read', 'u');
  access.grant('bank.edit', 'u');
  @Global()
  @Module({ providers: [{ provide: Access, useValue: access }], exports: [Access] })
  class TestAccessModule {}
  const app = await platformTestingModule(database, {
    imports: [TestAccessModule, ...(imports as never[]), BankModule],
  });
  const questions = app.get(QuestionService);
  const as = <T>(who: Actor, work: () => Promise<T>): Promise<T> => runAs(who, work);
  const draft = async (code: string, given: QuestionInput = aChoice): Promise<string> =>
    (await as(author, () => questions.create(code, given))).id;
  const published = async (code: string, given: QuestionInput = aChoice): Promise<string> => {
    const id = await draft(code, given);
    await as(reviewer, () => questions.review(id));
    await as(reviewer, () => questions.publish(id));
    return id;
  };
  return { app, access, as, draft, published };
}
