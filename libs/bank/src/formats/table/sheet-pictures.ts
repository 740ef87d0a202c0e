import type ExcelJS from 'exceljs';
import { withoutSigns } from '../pictures/picture-shelf.js';
import type { PictureShelf } from '../pictures/picture-shelf.js';
import { childrenOf, descendants, xmlTree } from '../xml/xml-tree.js';
import type { TableCell } from './table-reader.js';

const keyOf = (row: number, column: number): string => `${row}/${column}`;
/** A picture is dragged to its cell by hand: this much above it still means it. */
const slack = 0.25;

/** How WPS keeps a picture inside a cell: a formula that names it. */
const cellPicture = /DISPIMG\(\s*"([^"]+)"/iu;

/** Pictures that WPS keeps in cells, by their names. */
function cellPictures(files: ReadonlyMap<string, Uint8Array>): Map<string, { bytes?: Uint8Array; alt: string }> {
  const found = new Map<string, { bytes?: Uint8Array; alt: string }>();
  const part = files.get('xl/cellimages.xml');
  const relations = files.get('xl/_rels/cellimages.xml.rels');
  if (!part || !relations) return found;
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const targets = new Map(
    childrenOf(xmlTree('xl/_rels/cellimages.xml.rels', text(relations)), 'Relationship').map(({ attributes }) => [
      attributes.id ?? '',
      `xl/${attributes.target ?? ''}`,
    ]),
  );
  for (const picture of descendants(xmlTree('xl/cellimages.xml', text(part)))) {
    if (picture.name !== 'pic') continue;
    const parts = [...descendants(picture)];
    const about = parts.find(({ name }) => name === 'cNvPr')?.attributes ?? {};
    const id = parts.find(({ name }) => name === 'blip')?.attributes.embed ?? '';
    const bytes = files.get(targets.get(id) ?? '');
    if (about.name) found.set(about.name, { ...(bytes ? { bytes } : {}), alt: about.descr ?? '' });
  }
  return found;
}

/** The signs of a sheet's pictures by row and column, from 1. */
export function sheetPictures(
  workbook: ExcelJS.Workbook,
  worksheet: ExcelJS.Worksheet,
  files: ReadonlyMap<string, Uint8Array>,
  shelf: PictureShelf,
): Map<string, string> {
  const signs = new Map<string, string>();
  const put = (row: number, column: number, sign: string): void => {
    const key = keyOf(row, column);
    signs.set(key, (signs.get(key) ?? '') + sign);
  };
  for (const { imageId, range } of worksheet.getImages()) {
    const media = workbook.getImage(Number(imageId)) as { buffer?: Uint8Array } | undefined;
    const { row, col } = range.tl;
    put(Math.floor(row + slack) + 1, Math.floor(col + slack) + 1, shelf.add(media?.buffer, ''));
  }
  const inCells = cellPictures(files);
  if (inCells.size === 0) return signs;
  worksheet.eachRow({ includeEmpty: false }, (row, number) => {
    row.eachCell((cell, column) => {
      const name = cellPicture.exec(cell.formula ?? '')?.[1];
      const found = name === undefined ? undefined : inCells.get(name);
      if (found) put(number, column, shelf.add(found.bytes, found.alt));
    });
  });
  return signs;
}

/** The cells of a row with the signs of their pictures; a formula that only shows one is none. */
export function withSigns(
  cells: readonly TableCell[],
  row: number,
  signs: ReadonlyMap<string, string>,
): readonly TableCell[] {
  const last = Math.max(
    cells.length,
    ...[...signs.keys()].filter((key) => key.startsWith(`${row}/`)).map((key) => Number(key.split('/')[1])),
  );
  return Array.from({ length: last }, (_, at) => {
    const cell = cells[at] ?? { text: '' };
    const sign = signs.get(keyOf(row, at + 1));
    if (sign === undefined) return cell.text === '' ? cell : { ...cell, text: withoutSigns(cell.text) };
    return { text: `${withoutSigns(cell.text)}${sign}` };
  });
}
