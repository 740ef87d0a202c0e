import { Global, Module } from '@nestjs/common';
import { platformEntities } from '@xuekao/platform';
import { EventRelay, Outbox, OutboxEventRow } from '@xuekao/platform';
import { onEveryDatabase } from '@xuekao/database/testing';
import {
  BankJobsModule,
  EntryVersions,
  MaterialService,
  QuestionLife,
  QuestionService,
  QuestionSource,
  QuestionVersions,
  TwinService,
  bankEntities,
} from '../src/index.js';
import type { EditionNews } from '../src/index.js';
import { aChoice, author, bankWorld, reviewer } from './bank.world.js';
import type { BankWorld } from './bank.world.js';

const handbook = new Map<string, number>();

class Handbook extends EntryVersions {
  async currentOf(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map(keys.flatMap((key) => (handbook.has(key) ? [[key, handbook.get(key)!]] : [])));
  }
}
@Global()
@Module({ providers: [{ provide: EntryVersions, useClass: Handbook }], exports: [EntryVersions] })
class HandbookPort {}

onEveryDatabase('the life of a question', [...platformEntities, ...bankEntities], (database) => {
  let world: BankWorld;
  let life: QuestionLife;
  let questions: QuestionService;
  let source: QuestionSource;

  beforeAll(async () => {
    world = await bankWorld(database, [HandbookPort, BankJobsModule]);
    await world.app.init();
    life = world.app.get(QuestionLife);
    questions = world.app.get(QuestionService);
    source = world.app.get(QuestionSource);
  });
  afterAll(() => world.app.close());

  const codes = async (): Promise<string[]> => (await source.published()).map((question) => question.code);
  const publishEdition = async (news: Partial<EditionNews>): Promise<void> => {
    const payload: EditionNews = { edition: 'e2', title: '修订版', changed: [], withdrawn: [], ...news };
    await database.uow.run(() =>
      world.app
        .get(Outbox)
        .add({ type: 'handbook.edition.published', subjectType: 'handbook-edition', subjectId: 'e2', payload }),
    );
    await world.app.get(EventRelay).drain();
  };

  it('is drawn no more once retired, keeps its versions, and comes back', async () => {
    const id = await world.published('r1');
    const [drawn] = await source.publishedByCodes(['r1']);
    await expect(world.as(author, () => life.retire(id, ' '))).rejects.toMatchObject({
      code: 'bank.retire.reason-missing',
    });
    await world.as(author, () => life.retire(id, '表述过时'));
    expect(await codes()).not.toContain('r1');
    expect((await source.forTaking([drawn!.versionId])).size).toBe(1);
    await expect(world.as(author, () => questions.edit(id, 4, aChoice))).rejects.toMatchObject({
      code: 'bank.question.retired',
      facts: { code: 'r1', reason: '表述过时' },
    });
    expect((await source.attention([id])).get(id)).toEqual({ recheck: null, retiredReason: '表述过时' });
    expect(await source.publishedAmong([drawn!.versionId])).toEqual(new Set());
    await world.as(author, () => life.restore(id));
    expect(await codes()).toContain('r1');
  });

  it('may be chosen by a version only while that is the published one', async () => {
    const id = await world.published('among');
    const first = (await source.publishedByCodes(['among']))[0]!.versionId;
    const { version } = (await world.as(author, () => questions.get(id))).question;
    const edited = await world.as(author, () => questions.edit(id, version, { ...aChoice, stem: '改过的题干？' }));
    const draft = edited.headVersionId;
    expect(await source.publishedAmong([first, draft, first])).toEqual(new Set([first]));
    await world.as(reviewer, () => questions.review(id));
    await world.as(author, () => questions.publish(id));
    expect(await source.publishedAmong([first, draft])).toEqual(new Set([draft]));
    expect(await source.publishedAmong([])).toEqual(new Set());
  });

  it('waits for another look when its handbook entry changes, until somebody else has looked', async () => {
    handbook.set('f1', 1).set('f2', 1);
    const id = await world.published('e1', { ...aChoice, stem: '条目一', entryKey: 'f1' });
    const other = await world.published('e2', { ...aChoice, stem: '条目二', entryKey: 'f2' });
    handbook.set('f1', 2);
    const fresh = await world.published('e3', { ...aChoice, stem: '条目一新题', entryKey: 'f1' });
    await publishEdition({ changed: ['f1'], withdrawn: ['f2'] });
    expect(await source.attention([id, other, fresh])).toEqual(
      new Map([
        [id, { recheck: { reason: 'entry-changed', note: '修订版' }, retiredReason: null }],
        [other, { recheck: { reason: 'entry-withdrawn', note: '修订版' }, retiredReason: null }],
      ]),
    );
    expect(await codes()).toEqual(expect.arrayContaining(['e1', 'e2', 'e3']));
    const list = await world.as(author, () => questions.list({ shelf: 'recheck', limit: 10 }));
    expect(list.items.map((item) => item.question.code)).toEqual(['e1', 'e2']);
    await expect(world.as(author, () => life.recheck(id))).rejects.toMatchObject({ code: 'bank.recheck.own-work' });
    const checked = await world.as(reviewer, () => life.recheck(id, '答案不变'));
    expect(checked).toMatchObject({ recheckSince: null, entryVersion: 2 });
    await expect(world.as(reviewer, () => life.recheck(id))).rejects.toMatchObject({ code: 'bank.recheck.not-needed' });
    await publishEdition({ changed: ['f1'] });
    expect((await source.attention([id])).size).toBe(0);
  });

  it('needs no other look when a new version was written against the changed entry and published', async () => {
    handbook.set('f3', 1);
    const id = await world.published('n1', { ...aChoice, stem: '条目三', entryKey: 'f3' });
    handbook.set('f3', 2);
    await publishEdition({ changed: ['f3'] });
    const { question } = await world.as(author, () => questions.get(id));
    await world.as(author, () =>
      questions.edit(id, question.version, { ...aChoice, stem: '条目三新', entryKey: 'f3' }),
    );
    expect((await source.attention([id])).size).toBe(1);
    await world.as(reviewer, () => questions.review(id));
    await world.as(reviewer, () => questions.publish(id));
    expect((await source.attention([id])).size).toBe(0);
  });

  it('shows old versions and what changed between them, without the key to readers', async () => {
    const id = await world.published('v1', { ...aChoice, stem: '第一版' });
    const options = aChoice.options!.map((option, at) => ({ ...option, id: `o${at + 1}` }));
    const edited = { ...aChoice, options, stem: '第二版', source: '新党章' };
    await world.as(author, () => questions.edit(id, 3, edited));
    const versions = world.app.get(QuestionVersions);
    const list = await world.as(author, () => versions.list(id));
    expect(list.map(({ version, isHead, isPublished }) => [version.number, isHead, isPublished])).toEqual([
      [2, true, false],
      [1, false, true],
    ]);
    const { changes } = await world.as(author, () => versions.compare(id, 1, 2));
    expect(changes.map((change) => change.field)).toEqual(['stem', 'source']);
    const old = await world.as(author, () => versions.get(id, 1));
    expect(old).toMatchObject({ version: { body: { stem: '第一版' } }, keyed: { source: '党章' } });
    await expect(world.as(author, () => versions.get(id, 3))).rejects.toMatchObject({ code: 'resource.not-found' });
    world.access.grants.delete('bank.edit');
    expect((await world.as(author, () => versions.get(id, 1))).keyed).toBeNull();
    const seen = await world.as(author, () => versions.compare(id, 1, 2));
    expect(seen.changes.map((change) => change.field)).toEqual(['stem']);
    world.access.grant('bank.edit', 'u');
  });

  it('does what it can of many at once and says why of the rest', async () => {
    const one = await world.draft('b1', { ...aChoice, stem: '批量一' });
    const two = await world.published('b2', { ...aChoice, stem: '批量二' });
    const rows = await world.as(reviewer, () => life.bulk('review', [one, two, one, 'gone']));
    expect(rows.map(({ question, refusal }) => question?.state ?? refusal?.code)).toEqual([
      'reviewed',
      'bank.review.not-draft',
      'resource.not-found',
    ]);
    const own = await world.draft('b3', { ...aChoice, stem: '批量三' });
    expect(await world.as(author, () => life.bulk('review', [own]))).toMatchObject([
      { refusal: { code: 'bank.review.own-work' } },
    ]);
    await world.as(reviewer, () => life.bulk('publish', [one]));
    expect(await world.as(author, () => life.bulk('retire', [one, two], '旧题'))).toMatchObject([
      { question: { code: 'b1' } },
      { question: { code: 'b2' } },
    ]);
    expect(await codes()).not.toContain('b1');
  });

  it('pins the material of its day, and drafts its questions anew when the material changes', async () => {
    const materials = world.app.get(MaterialService);
    const text = { title: '会议材料', topic: '材料', text: '旧材料' };
    const { id: materialId } = await world.as(author, () => materials.create('m1', text));
    const first = await world.published('m1-1', { ...aChoice, materialId });
    await world.published('m1-2', { ...aChoice, materialId });
    const pinned = await source.publishedByCodes(['m1-1', 'm1-2']);
    expect(pinned.map((question) => question.materialPlace)).toEqual([1, 2]);
    await expect(world.as(author, () => materials.edit(materialId, 9, text))).rejects.toMatchObject({
      code: 'resource.conflict',
    });
    await world.as(author, () => materials.edit(materialId, 1, { ...text, text: '新材料' }));
    const { question, body } = await world.as(author, () => questions.get(first));
    expect([question.state, body.material?.text]).toEqual(['draft', '新材料']);
    const old = (await source.forTaking([pinned[0]!.versionId])).get(pinned[0]!.versionId);
    expect(old!.body.material).toMatchObject({ id: materialId, text: '旧材料' });
    expect(await source.publishedByCodes(['m1-1'])).toMatchObject([{ versionId: pinned[0]!.versionId }]);
    await expect(
      world.as(author, () => questions.create('m1-3', { ...aChoice, materialId: first })),
    ).rejects.toMatchObject({ code: 'bank.material.unknown' });
  });

  it('lists twins until they are decided, and retires what is merged', async () => {
    const twins = world.app.get(TwinService);
    const stem = '党的最高理想和最终目标是什么？';
    const [one, two, three] = [
      await world.draft('t1', { ...aChoice, stem }),
      await world.draft('t2', { ...aChoice, stem: '党的最高理想和最终目标，是什么' }),
      await world.draft('t3', {
        ...aChoice,
        stem,
        options: aChoice.options!.map((o, at) => ({ ...o, correct: at === 1 })),
      }),
    ];
    const open = async () => {
      const { items } = await world.as(author, () => twins.open(0, 100));
      return items
        .filter((pair) => pair.first.code.startsWith('t'))
        .map((pair) => [pair.kind, pair.first.code, pair.second.code]);
    };
    expect(await open()).toEqual([
      ['conflict', 't1', 't3'],
      ['conflict', 't2', 't3'],
      ['exact', 't1', 't2'],
    ]);
    await world.as(author, () => twins.decide({ firstId: two, secondId: one, decision: 'keep' }));
    await world.as(author, () => twins.decide({ firstId: one, secondId: three, decision: 'merged', keptId: one }));
    expect(await open()).toEqual([]);
    expect(await world.as(author, () => questions.get(three))).toMatchObject({
      question: { retiredReason: '与试题 t1 重复' },
    });
    await expect(
      world.as(author, () => twins.decide({ firstId: one, secondId: one, decision: 'keep' })),
    ).rejects.toMatchObject({ code: 'bank.twin.same' });
  });

  it('tells of all this without stems or keys', async () => {
    const events = await database.uow.manager.find(OutboxEventRow);
    const types = new Set(events.map((event) => event.type));
    for (const act of ['retired', 'restored', 'recheck-needed', 'rechecked', 'twin-decided']) {
      expect(types).toContain(`bank.question.${act}`);
    }
    expect(JSON.stringify(events.map((event) => event.payload))).not.toMatch(/民主集中制|条目一|旧材料/);
  });
});
