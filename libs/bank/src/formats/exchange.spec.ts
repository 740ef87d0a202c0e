import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import ExcelJS from 'exceljs';
import { readFile } from './read-file.js';
import { placeText } from './place-text.js';
import { guarded } from './table/csv.js';
import { fileQuestion } from './file-question.js';
import { writeFile } from './write-file.js';

interface Seen {
  readonly refused?: string;
  readonly facts?: unknown;
  readonly rows?: readonly string[];
  readonly unread?: number;
}

/** What a file gives, a line per row: place, type, stem, guesses and faults. */
async function seen(name: string, content: string | Uint8Array): Promise<Seen> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const reading = await readFile(name, bytes);
  if ('kind' in reading) return { refused: reading.code, facts: reading.facts };
  const rows = reading.rows.map(({ place, draft, faults, guesses }) => {
    const marks = [...guesses.map(({ reason }) => `?${reason}`), ...faults.map(({ refusal }) => `!${refusal.code}`)];
    return [placeText(place), draft?.type ?? '-', draft?.stem ?? '', ...marks].filter((part) => part !== '').join(' ');
  });
  return { rows, unread: reading.unread.length };
}

async function xlsx(rows: readonly (readonly unknown[])[], name = '试题'): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet(name).addRows(rows.map((row) => [...row]));
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('GIFT', () => {
  const text = `$CATEGORY: $course$/党章

// 一条说明

::A-1:: 党的组织原则是{=民主集中制 ~首长负责制}。

预备党员有表决权。{F}

不忘{=初心 =本心}。

四个意识包括{~%50%政治意识 ~%50%大局意识 ~%-100%商品意识}

党员有几项义务？{#8:1}

配对 {=会议 -> 三会 =课 -> 党课}

简述自我革命。{}

坏题 {=没有右括号 ~错

::A-2:: 坏题之后还读得到 {T}
`;
  it('is read in every type, and a broken question is named with its line and leaves the others alone', async () => {
    expect(await seen('题.gift', text)).toEqual({
      rows: [
        '第 5 行 single 党的组织原则是____。',
        '第 7 行 true-false 预备党员有表决权。',
        '第 9 行 blank 不忘____。',
        '第 11 行 multiple 四个意识包括',
        '第 13 行 blank 党员有几项义务？ ?tolerance-dropped',
        '第 15 行 matching 配对',
        '第 17 行 short-answer 简述自我革命。 !bank.question.key-missing',
        '第 19 行 - !bank.import.gift-syntax',
        '第 21 行 true-false 坏题之后还读得到',
      ],
      unread: 1,
    });
  });
});

describe('Aiken', () => {
  it('is read, and names the line where something else was expected', async () => {
    const text =
      '党的宗旨是什么？\nA. 为人民服务\nB) 为自己服务\nANSWER: A\n\n没有答案的题\nA. 甲\n下一题的题干\nA. 甲\nB. 乙\nANSWER: C\n';
    expect(await seen('题.txt', text)).toMatchObject({
      rows: [
        '第 1 行 single 党的宗旨是什么？',
        '第 6 行 - !bank.import.aiken-line',
        '第 8 行 - !bank.question.key-unknown-option',
      ],
    });
  });
});

describe('Moodle XML', () => {
  const quiz = (inner: string): string => `<?xml version="1.0"?>\n<quiz>\n${inner}\n</quiz>`;
  it('is read with pictures, weights and embedded answers; what it cannot be is named with its line', async () => {
    const text = quiz(`<question type="multichoice"><name><text>B-1</text></name>
<questiontext format="html"><text><![CDATA[<p>组织原则<img src="@@PLUGINFILE@@/a.png"/></p>]]></text></questiontext>
<single>true</single><answer fraction="100"><text>民主集中制</text></answer><answer fraction="50"><text>半对</text></answer></question>
<question type="cloze"><questiontext format="html"><text>不忘{1:SHORTANSWER:=初心~%100%本心}，牢记{1:SA:=使命}</text></questiontext></question>
<question type="calculated"><questiontext><text>算式</text></questiontext></question>`);
    expect(await seen('题.xml', text)).toMatchObject({
      rows: [
        'question[1] 第 3 行 single 组织原则 ?partial-weights ?picture-dropped',
        'question[2] 第 6 行 blank 不忘____，牢记____',
        'question[3] 第 7 行 - !bank.import.element-unsupported',
      ],
    });
  });

  it.each([
    ['<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', 'bank.import.dtd'],
    [quiz('<question type="truefalse"><name>'), 'bank.import.xml-malformed'],
    ['<other/>', 'bank.import.format-unknown'],
  ])('is refused for %s', async (text, code) => {
    expect(await seen('题.xml', text)).toMatchObject({ refused: code });
  });
});

describe('QTI', () => {
  const item = (inner: string): string =>
    `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="题">${inner}</assessmentItem>`;
  it('is read as a single item, and refuses kinds that the bank has not got', async () => {
    const choice = item(
      '<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>b</value></correctResponse></responseDeclaration><itemBody><p>党的宗旨？</p><choiceInteraction responseIdentifier="R"><simpleChoice identifier="a">为己</simpleChoice><simpleChoice identifier="b">为民</simpleChoice></choiceInteraction></itemBody>',
    );
    expect(await seen('题.xml', choice)).toMatchObject({ rows: ['QTI 第 1 行 single 党的宗旨？'] });
    const hotspot = item('<itemBody><p>指图</p><hotspotInteraction responseIdentifier="R"/></itemBody>');
    expect(await seen('题.xml', hotspot)).toMatchObject({ rows: ['QTI 第 1 行 - !bank.import.element-unsupported'] });
  });

  it('names the file of a package that is missing or broken, and reads the rest', async () => {
    const good = item(
      '<responseDeclaration identifier="R" cardinality="single" baseType="string"><correctResponse><value>初心</value></correctResponse></responseDeclaration><itemBody><p>不忘<textEntryInteraction responseIdentifier="R"/>。</p></itemBody>',
    );
    const manifest = `<manifest><resources>${['a.xml', 'b.xml', 'none.xml'].map((href) => `<resource type="imsqti_item_xmlv2p1" href="${href}"/>`).join('')}</resources></manifest>`;
    const file = zipSync({
      'imsmanifest.xml': strToU8(manifest),
      'a.xml': strToU8(good),
      'b.xml': strToU8('<assessmentItem>'),
    });
    expect(await seen('包.zip', file)).toMatchObject({
      rows: [
        'a.xml 第 1 行 blank 不忘____。',
        'b.xml 第 1 行 - !bank.import.xml-malformed',
        'none.xml - !bank.import.resource-missing',
      ],
    });
  });
});

describe('tables', () => {
  it('take the header anywhere in the first rows, in any order and by other names', async () => {
    const file = await xlsx([
      ['某局理论学习题库'],
      ['正确答案', '题目类型', '选项1', '选项2', '题目内容', '难易程度'],
      ['B', '单选', '甲', '乙', '标题之下的题', '较难'],
      [true, '判断题', '', '', '布尔单元格', ''],
      ['A', '猜谜', '甲', '乙', '题型不识', ''],
    ]);
    expect(await seen('表.xlsx', file)).toEqual({
      rows: [
        '工作表“试题”E3 single 标题之下的题',
        '工作表“试题”E4 true-false 布尔单元格',
        '工作表“试题”E5 single 题型不识 !bank.question.type-unknown',
      ],
      unread: 1,
    });
  });

  it('never take a formula, and name its cell', async () => {
    const formula = { formula: 'HYPERLINK("http://example.org","甲")', result: '甲' };
    const file = await xlsx([
      ['题型', '题干', '选项A', '选项B', '答案'],
      ['单选题', '公式题', formula, '乙', 'A'],
    ]);
    const reading = await readFile('表.xlsx', file);
    if ('kind' in reading) throw new Error(reading.code);
    expect(reading.rows[0]!.faults[0]).toMatchObject({
      refusal: { code: 'bank.import.formula-cell', facts: { cell: 'C2' } },
      place: { sheet: '试题', cell: 'C2' },
    });
    const csv = '题型,题干,选项A,选项B,答案\n单选题,"=cmd|calc",甲,乙,A\n单选题,正常,-1,+5,A\n';
    expect(await seen('表.csv', csv)).toMatchObject({
      rows: [expect.stringContaining('!bank.import.formula-cell'), '工作表“CSV”B3 single 正常'],
    });
  });

  it('read CSV in GBK and with other separators', async () => {
    // 题型;题干;答案 and 判断题;党员有权利;对 in GBK.
    const hex = 'cce2d0cd3bcce2b8c93bb4f0b0b80ac5d0b6cfcce23bb5b3d4b1d3d0c8a8c0fb3bb6d40a';
    const bytes = Buffer.from(hex, 'hex');
    expect(await seen('表.csv', bytes)).toMatchObject({ rows: ['工作表“CSV”B2 true-false 党员有权利'] });
  });

  it('guard what a spreadsheet program would compute, and take the guard off again', async () => {
    expect(['=1+1', '+1', '-1', '@x', '文字'].map(guarded)).toEqual(["'=1+1", "'+1", "'-1", "'@x", '文字']);
    const stem = '=SUM(A1)等于什么？';
    const options = [
      { text: '+1', correct: true },
      { text: '-1', correct: false },
    ];
    const file = await writeFile('csv', [fileQuestion({ type: 'single', stem, options })], true);
    expect(file.toString()).toContain("'=SUM(A1)");
    expect(await seen('表.csv', file)).toMatchObject({ rows: [`工作表“CSV”C2 single ${stem}`] });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await writeFile('xlsx', [fileQuestion({ type: 'single', stem, options })], true)) as never);
    expect(book.worksheets[0]!.getCell('C2').value).toBe(stem);
  });
});

describe('Word', () => {
  const part = (body: string): Record<string, Uint8Array> => ({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`),
  });
  const p = (text: string, numbering = ''): string => `<w:p>${numbering}<w:r><w:t>${text}</w:t></w:r></w:p>`;
  const list = (id: number): string => `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${id}"/></w:numPr></w:pPr>`;

  it('is read with its automatic numbers and letters, soft breaks, tables and pictures', async () => {
    const numbering = `<w:numbering xmlns:w="w">${[
      ['1', 'decimal', '%1.'],
      ['2', 'upperLetter', '%1、'],
    ]
      .map(
        ([id, format, text]) =>
          `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum><w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`,
      )
      .join('')}</w:numbering>`;
    const body = [
      p('一、单选题'),
      p('自动编号的题', list(1)),
      p('甲', list(2)),
      p('乙', list(2)),
      p('答案：B'),
      `<w:p><w:r><w:t>2. 软回车的题</w:t><w:br/><w:t>A. 甲  B. 乙</w:t><w:br/><w:t>答案：A</w:t></w:r><w:r><w:drawing/></w:r></w:p>`,
      `<w:tbl><w:tr>${['题干', '答案'].map((text) => `<w:tc>${p(text)}</w:tc>`).join('')}</w:tr><w:tr>${['表格里的判断题', '对'].map((text) => `<w:tc>${p(text)}</w:tc>`).join('')}</w:tr></w:tbl>`,
    ].join('');
    const file = zipSync({ ...part(body), 'word/numbering.xml': strToU8(numbering) });
    expect(await seen('题.docx', file)).toEqual({
      rows: [
        '第 2 段 single 自动编号的题',
        '第 6 段 single 软回车的题 ?picture-dropped',
        '工作表“表格 1”A2 true-false 表格里的判断题',
      ],
      unread: 0,
    });
  });

  it.each([
    ['macros', { 'word/vbaProject.bin': strToU8('x') }, 'bank.import.macros'],
    ['a bomb', { 'word/media/a.xml': new Uint8Array(42_000_000) }, 'bank.import.unpacks-too-large'],
    ['a path out of it', { '../a.xml': strToU8('x') }, 'bank.import.zip-path'],
  ])('with %s is refused', async (_what, more, code) => {
    expect(
      await seen('题.docx', zipSync({ ...part(p('1. 题')), ...(more as Record<string, Uint8Array>) })),
    ).toMatchObject({
      refused: code,
    });
  });
});

describe('any bytes', () => {
  const names = fc.constantFrom('a.xlsx', 'a.docx', 'a.csv', 'a.txt', 'a.gift', 'a.xml', 'a.zip', '无名', 'a.exe');
  it('are read or refused by value, and never thrown over', async () => {
    const pieces = fc.constantFrom(
      '{=',
      '}',
      '<quiz>',
      '<question type="essay">',
      '::',
      'ANSWER: A',
      '题干,答案',
      '"',
      '\0',
      'A. ',
      '1. ',
      'PK',
    );
    const content = fc.oneof(
      fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }).map((all) => Buffer.from(all.join('\n'))),
      fc.uint8Array({ maxLength: 120 }),
    );
    await fc.assert(
      fc.asyncProperty(names, content, async (name, bytes) => {
        const reading = await readFile(name, bytes);
        if ('kind' in reading) expect(reading.code).toMatch(/^bank\.import\./u);
        else expect(reading.rows.every((row) => row.draft !== null || row.faults.length > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
