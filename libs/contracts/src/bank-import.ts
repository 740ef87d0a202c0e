/** What a file of questions may be. `text` is pasted or a .txt file in the layouts that circulate. */
export const importFormats = {
  xlsx: { name: 'Excel 模板', extension: 'xlsx' },
  csv: { name: 'CSV 表格', extension: 'csv' },
  docx: { name: 'Word 文档', extension: 'docx' },
  text: { name: '纯文本', extension: 'txt' },
  gift: { name: 'GIFT', extension: 'gift' },
  aiken: { name: 'Aiken', extension: 'txt' },
  'moodle-xml': { name: 'Moodle XML', extension: 'xml' },
  qti: { name: 'QTI', extension: 'zip' },
} as const;
export type ImportFormat = keyof typeof importFormats;

export const exportFormats = {
  xlsx: {
    name: 'Excel 模板',
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  csv: { name: 'CSV 表格', extension: 'csv', type: 'text/csv; charset=utf-8' },
  docx: {
    name: 'Word 文档',
    extension: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  text: { name: '纯文本', extension: 'txt', type: 'text/plain; charset=utf-8' },
  gift: { name: 'GIFT', extension: 'gift', type: 'text/plain; charset=utf-8' },
  aiken: { name: 'Aiken', extension: 'txt', type: 'text/plain; charset=utf-8' },
  'moodle-xml': { name: 'Moodle XML', extension: 'xml', type: 'application/xml; charset=utf-8' },
  'qti-2.2': { name: 'QTI 2.2', extension: 'zip', type: 'application/zip' },
  'qti-3.0': { name: 'QTI 3.0', extension: 'zip', type: 'application/zip' },
} as const;
export type ExportFormat = keyof typeof exportFormats;

/** Words of every import: all rows or none, or the rows that are well. */
export const importModes = { 'all-or-nothing': '全部正确才导入', 'good-only': '只导入正确的' } as const;
export type ImportMode = keyof typeof importModes;

/** Of one import: read, looked at, written, taken back. */
export const importStates = {
  reading: '正在读取',
  preview: '待确认',
  committing: '正在导入',
  committed: '已导入',
  undoing: '正在撤销',
  undone: '已撤销',
  failed: '读取失败',
} as const;
export type ImportState = keyof typeof importStates;

/** Of one row: only `good` rows are imported. */
export const importRowStates = {
  good: '可导入',
  unclear: '待确认',
  faulty: '有错误',
  known: '题库已有',
  repeated: '本次重复',
  conflict: '答案冲突',
  skipped: '不导入',
  imported: '已导入',
  undone: '已撤销',
  kept: '未能撤销',
} as const;
export type ImportRowState = keyof typeof importRowStates;

/** Where a row stands in what was read. */
export type ImportPlace =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'paragraph'; readonly paragraph: number }
  | { readonly kind: 'cell'; readonly sheet: string; readonly row: number; readonly cell?: string }
  | { readonly kind: 'element'; readonly path: string; readonly line?: number };

/** Why something was guessed; shown with the guess, and confirmed by a person before the row is imported. */
export const guessReasons = {
  'type-from-answer': '标题或题型写的是{heading}，但答案有 {found} 个，暂按多选题',
  'single-answer-multiple': '按多选题读取，但答案只有 1 个',
  'options-without-letters': '选项没有字母，按出现的次序编为 A、B、C……',
  'option-letter-missing': '缺少字母 {option}，把上一项的第二行当作选项 {option}',
  'answers-disagree': '题中答案为 {inline}，另一处答案为 {other}，暂取后者',
  'several-brackets': '题干中有几处括号都像答案，暂取最后一处',
  'answer-in-bracket-word': '没有写明答案，把括号中的文字当作填空答案',
  'answer-on-line': '没有写明答案，把横线中的文字当作填空答案',
  'answer-with-slash': '一个空的答案中有斜线，暂按几种写法都算对',
  'numbered-gaps': '题干中带序号的括号当作空',
  'numbered-explanation': '解析中有编号的行，暂作解析的一部分；若是另一道题，请改正后重新导入',
  'truth-as-letter': '判断题的答案写作字母 {letter}，暂按“{truth}”',
  'text-as-short-answer': '没有选项，也不像填空或判断，暂按简答题',
  'partial-weights': '原文件给各选项不同的分值，这里只保留对与错',
  'tolerance-dropped': '原文件允许的误差 {tolerance} 不能保留',
  'case-or-pattern': '原答案“{found}”含通配符，按原字保留',
  'picture-dropped': '原题有 {found} 张图片没有读入（文件中没有图，或不在题干、选项、材料中），需要导入后补上',
  'picture-refused': '原题有图片不能导入：{why}',
  'picture-alt-missing': '图片没有说明文字，暂写作通用说明；看不到图片的人靠说明作答，请修改',
  'number-jump': '题号从 {before} 跳到 {found}，请核对是否漏读',
} as const;
export type GuessReason = keyof typeof guessReasons;

export interface ImportGuess {
  /** What was guessed: type, answer, options, blanks, picture, text. */
  readonly what: 'type' | 'answer' | 'options' | 'number' | 'picture' | 'text';
  readonly guess: string;
  readonly reason: GuessReason;
  readonly facts?: Readonly<Record<string, string | number>>;
}
