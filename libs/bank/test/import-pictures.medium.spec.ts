import { onEveryDatabase } from '@xuekao/database/testing';
import { platformEntities } from '@xuekao/platform';
import { pngOf } from '@xuekao/platform/testing';
import { readFile } from '../src/formats/index.js';
import {
  ExportService,
  ImportCommitService,
  ImportRowsService,
  ImportService,
  ImportUndoService,
  PictureService,
  QuestionSource,
  bankEntities,
} from '../src/index.js';
import { PictureRow, PictureUseRow } from '../src/question.entity.js';
import { ImportPictureRow } from '../src/import/import.entity.js';
import { author, bankWorld } from './bank.world.js';
import type { BankWorld } from './bank.world.js';

const base64 = (bytes: Buffer): string => bytes.toString('base64');
const escaped = (html: string): string => html.replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
const image = (name: string, alt: string): string => `<img src="@@PLUGINFILE@@/${name}" alt="${alt}">`;
const file = (name: string, bytes: Buffer): string => `<file name="${name}" encoding="base64">${base64(bytes)}</file>`;
const judged = (stem: string, shown: string, files: string): string =>
  `<question type="truefalse"><questiontext format="html"><text>${escaped(`<p>${stem}</p>${shown}`)}</text>${files}</questiontext><answer fraction="100"><text>true</text></answer></question>`;
const quiz = (...questions: string[]): Buffer => Buffer.from(`<quiz>${questions.join('')}</quiz>`);

onEveryDatabase('pictures of imports', [...platformEntities, ...bankEntities], (database) => {
  let world: BankWorld;
  let imports: ImportService;
  const bridge = pngOf(60, 40);
  const road = pngOf(30, 30);
  const lake = pngOf(20, 10);
  const asAuthor = <T>(work: () => Promise<T>): Promise<T> => world.as(author, work);
  const upload = (bytes: Buffer, name = '题.xml') => asAuthor(() => imports.upload({ name, bytes, topic: '图' }));
  const commit = (id: string) => asAuthor(() => world.app.get(ImportCommitService).commit(id, 'all-or-nothing'));
  const undo = (id: string) => asAuthor(() => world.app.get(ImportUndoService).undo(id));
  const rowsOf = async (id: string) => (await asAuthor(() => imports.rows(id, { limit: 50 }))).items;
  const stored = async (): Promise<string[]> =>
    (await database.uow.manager.find(PictureRow, { select: { id: true } })).map((row) => row.id).toSorted();

  beforeAll(async () => {
    world = await bankWorld(database);
    imports = world.app.get(ImportService);
  });
  afterAll(() => world.app.close());

  it('are stored with the preview, once each, shown to readers of the bank and given to the questions', async () => {
    const two = image('a.png', '一座桥') + image('b.png', '一条路');
    const { batch, counts } = await upload(
      quiz(
        judged('有桥有路。', two, file('a.png', bridge) + file('b.png', road)),
        judged('只有桥。', image('c.png', '同一座桥'), file('c.png', bridge)),
      ),
    );
    expect([batch.state, counts]).toEqual(['preview', { good: 2 }]);
    expect(await stored()).toHaveLength(2);
    const [first] = await rowsOf(batch.id);
    const shown = first!.draft!.pictures;
    expect(shown.map(({ alt, width }) => [alt, width])).toEqual([
      ['一座桥', 60],
      ['一条路', 30],
    ]);
    const read = await asAuthor(() => world.app.get(PictureService).read(shown[0]!.id));
    expect(read.bytes.length).toBeGreaterThan(60);
    expect((await commit(batch.id)).batch.state).toBe('committed');
    const [row] = await rowsOf(batch.id);
    const version = (await world.app.get(QuestionSource).published()).length;
    expect([row!.state, version]).toEqual(['imported', 0]);
    expect(await database.uow.manager.count(PictureUseRow)).toBe(3);
    expect((await upload(quiz(judged('只有桥。', image('d.png', '桥'), file('d.png', bridge))))).counts).toEqual({
      known: 1,
    });
  });

  it('leave in an export and come back the same, and are left out of formats that have no place for them', async () => {
    const exports = world.app.get(ExportService);
    for (const format of ['docx', 'moodle-xml', 'qti-2.2', 'qti-3.0'] as const) {
      const { file: bytes, name } = await asAuthor(() => exports.export(format, { topic: '图' }, true));
      const reading = await readFile(name, bytes);
      if ('kind' in reading) throw new Error(reading.code);
      expect(reading.rows.map(({ draft }) => draft!.pictures.map(({ alt }) => alt)).toSorted()).toEqual([
        ['一座桥', '一条路'],
        ['同一座桥'],
      ]);
      expect([...reading.pictures.keys()].toSorted()).toEqual(await stored());
    }
    const plan = await asAuthor(() => exports.plan('xlsx', { topic: '图' }, true));
    expect([plan.fitting.length, plan.leftOut.length]).toEqual([0, 2]);
  });

  it('go with an undo, but for those that another import or a question still shows', async () => {
    const one = await upload(quiz(judged('湖一。', image('l.png', '湖'), file('l.png', lake))));
    const other = await upload(
      quiz(judged('湖二。', image('l.png', '湖') + image('b.png', '桥'), file('l.png', lake) + file('b.png', bridge))),
    );
    await commit(one.batch.id);
    await commit(other.batch.id);
    expect(await stored()).toHaveLength(3);
    await undo(one.batch.id);
    expect(await stored()).toHaveLength(3);
    await undo(other.batch.id);
    expect(await stored()).toHaveLength(2);
    const left = await database.uow.manager.findBy(ImportPictureRow, { isNew: true });
    expect(left).toHaveLength(2);
    await undo(left[0]!.importId);
    // The preview of the second test still shows the bridge.
    expect(await stored()).toHaveLength(1);
    expect(await database.uow.manager.count(PictureUseRow)).toBe(0);
  });

  it('stay with a row that is mended, in the size that they have, and unknown ones are refused', async () => {
    const { batch } = await upload(quiz(judged('桥在左边。', image('a.png', ''), file('a.png', bridge))));
    const [row] = await rowsOf(batch.id);
    expect([row!.state, row!.guesses.map(({ reason }) => reason)]).toEqual(['unclear', ['picture-alt-missing']]);
    const draft = row!.draft!;
    const mend = (pictures: typeof draft.pictures) =>
      asAuthor(() => world.app.get(ImportRowsService).mend(batch.id, 1, { ...draft, pictures }));
    const [shown] = draft.pictures;
    expect((await mend([{ ...shown!, alt: '左边的桥', width: 9999 }])).draft!.pictures).toEqual([
      { ...shown!, alt: '左边的桥', width: 60 },
    ]);
    await expect(mend([{ ...shown!, id: 'f'.repeat(64) }])).rejects.toMatchObject({
      code: 'bank.import.picture-unknown',
    });
    await expect(mend([{ ...shown!, alt: ' ' }])).rejects.toMatchObject({ code: 'bank.picture.alt-missing' });
  });
});
