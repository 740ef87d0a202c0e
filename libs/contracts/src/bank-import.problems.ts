import type { ProblemText } from './problem.js';

/** Refusals of imports into and exports from the bank. */
export const bankImportProblems = {
  'bank.import.file-missing': { status: 422, title: '没有收到文件' },
  'bank.import.format-unknown': {
    status: 422,
    title: '文件格式无法识别',
    detail: '可导入 Excel（.xlsx）、Word（.docx）、CSV、纯文本、GIFT、Aiken、Moodle XML 和 QTI。',
  },
  'bank.import.wrong-extension': {
    status: 422,
    title: '文件名与内容不符',
    detail: '文件名为 {name}，内容却是{found}。',
  },
  'bank.import.old-office': {
    status: 422,
    title: '旧版 Office 文件或加密文件',
    detail: '请在 Office 或 WPS 中取消密码，另存为 .docx 或 .xlsx 后再导入。',
  },
  'bank.import.encrypted': { status: 422, title: '文件已加密', detail: '{path} 已加密，请取消密码后再导入。' },
  'bank.import.macros': { status: 422, title: '文件含有宏', detail: '发现 {path}，请另存为不含宏的文件。' },
  'bank.import.unpacks-too-large': {
    status: 413,
    title: '文件解开后过大',
    detail: '{path} 解开后超过上限 {limit} 字节。',
  },
  'bank.import.zip-broken': { status: 422, title: '压缩包已损坏', detail: '{path} 无法解开。' },
  'bank.import.zip-path': { status: 422, title: '压缩包中有不安全的路径', detail: '路径 {path} 超出压缩包。' },
  'bank.import.file-unreadable': { status: 422, title: '文件无法读取', detail: '{format}文件已损坏或不完整。' },
  'bank.import.encoding-unknown': {
    status: 422,
    title: '文字编码无法识别',
    detail: '请用 UTF-8 或 GBK 编码保存（第 {line} 行有无法识别的字节）。',
  },
  'bank.import.dtd': { status: 422, title: '文件含有 DTD 或实体定义', detail: '{path} 第 {line} 行，不予读取。' },
  'bank.import.xml-malformed': { status: 422, title: 'XML 格式有误', detail: '{path} 第 {line} 行：{message}' },
  'bank.import.element-unsupported': { status: 422, title: '不支持的题型', detail: '{element} 不能导入。' },
  'bank.import.element-missing': { status: 422, title: '缺少必需的内容', detail: '缺少 {element}。' },
  'bank.import.manifest-missing': {
    status: 422,
    title: 'QTI 包不完整',
    detail: '压缩包中没有 imsmanifest.xml，也没有 QTI 试题文件。',
  },
  'bank.import.resource-missing': { status: 422, title: 'QTI 包缺少文件', detail: '清单中的 {path} 不在压缩包中。' },
  'bank.import.gift-syntax': {
    status: 422,
    title: 'GIFT 语法有误',
    detail: '第 {line} 行第 {column} 列，遇到 {found}。',
  },
  'bank.import.aiken-line': { status: 422, title: 'Aiken 格式有误', detail: '第 {line} 行应为{expected}。' },
  'bank.import.column-missing': {
    status: 422,
    title: '表格缺少必需的列',
    detail: '工作表“{sheet}”第一行应有“{column}”列。',
  },
  'bank.import.formula-cell': {
    status: 422,
    title: '单元格含有公式',
    detail: '{cell} 是公式，请改为文字（复制后选择性粘贴为数值）。',
  },
  'bank.import.cell-too-long': { status: 422, title: '内容过长', detail: '{what} {length} 字，上限 {limit} 字。' },
  'bank.import.type-missing': { status: 422, title: '缺少题型', detail: '题型应为：{types}。' },
  'bank.import.difficulty-unreadable': {
    status: 422,
    title: '难度无法识别',
    detail: '现为“{found}”，应为易、中、难或 1、2、3。',
  },
  'bank.import.repeated': { status: 422, title: '同一文件中题目重复', detail: '与{place}的试题相同。' },
  'bank.import.repeated-other-key': {
    status: 409,
    title: '同一文件中题干相同而答案不同',
    detail: '与{place}的试题题干相同，请核对。',
  },
  'bank.import.imported-before': {
    status: 409,
    title: '曾经导入过',
    detail: '此前已导入为试题 {code}，后来作过修改。',
  },
  'bank.import.unclear': { status: 422, title: '有推测内容，需要确认', detail: '{reason}' },
  'bank.import.wrong-state': { status: 409, title: '此批导入不在这一步', detail: '现为“{state}”。' },
  'bank.import.row-settled': { status: 409, title: '这一行不能再改', detail: '第 {number} 行现为“{state}”。' },
  'bank.import.row-faulty': { status: 422, title: '这一行有错误', detail: '第 {number} 行有错误，请先改正。' },
  'bank.import.in-use': {
    status: 409,
    title: '有试题已在使用',
    detail: '{count} 道试题导入后已审核、修改或发布，没有撤销任何试题：{codes}。可改为只撤销其余试题。',
  },
  'bank.undo.edited': { status: 409, title: '试题导入后有改动', detail: '试题 {code} 已修改，未撤销。' },
  'bank.undo.reviewed': { status: 409, title: '试题已审核', detail: '试题 {code} 已由他人审核，未撤销。' },
  'bank.undo.published': { status: 409, title: '试题已发布', detail: '试题 {code} 已发布，可能已用于试卷，未撤销。' },
  'bank.undo.in-use': { status: 409, title: '试题已被引用', detail: '试题 {code} 已被其他内容引用，未撤销。' },
  'bank.export.nothing': { status: 404, title: '没有可导出的试题', detail: '按所选条件和格式没有可导出的试题。' },
  'bank.export.too-many': {
    status: 422,
    title: '一次导出过多',
    detail: '最多 {limit} 道，现有 {found} 道，请缩小范围。',
  },
} as const satisfies Record<string, ProblemText>;
