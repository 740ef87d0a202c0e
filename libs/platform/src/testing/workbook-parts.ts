import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook file with more parts in its package, as other programs add them. */
export function withParts(workbook: Uint8Array, parts: Readonly<Record<string, Uint8Array>>): Buffer {
  return Buffer.from(zipSync({ ...unzipSync(workbook), ...parts }));
}

/** As a spreadsheet program saves it once a printer was chosen for the first sheet: a binary part with the driver's settings. */
export function withPrinterSettings(workbook: Uint8Array): Buffer {
  const files = unzipSync(workbook);
  const types = strFromU8(files['[Content_Types].xml']!);
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!);
  const type =
    '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/>';
  const link = `<Relationship Id="rId1" Type="${relations}/printerSettings" Target="../printerSettings/printerSettings1.bin"/>`;
  const setup = `<pageSetup paperSize="9" orientation="portrait" xmlns:r="${relations}" r:id="rId1"/>`;
  const settings = new Uint8Array(1000);
  settings.set(strToU8('H\0P\0 \0L\0a\0s\0e\0r\0'));
  return withParts(workbook, {
    '[Content_Types].xml': strToU8(types.replace(/(<Types[^>]*>)/u, `$1${type}`)),
    'xl/worksheets/sheet1.xml': strToU8(
      sheet.replace(/<pageSetup[^>]*\/>/u, '').replace('</worksheet>', `${setup}</worksheet>`),
    ),
    'xl/worksheets/_rels/sheet1.xml.rels': strToU8(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${link}</Relationships>`,
    ),
    'xl/printerSettings/printerSettings1.bin': settings,
  });
}
