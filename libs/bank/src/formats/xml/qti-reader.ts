import type { ImportPlace } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import { decodedText, filesOfZip } from '../file-guard.js';
import { excerpt } from '../import-row.js';
import type { ImportRow, Reading, UnreadPiece } from '../import-row.js';
import { FileRefused } from '../reader-refusal.js';
import { rowOfQuestion } from '../row-of-question.js';
import { qtiName, readQtiItem } from './qti-item.js';
import type { PictureShelf } from '../pictures/picture-shelf.js';
import type { PictureTaker } from './html-text.js';
import { descendants, textOf, xmlTree } from './xml-tree.js';
import type { XmlElement } from './xml-tree.js';

const itemName = 'assessmentitem';

function rowOf(path: string, root: XmlElement, taker: PictureTaker): ImportRow {
  const { read, guesses } = readQtiItem(root, taker);
  const place: ImportPlace = { kind: 'element', path, line: root.line };
  const label = root.attributes.title || root.attributes.identifier || path;
  return rowOfQuestion(place, label, textOf(root).replace(/\s+/gu, ' '), read, guesses);
}

function faultRow(path: string, fault: FileRefused): ImportRow {
  const line = Number(fault.refusal.facts.line ?? 1);
  return rowOfQuestion({ kind: 'element', path, line }, path, '', fault.refusal);
}

/** Items of the manifest in its order; undefined where there is no manifest. */
function listedPaths(files: ReadonlyMap<string, Uint8Array>): string[] | undefined {
  const manifest = files.get('imsmanifest.xml');
  if (!manifest) return undefined;
  const root = xmlTree('imsmanifest.xml', decodedText(manifest));
  return [...descendants(root)]
    .filter((each) => each.name === 'resource' && /item/iu.test(each.attributes.type ?? ''))
    .map((each) => decodeURI(each.attributes.href ?? '').replace(/^\.\//u, ''))
    .filter((path) => path !== '');
}

/** The items below a root: itself, or those inside a wrapper. */
function itemsIn(root: XmlElement): XmlElement[] {
  if (qtiName(root.name) === itemName) return [root];
  return [...descendants(root)].filter((each) => qtiName(each.name) === itemName);
}

/** Pictures by their address from the item's own folder, or written into it. */
function takerFor(path: string, files: ReadonlyMap<string, Uint8Array>, shelf: PictureShelf): PictureTaker {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return (source, alt) => {
    const data = /^data:image\/[a-z+.-]+;base64,/iu.exec(source);
    if (data) return shelf.add(Buffer.from(source.slice(data[0].length), 'base64'), alt);
    const bytes = files.get(joinedPath(folder, source)) ?? files.get(source);
    return bytes && shelf.add(bytes, alt);
  };
}

function joinedPath(folder: string, source: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  let address = source;
  try {
    address = decodeURI(source);
  } catch {
    // An address that is not encoded stands for itself.
  }
  for (const part of address.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function readPackage(files: ReadonlyMap<string, Uint8Array>, shelf: PictureShelf): Reading {
  const rows: ImportRow[] = [];
  const unread: UnreadPiece[] = [];
  const listed = listedPaths(files);
  const paths =
    listed ?? [...files.keys()].filter((path) => /\.xml$/iu.test(path) && !/manifest/iu.test(path)).toSorted();
  for (const path of paths) {
    const content = files.get(path);
    if (!content) {
      rows.push(rowOfQuestion({ kind: 'element', path }, path, '', refuse('bank.import.resource-missing', { path })));
      continue;
    }
    try {
      const items = itemsIn(xmlTree(path, decodedText(content)));
      if (items.length === 0) unread.push({ place: { kind: 'element', path }, text: excerpt(path, 200) });
      for (const item of items) rows.push(rowOf(path, item, takerFor(path, files, shelf)));
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      if (error.refusal.code === 'bank.import.dtd') throw error;
      rows.push(faultRow(path, error));
    }
  }
  if (rows.length === 0) throw new FileRefused(refuse('bank.import.manifest-missing'));
  return { rows, unread };
}

/** QTI 2.x and 3.0: one item as XML, or a package. */
export function readQti(bytes: Uint8Array, shelf: PictureShelf): Reading {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readPackage(filesOfZip(bytes), shelf);
  const items = itemsIn(xmlTree('QTI', decodedText(bytes)));
  return { rows: items.map((item) => rowOf('QTI', item, takerFor('', new Map(), shelf))), unread: [] };
}
