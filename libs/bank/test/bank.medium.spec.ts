import type { TestingModule } from '@nestjs/testing';
import { Access, OutboxEventRow, platformEntities, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import { onEveryDatabase } from '@xuekao/database/testing';
import { Global, Module } from '@nestjs/common';
import {
  BankModule,
  ContentImport,
  QuestionService,
  QuestionSource,
  bankContent2017,
  bankEntities,
} from '../src/index.js';
import type { QuestionInput } from '../src/index.js';

const access = new GrantedAccess();

@Global()
@Module({ providers: [{ provide: Access, useValue: access }], exports: [Access] })
class TestAccessModule {}

const actor = (accountId: string): Actor => ({ accountId, memberId: null, name: accountId, mustChangePassword: false });
const author = actor('author');
const reviewer = actor('reviewer');

const input: QuestionInput = {
  type: 'single',
  stem: '党的根本组织原则是什么？',
  options: [
    { text: '民主集中制', correct: true },
    { text: '首长负责制', correct: false },
  ],
  explanation: '见党章总纲。',
  source: '党章',
  difficulty: 1,
  topic: '党章',
};

onEveryDatabase('the bank', [...platformEntities, ...bankEntities], (database) => {
  let app: TestingModule;
  let questions: QuestionService;
  let source: QuestionSource;

  beforeAll(async () => {
    app = await platformTestingModule(database, { imports: [TestAccessModule, BankModule] });
    questions = app.get(QuestionService);
    source = app.get(QuestionSource);
    access.grant('bank.read', 'u');
    access.grant('bank.edit', 'u');
  });
  afterAll(() => app.close());

  const as = <T>(who: Actor, work: () => Promise<T>): Promise<T> => runAs(who, work);
  const published = async (code: string, given: QuestionInput = input): Promise<string> => {
    const { id } = await as(author, () => questions.create(code, given));
    await as(reviewer, () => questions.review(id));
    await as(reviewer, () => questions.publish(id));
    return id;
  };

  it('publishes a question only after somebody else has reviewed it', async () => {
    const { id } = await as(author, () => questions.create('A-1', input));
    await expect(as(author, () => questions.publish(id))).rejects.toMatchObject({ code: 'bank.publish.not-reviewed' });
    await expect(as(author, () => questions.review(id))).rejects.toMatchObject({ code: 'bank.review.own-work' });
    expect(await source.publishedByCodes(['A-1'])).toEqual([]);
    await as(reviewer, () => questions.review(id));
    await as(author, () => questions.publish(id));
    expect(await source.publishedByCodes(['A-1'])).toMatchObject([{ questionId: id, code: 'A-1', type: 'single' }]);
  });

  it('refuses a taken code and a stale edit', async () => {
    const { id, version } = await as(author, () => questions.create('A-2', input));
    await expect(as(author, () => questions.create('A-2', input))).rejects.toMatchObject({
      code: 'bank.question.code-taken',
    });
    await as(author, () => questions.edit(id, version, { ...input, stem: '第二稿' }));
    await expect(as(author, () => questions.edit(id, version, { ...input, stem: '第三稿' }))).rejects.toMatchObject({
      code: 'resource.conflict',
    });
    await expect(as(author, () => questions.get('题'))).rejects.toMatchObject({ code: 'resource.not-found' });
    expect(await as(author, () => questions.get(id))).toMatchObject({ number: 2, body: { stem: '第二稿' } });
  });

  it('keeps the published version in use while a newer one is edited, and old versions for ever', async () => {
    const id = await published('A-3');
    const [before] = await source.publishedByCodes(['A-3']);
    const { question } = await as(author, () => questions.get(id));
    await as(author, () => questions.edit(id, question.version, { ...input, stem: '改过的题干' }));
    expect(await source.publishedByCodes(['A-3'])).toEqual([before]);
    await as(reviewer, () => questions.review(id));
    await as(reviewer, () => questions.publish(id));
    const [after] = await source.publishedByCodes(['A-3']);
    const bodies = await source.forTaking([before!.versionId, after!.versionId]);
    expect(bodies.get(before!.versionId)!.body.stem).toBe(input.stem);
    expect(bodies.get(after!.versionId)!.body.stem).toBe('改过的题干');
  });

  it('gives no key and no explanation to who takes a paper, and none to a reader of the bank', async () => {
    const id = await published('A-4');
    const [{ versionId } = { versionId: '' }] = await source.publishedByCodes(['A-4']);
    const taking = JSON.stringify([...(await source.forTaking([versionId])).values()]);
    expect(taking).not.toMatch(/key|correct|explanation|accepted|党章总纲/i);
    expect((await source.withKeys([versionId])).get(versionId)).toMatchObject({
      key: { kind: 'choice', optionIds: ['o1'] },
      explanation: '见党章总纲。',
    });
    access.grants.delete('bank.edit');
    expect((await as(author, () => questions.get(id))).keyed).toBeNull();
    await expect(as(author, () => questions.create('A-5', input))).rejects.toMatchObject({ code: 'auth.forbidden' });
    access.grant('bank.edit', 'u');
  });

  it('imports the shipped content once', async () => {
    const content = app.get(ContentImport);
    const first = await content.importContent(bankContent2017);
    expect(first).toEqual({ added: bankContent2017.length, known: 0 });
    expect(await content.importContent(bankContent2017)).toEqual({ added: 0, known: bankContent2017.length });
    expect((await source.published({ types: ['blank'] })).every((question) => question.type === 'blank')).toBe(true);
  });

  it('pages through the list in order of code, filtered and searched', async () => {
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as(author, () => questions.list({ type: 'multiple', limit: 20, cursor }));
      codes.push(...page.items.map((item) => item.question.code));
      expect(page.total).toBe(bankContent2017.filter((question) => question.type === 'multiple').length);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(codes).toEqual(codes.toSorted());
    expect(codes).toHaveLength(bankContent2017.filter((question) => question.type === 'multiple').length);
    const found = await as(author, () => questions.list({ q: '根本组织原则', limit: 50 }));
    expect(found.items.map((item) => item.question.code)).toContain('A-1');
    expect((await as(author, () => questions.list({ q: '100%_', limit: 5 }))).total).toBe(0);
  });

  it('tells every change to the outbox without stem or key', async () => {
    const events = await database.uow.manager.find(OutboxEventRow);
    const types = new Set(events.map((event) => event.type));
    for (const type of ['created', 'edited', 'reviewed', 'published']) expect(types).toContain(`bank.question.${type}`);
    expect(types).toContain('bank.content.imported');
    expect(JSON.stringify(events)).not.toContain('optionIds');
  });
});
