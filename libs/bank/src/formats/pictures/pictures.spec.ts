import { createHash } from 'node:crypto';
import type { ExportFormat } from '@xuekao/contracts';
import { exportFormats } from '@xuekao/contracts';
import { pngOf } from '@xuekao/platform/testing';
import { ImageRun, Document, Packer, Paragraph, TextRun } from 'docx';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { fileQuestion, picturesIn } from '../file-question.js';
import type { FilePicture, FileQuestion } from '../file-question.js';
import { readFile } from '../read-file.js';
import type { FileReading } from '../read-file.js';
import { fitsFormat, writeFile } from '../write-file.js';
import { mostPictures } from './picture-shelf.js';

const drawings = [pngOf(40, 30), pngOf(30, 40), pngOf(24, 24, (x) => [x * 9, 0, 0]), pngOf(8, 8)];
const idOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytes = new Map(drawings.map((each) => [idOf(each), each]));
const [first, second] = drawings as [Buffer, Buffer];
const pictureOf = (drawing: Buffer, alt: string): FilePicture => ({
  id: idOf(drawing),
  alt,
  width: drawing.readUInt32BE(16),
  height: drawing.readUInt32BE(20),
  mediaType: 'image/png',
});

async function reading(name: string, file: Uint8Array | string): Promise<FileReading> {
  const found = await readFile(name, Buffer.from(file as string));
  if ('kind' in found) throw new Error(JSON.stringify(found));
  return found;
}
const shownIn = ({ rows }: FileReading) =>
  rows.map(({ draft, guesses }) => ({
    stem: draft?.stem,
    below: draft?.pictures.map(({ id, alt }) => [id, alt]),
    options: draft?.options.map(({ text, picture }) => (picture ? [text, picture.id] : text)),
    guesses: guesses.map(({ reason }) => reason),
  }));

const word = fc
  .array(fc.constantFrom(...'党章纪律学习组织中央支部'), { minLength: 2, maxLength: 10 })
  .map((signs) => signs.join(''));
const picture = fc
  .record({ at: fc.nat(drawings.length - 1), alt: word })
  .map(({ at, alt }) => pictureOf(drawings[at]!, `${alt}之图`));
const below = fc.uniqueArray(picture, { maxLength: 3, selector: ({ id }) => id });
const options = fc
  .uniqueArray(word, { minLength: 2, maxLength: 5 })
  .chain((texts) =>
    fc.tuple(
      fc.nat(),
      fc.tuple(
        ...texts.map((text) => fc.record({ text: fc.constant(text), picture: fc.option(picture, { nil: undefined }) })),
      ),
    ),
  );
const choice = fc.record({ stem: word, below, options }).map(({ stem, below: pictures, options: [pick, parts] }) =>
  fileQuestion({
    type: 'single',
    stem: `${stem}是哪一项？`,
    pictures,
    options: parts.map(({ text, picture: own }, at) => ({
      text,
      correct: at === pick % parts.length,
      ...(own ? { picture: own } : {}),
    })),
  }),
);
const judged = fc
  .record({ stem: word, below, truth: fc.boolean() })
  .map(({ stem, below: pictures, truth }) =>
    fileQuestion({ type: 'true-false', stem: `${stem}是对的。`, pictures, truth }),
  );
const blank = fc
  .record({ stem: word, below, answer: word })
  .map(({ stem, below: pictures, answer }) =>
    fileQuestion({ type: 'blank', stem: `${stem}是____。`, pictures, answers: [[answer]] }),
  );
const material = fc
  .record({ title: word, below })
  .map(({ title, below: pictures }) => ({ title, text: title, ...(pictures.length > 0 ? { pictures } : {}) }));
const question = fc
  .tuple(fc.oneof(choice, judged, blank), fc.option(material, { nil: null }))
  .map(([core, about]): FileQuestion => ({ ...core, material: about }));

describe.each(['docx', 'moodle-xml', 'qti-2.2', 'qti-3.0'] as const satisfies readonly ExportFormat[])(
  '%s',
  (format) => {
    it('gives back questions with their pictures, words and bytes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 4 }), async (given) => {
          const fitting = given.filter((each) => fitsFormat(format, each));
          fc.pre(fitting.length > 0);
          const file = await writeFile(format, fitting, true, bytes);
          const read = await reading(`x.${exportFormats[format].extension}`, file);
          const key = (each: FileQuestion): string => `${each.type}${each.stem}${JSON.stringify(each)}`;
          const drafts = read.rows.map((row) => row.draft!);
          // Documents are in sections by type, with what has no material first.
          expect(drafts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))).toEqual(
            fitting.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
          );
          expect(read.rows.flatMap((row) => [...row.faults, ...row.guesses])).toEqual([]);
          const wanted = new Set(fitting.flatMap((each) => picturesIn(each).map(({ id }) => id)));
          expect(new Set(read.pictures.keys())).toEqual(wanted);
          for (const [id, { bytes: found }] of read.pictures) expect(idOf(found)).toBe(id);
        }),
        { numRuns: format === 'docx' ? 20 : 40 },
      );
    });
  },
);

it.each(['xlsx', 'csv', 'text', 'gift', 'aiken'] as const)('%s leaves out questions with pictures', (format) => {
  const shown = fileQuestion({
    type: 'single',
    stem: '看图',
    pictures: [pictureOf(first, '图')],
    options: [
      { text: '甲', correct: true },
      { text: '乙', correct: false },
    ],
  });
  expect(fitsFormat(format, shown)).toBe(false);
  expect(fitsFormat(format, { ...shown, pictures: [] })).toBe(true);
});

describe('pictures of a Word document', () => {
  const run = (data: Buffer, alt = ''): ImageRun =>
    new ImageRun({
      type: 'png',
      data,
      transformation: { width: 40, height: 30 },
      altText: { name: '图片 1', title: '', description: alt },
    });
  const file = async (paragraphs: readonly (string | ImageRun)[][]): Promise<Buffer> =>
    Buffer.from(
      await Packer.toBuffer(
        new Document({
          sections: [
            {
              children: paragraphs.map(
                (parts) =>
                  new Paragraph({
                    children: parts.map((part) => (typeof part === 'string' ? new TextRun(part) : part)),
                  }),
              ),
            },
          ],
        }),
      ),
    );

  it('stand below the stem wherever they are put, and with their options; made-up words are to be confirmed', async () => {
    const document = await file([
      ['1. 图中是什么？'],
      [run(first, '一座桥')],
      ['A. 桥'],
      ['B. 路'],
      ['答案：A'],
      ['2. 哪一幅是路？（ B ）'],
      ['A. ', run(first, '桥')],
      ['B. ', run(second, '路')],
      ['3. 支部全年学习如图。', run(second)],
      ['答案：对'],
      [run(first, '折线')],
      ['解析：见图', run(second, '答案的图')],
    ]);
    expect(shownIn(await reading('题.docx', document))).toEqual([
      { stem: '图中是什么？', below: [[idOf(first), '一座桥']], options: ['桥', '路'], guesses: [] },
      {
        stem: expect.stringMatching(/^哪一幅是路？/u),
        below: [],
        options: [
          ['', idOf(first)],
          ['', idOf(second)],
        ],
        guesses: [],
      },
      {
        stem: '支部全年学习如图。',
        below: [
          [idOf(second), '试题配图1'],
          [idOf(first), '折线'],
        ],
        options: [],
        guesses: ['picture-alt-missing', 'picture-dropped'],
      },
    ]);
  });

  it('are kept once where the document shows them twice, and named where the bank does not take them', async () => {
    const twice = await reading(
      '题.docx',
      await file([
        ['1. 甲图', run(first, '甲'), '是对的。'],
        ['答案：对'],
        ['2. 乙图', run(first, '乙'), '是错的。'],
        ['答案：错'],
      ]),
    );
    expect([...twice.pictures.keys()]).toEqual([idOf(first)]);
    const broken = Buffer.from(first);
    broken.fill(1, 45, 60);
    const gif = Buffer.from('474946383961010001000000002c00000000010001000002', 'hex');
    for (const bad of [broken, gif]) {
      const read = await reading('题.docx', await file([['1. 图是对的。', run(bad, '坏图')], ['答案：对']]));
      expect(shownIn(read)).toMatchObject([{ below: [], guesses: ['picture-refused'] }]);
      expect(read.pictures.size).toBe(0);
    }
  });

  it('are refused by number when there are too many', async () => {
    const document = unzipSync(await file([['1. 图', run(first, '图'), '对。'], ['答案：对']]));
    const xml = Buffer.from(document['word/document.xml']!).toString();
    const drawing = /<w:r><w:drawing>[\s\S]*?<\/w:drawing><\/w:r>/u.exec(xml)![0];
    const many = xml.replace(drawing, drawing.repeat(mostPictures + 1));
    const found = await readFile('题.docx', zipSync({ ...document, 'word/document.xml': strToU8(many) }));
    expect(found).toMatchObject({ code: 'bank.import.too-many-pictures', facts: { limit: mostPictures } });
  });
});

describe('pictures of a workbook', () => {
  async function workbook(place: (book: ExcelJS.Workbook, sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('试题');
    sheet.addRows([
      ['题型', '题干', '选项A', '选项B', '答案', '图片'],
      ['单选题', '看图选择', '甲', '乙', 'A', ''],
      ['单选题', '哪一幅', '', '', 'B', ''],
      ['判断题', '没有图。', '', '', '对', ''],
    ]);
    place(book, sheet);
    return Buffer.from(await book.xlsx.writeBuffer());
  }
  const add = (book: ExcelJS.Workbook, sheet: ExcelJS.Worksheet, data: Buffer, col: number, row: number): void => {
    const id = book.addImage({ buffer: data as never, extension: 'png' });
    sheet.addImage(id, { tl: { col, row }, ext: { width: 40, height: 30 } });
  };

  it('belong to the cell that they stand in; a column of pictures to the stem', async () => {
    const file = await workbook((book, sheet) => {
      add(book, sheet, first, 5.1, 1.2);
      add(book, sheet, first, 2.1, 2.1);
      add(book, sheet, second, 2.9, 1.9);
    });
    expect(shownIn(await reading('题.xlsx', file))).toEqual([
      {
        stem: '看图选择',
        below: [[idOf(first), '试题配图1']],
        options: ['甲', '乙'],
        guesses: ['picture-alt-missing'],
      },
      {
        stem: '哪一幅',
        below: [],
        options: [
          ['', idOf(first)],
          ['', idOf(second)],
        ],
        guesses: ['picture-alt-missing'],
      },
      { stem: '没有图。', below: [], options: [], guesses: [] },
    ]);
  });

  it('are read where WPS keeps them inside cells', async () => {
    const file = unzipSync(
      await workbook((_book, sheet) => {
        sheet.getCell('F2').value = { formula: '_xlfn.DISPIMG("ID_1",1)', result: '=DISPIMG("ID_1",1)' } as never;
      }),
    );
    const images = `<etc:cellImages xmlns:etc="e" xmlns:xdr="x" xmlns:a="a" xmlns:r="r"><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="ID_1" descr="一座桥"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>`;
    const links = `<Relationships xmlns="p"><Relationship Id="rId1" Type="image" Target="media/image1.png"/></Relationships>`;
    const whole = zipSync({
      ...file,
      'xl/cellimages.xml': strToU8(images),
      'xl/_rels/cellimages.xml.rels': strToU8(links),
      'xl/media/image1.png': first,
    });
    const [row] = shownIn(await reading('题.xlsx', whole));
    expect(row).toEqual({ stem: '看图选择', below: [[idOf(first), '一座桥']], options: ['甲', '乙'], guesses: [] });
  });
});

describe('pictures of exchange formats', () => {
  it('come with Moodle XML as files or in the address, and are missed by name where they do not', async () => {
    const data = `data:image/png;base64,${second.toString('base64')}`;
    const html = (text: string): string =>
      text.replace(/[<>&]/gu, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[sign]!);
    const text = `<quiz><question type="truefalse"><questiontext format="html"><text>${html(
      '<p>桥<img src="@@PLUGINFILE@@/%E6%A1%A5.png" alt="一座桥"></p>',
    )}${html(`<img src='${data}' alt='一条路'>`)}</text><file name="桥.png" encoding="base64">${first.toString('base64')}</file></questiontext><answer fraction="100"><text>true</text></answer></question>
<question type="truefalse"><questiontext format="html"><text>${html('无图<img src="https://example.cn/a.png">')}</text></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>`;
    expect(shownIn(await reading('题.xml', text))).toMatchObject([
      {
        stem: '桥',
        below: [
          [idOf(first), '一座桥'],
          [idOf(second), '一条路'],
        ],
        guesses: [],
      },
      { stem: '无图', below: [], guesses: ['picture-dropped'] },
    ]);
  });

  it('are named in GIFT, which is text', async () => {
    const read = await reading('题.gift', '::1:: 看图![一座桥](bridge.png){T}\n');
    expect(shownIn(read)).toMatchObject([{ guesses: ['picture-dropped'] }]);
  });
});
