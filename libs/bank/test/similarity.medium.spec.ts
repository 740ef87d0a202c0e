import { isRefusal } from '@xuekao/kernel';
import { platformEntities } from '@xuekao/platform';
import { onEveryDatabase } from '@xuekao/database/testing';
import {
  ContentImport,
  QuestionService,
  QuestionSimilarity,
  bankContent2017,
  bankEntities,
  nextVersion,
  questionFrom,
} from '../src/index.js';
import type { BodyAndKey, QuestionInput } from '../src/index.js';
import { aChoice, author, bankWorld } from './bank.world.js';
import type { BankWorld } from './bank.world.js';

const drafted = (input: QuestionInput): BodyAndKey => {
  const result = nextVersion(input);
  if (isRefusal(result)) throw new Error(result.code);
  return result;
};
const retyped = { ...aChoice, stem: '党的根本组织原则，是什么?', options: aChoice.options!.toReversed() };
const otherKey = {
  ...retyped,
  options: retyped.options.map((option) => ({ ...option, correct: option.text === '集体负责制' })),
};

onEveryDatabase('the similarity of questions', [...platformEntities, ...bankEntities], (database) => {
  let world: BankWorld;
  let similarity: QuestionSimilarity;

  beforeAll(async () => {
    world = await bankWorld(database);
    similarity = world.app.get(QuestionSimilarity);
  });
  afterAll(() => world.app.close());

  it('finds nothing in an empty bank but what the batch itself repeats', async () => {
    const rows = await similarity.check([drafted(aChoice), drafted(retyped), drafted(otherKey)]);
    expect(rows.map((findings) => findings.map(({ kind, row, code }) => [kind, row, code]))).toEqual([
      [],
      [['exact', 0, null]],
      [
        ['conflict', 0, null],
        ['conflict', 1, null],
      ],
    ]);
  });

  it('names the question of the bank, sees later edits, and leaves out the question itself', async () => {
    const id = await world.draft('s1');
    expect(await similarity.check([drafted(retyped), drafted(otherKey)])).toMatchObject([
      [{ kind: 'exact', code: 's1', questionId: id }],
      [{ kind: 'conflict', code: 's1' }, { row: 0 }],
    ]);
    expect(await similarity.check([drafted(retyped)], { exceptQuestionId: id })).toEqual([[]]);
    const edited = { ...aChoice, stem: '党的最高纲领是什么？' };
    await world.as(author, () => world.app.get(QuestionService).edit(id, 1, edited));
    expect(await similarity.check([drafted(retyped), drafted(edited)])).toMatchObject([[], [{ code: 's1' }]]);
  });

  it('forgets what was rolled back', async () => {
    const failed = database.uow.run(async () => {
      await world.as(author, () => world.app.get(QuestionService).create('s2', aChoice));
      expect(await similarity.check([drafted(retyped)])).toMatchObject([[{ code: 's2' }]]);
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    expect(await similarity.check([drafted(retyped)])).toEqual([[]]);
  });

  it('reads the shipped bank whole', async () => {
    await world.app.get(ContentImport).importContent(bankContent2017);
    const content = bankContent2017.slice(0, 20);
    const rows = await similarity.check(content.map((each) => questionFrom(each) as BodyAndKey));
    expect(rows.map((findings) => [findings[0]?.kind, findings[0]?.code])).toEqual(
      content.map((each) => ['exact', each.code]),
    );
  });
});
