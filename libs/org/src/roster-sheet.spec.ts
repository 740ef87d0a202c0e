import { withPrinterSettings } from '@xuekao/platform/testing';
import { readSheet, writeSheet } from './roster-sheet.js';

describe('a roster file', () => {
  it('is refused unopened with macros or when it is no workbook', async () => {
    const good = await writeSheet({ name: '名册', rows: [['工号', '姓名']] }, [12, 12]);
    expect((await readSheet(good)).rows).toEqual([['工号', '姓名']]);
    const withMacros = good.toString('latin1').replaceAll('docProps/core.xml', 'xl/vbaProject.xml');
    await expect(readSheet(Buffer.from(withMacros, 'latin1'))).rejects.toMatchObject({ code: 'org.import.macros' });
    await expect(readSheet(Buffer.from('工号,姓名'))).rejects.toMatchObject({ code: 'org.import.unreadable' });
  });

  it('is read when it was saved with the settings of a printer', async () => {
    const file = await writeSheet(
      {
        name: '名册',
        rows: [
          ['工号', '姓名'],
          ['001', '张三'],
        ],
      },
      [12, 12],
    );
    expect((await readSheet(withPrinterSettings(file))).rows).toEqual([
      ['工号', '姓名'],
      ['001', '张三'],
    ]);
  });
});
