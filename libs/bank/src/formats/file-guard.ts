import type { ImportFormat } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { openZip } from '@xuekao/platform';
import type { ZipFault } from '@xuekao/platform';
import { FileRefused } from './reader-refusal.js';

const bounds = { limit: 40 * 1024 * 1024, mostEntries: 12_000 };

function zipRefusal(fault: ZipFault): Refusal {
  switch (fault.kind) {
    case 'no-zip':
      return refuse('bank.import.zip-broken', { path: '' });
    case 'broken':
      return refuse('bank.import.zip-broken', { path: fault.path === '' ? '压缩包目录' : fault.path });
    case 'encrypted':
      return refuse('bank.import.encrypted', { path: fault.path });
    case 'unsafe-path':
      return refuse('bank.import.zip-path', { path: fault.path });
    case 'macros':
      return refuse('bank.import.macros', { path: fault.path });
    case 'too-large':
      return refuse('bank.import.unpacks-too-large', {
        path: fault.path === '' ? '压缩包' : fault.path,
        limit: fault.limit,
      });
  }
}

/** The files of a zip, or FileRefused with the entry at fault. */
export function filesOfZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const opened = openZip(bytes, bounds);
  if (opened instanceof Map) return opened;
  throw new FileRefused(zipRefusal(opened));
}

/** UTF-8 with or without a mark, UTF-16 with its mark, else GBK. Refuses bytes that are none of them. */
export function decodedText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  const loose = new TextDecoder('utf-8').decode(bytes);
  const line = loose.slice(0, loose.indexOf('\uFFFD')).split('\n').length;
  throw new FileRefused(refuse('bank.import.encoding-unknown', { line }));
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
/** The compound file of Office before 2007, and of newer documents with a password. */
const isOldOffice = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

function zipFormat(files: ReadonlyMap<string, Uint8Array>): ImportFormat | undefined {
  if (files.has('xl/workbook.xml')) return 'xlsx';
  if (files.has('word/document.xml')) return 'docx';
  if (files.has('imsmanifest.xml') || [...files.keys()].some((path) => /\.xml$/iu.test(path))) return 'qti';
  return undefined;
}

function xmlFormat(text: string): ImportFormat | undefined {
  if (/<\s*(?:\w+:)?quiz[\s>]/u.test(text)) return 'moodle-xml';
  return /<\s*(?:\w+:)?(?:assessmentItem|qti-assessment-item)[\s>]/u.test(text) ? 'qti' : undefined;
}

const tableHead = /^[^\n]*(?:题干|题目|试题|问题)[^\n]*[,;\t|，][^\n]*/u;

function textFormat(text: string): ImportFormat {
  const head = text.replace(/^\uFEFF/u, '').trimStart();
  if (/^ANSWER\s*[:：]\s*[A-Z]\s*$/mu.test(text) && !/^\s*答案/mu.test(text)) return 'aiken';
  if (tableHead.test(head.slice(0, 400)) && /^[^\n]*(?:答案|题型|选项)/u.test(head)) return 'csv';
  const braces = (text.match(/(?<!\\)\{[^{}]*(?:=|~|#|T|F|TRUE|FALSE|^\s*)[^{}]*\}/gmu) ?? []).length;
  return braces > 0 && (/::/u.test(text) || /\{\s*(?:[=~#]|T|F|TRUE|FALSE)/u.test(text)) ? 'gift' : 'text';
}

const extensions: Readonly<Record<string, readonly ImportFormat[]>> = {
  xlsx: ['xlsx'],
  docx: ['docx'],
  csv: ['csv'],
  gift: ['gift'],
  xml: ['moodle-xml', 'qti'],
  zip: ['qti'],
  txt: ['text', 'aiken', 'gift', 'csv'],
};
const foundNames: Readonly<Record<ImportFormat, string>> = {
  xlsx: ' Excel 工作簿',
  docx: ' Word 文档',
  csv: '表格文字',
  text: '文字',
  gift: ' GIFT 文字',
  aiken: ' Aiken 文字',
  'moodle-xml': ' Moodle XML',
  qti: ' QTI 试题',
};

const isTextual = (format: ImportFormat): boolean => ['text', 'csv', 'gift', 'aiken'].includes(format);

function contentFormat(bytes: Uint8Array): ImportFormat | undefined {
  if (isOldOffice(bytes)) throw new FileRefused(refuse('bank.import.old-office'));
  if (isZip(bytes)) return zipFormat(filesOfZip(bytes));
  if (bytes.subarray(0, 4096).includes(0) && !(bytes[0]! >= 0xfe)) return undefined;
  const text = decodedText(bytes);
  if (/^\uFEFF?\s*</u.test(text)) return xmlFormat(text);
  return textFormat(text);
}

/**
 * What a file is, by its content. The name must not say otherwise: macro-enabled, old and foreign extensions are refused, and
 * an extension that names another format than was found. `wanted` is a choice of the uploader among texts.
 */
export function formatOfFile(name: string, bytes: Uint8Array, wanted?: ImportFormat): ImportFormat {
  const extension = /\.([a-z0-9]{1,8})$/iu.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  if (['docm', 'xlsm', 'dotm', 'xltm', 'xlsb'].includes(extension)) {
    throw new FileRefused(refuse('bank.import.macros', { path: name }));
  }
  if (bytes.byteLength === 0) throw new FileRefused(refuse('bank.import.file-missing'));
  const found = contentFormat(bytes);
  if (!found) throw new FileRefused(refuse('bank.import.format-unknown'));
  const allowed = extensions[extension];
  if (extension !== '' && !allowed) throw new FileRefused(refuse('bank.import.format-unknown'));
  if (wanted && wanted !== found && !(isTextual(wanted) && isTextual(found))) {
    throw new FileRefused(refuse('bank.import.wrong-extension', { name, found: foundNames[found] }));
  }
  if (wanted) return wanted;
  if (allowed && !allowed.includes(found)) {
    const isNamedText = extension === 'csv' || extension === 'gift';
    if (isNamedText && isTextual(found)) return allowed[0]!;
    throw new FileRefused(refuse('bank.import.wrong-extension', { name, found: foundNames[found] }));
  }
  return found;
}
