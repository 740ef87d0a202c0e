import { createHash } from 'node:crypto';
import { XMLValidator } from 'fast-xml-parser';
import { bureauPaper } from '../testing/index.js';
import { readZip } from '../zip/stable-zip.js';
import { signatureStarts } from './blocks.js';
import { columnWidths } from './table.js';
import { renderDocx } from './report-docx.js';

const stamp = { creator: '学考', at: Date.UTC(2017, 11, 20, 1) };
const parts = async (): Promise<ReadonlyMap<string, string>> =>
  new Map(readZip(await renderDocx(bureauPaper(1), stamp)).map(({ name, data }) => [name, data.toString('utf8')]));

/** Source: domain.md §5.3. */
describe('a report as DOCX', () => {
  it('has the sheet, margins and grid of GB/T 9704', async () => {
    const document = (await parts()).get('word/document.xml')!;
    expect(document).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(document).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
    expect(document).toMatch(/<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"\/>/);
    expect(document).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/);
  });

  it('sets 3号 仿宋 with two characters in, 2号 小标宋 and the heading faces', async () => {
    const styles = (await parts()).get('word/styles.xml')!;
    const style = (id: string): string => new RegExp(`w:styleId="${id}".*?</w:style>`).exec(styles)![0];
    expect(style('Normal')).toMatch(/仿宋_GB2312.*w:sz w:val="32"/);
    expect(style('Normal')).toContain('w:line="579" w:lineRule="exact"');
    expect(style('Body')).toContain('w:firstLineChars="200"');
    expect(style('ReportTitle')).toMatch(/方正小标宋简体.*w:sz w:val="44"/);
    expect([style('HeadingOne'), style('HeadingTwo')].map((xml) => /eastAsia="(.*?)"/.exec(xml)![1])).toEqual([
      '黑体',
      '楷体_GB2312',
    ]);
  });

  it('numbers odd pages on the right and even pages on the left, one character in', async () => {
    const files = await parts();
    expect(files.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    const footer = (n: number): string => files.get(`word/footer${n}.xml`)!;
    expect(footer(1)).toMatch(/w:right="280".*w:jc w:val="right"/s);
    expect(footer(2)).toMatch(/w:left="280".*w:jc w:val="left"/s);
    expect(footer(1)).toContain('— ');
  });

  it('names fallback fonts and is well-formed in every part', async () => {
    const files = await parts();
    expect(files.get('word/fontTable.xml')).toContain('w:altName w:val="仿宋,FangSong');
    for (const [name, xml] of files)
      if (/\.(xml|rels)$/.test(name)) expect([name, XMLValidator.validate(xml)]).toEqual([name, true]);
  });

  it('is the same bytes for the same input, dates included', async () => {
    const hash = async (): Promise<string> =>
      createHash('sha256')
        .update(await renderDocx(bureauPaper(1), stamp))
        .digest('hex');
    const first = await hash();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await hash()).toBe(first);
    expect((await parts()).get('docProps/core.xml')).toContain('2017-12-20T01:00:00Z');
  });
});

describe('measures', () => {
  it('let the date begin two characters right of the name', () => {
    expect(signatureStarts('张三', '2017年12月20日')).toEqual({ name: 17, date: 19 });
    expect(signatureStarts('示例市应急管理局党组', '2017年2月8日')).toEqual({ name: 16, date: 18 });
  });
  it('share a width out without losing a twip', () => {
    const columns = [3, 7, 11].map((width) => ({ title: '', width, align: 'left' as const }));
    expect(columnWidths(columns, 8845).reduce((sum, width) => sum + width, 0)).toBe(8845);
  });
});
