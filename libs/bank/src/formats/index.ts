export * from './file-question.js';
export * from './import-row.js';
export { bodyAndKeyOf as bodyAndKeyOfFile, faultsOf } from './question-check.js';
export { fileFormat, readFile } from './read-file.js';
export type { FileReading } from './read-file.js';
export { guarded } from './table/csv.js';
export { xlsxTemplate } from './table/xlsx.js';
export { readChineseText } from './text/chinese-text.js';
export { fitsFormat, keylessFormats, writeFile } from './write-file.js';
