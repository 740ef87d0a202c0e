import type { ProblemText } from './problem.js';

/** Refusals of `bank`: code to HTTP status and Chinese text. */
export const bankProblems = {
  'bank.question.stem-missing': { status: 422, title: '缺少题干' },
  'bank.question.stem-too-long': { status: 422, title: '题干过长', detail: '题干 {length} 字，上限 {limit} 字。' },
  'bank.question.source-too-long': { status: 422, title: '出处过长', detail: '出处 {length} 字，上限 {limit} 字。' },
  'bank.question.options-too-few': {
    status: 422,
    title: '选项不足',
    detail: '现有 {found} 个选项，至少需要 {least} 个。',
  },
  'bank.question.options-too-many': { status: 422, title: '选项过多', detail: '现有 {found} 个选项，最多 {most} 个。' },
  'bank.question.option-empty': { status: 422, title: '选项没有内容', detail: '选项 {option} 没有内容。' },
  'bank.question.option-repeated': {
    status: 422,
    title: '选项重复',
    detail: '选项 {first} 与选项 {second} 内容相同。',
  },
  'bank.question.option-missing': { status: 422, title: '选项不连续', detail: '缺少选项 {option}。' },
  'bank.question.key-missing': { status: 422, title: '缺少答案' },
  'bank.question.key-unreadable': { status: 422, title: '答案无法识别', detail: '无法识别的答案：{found}。' },
  'bank.question.key-unknown-option': {
    status: 422,
    title: '答案不在选项之中',
    detail: '答案 {option} 没有对应的选项。',
  },
  'bank.question.key-count': {
    status: 422,
    title: '答案个数不符',
    detail: '{type}应有 {expected} 个答案，现有 {found} 个。',
  },
  'bank.question.blank-empty': { status: 422, title: '填空答案不能为空', detail: '第 {blank} 空没有答案。' },
  'bank.question.blank-count': {
    status: 422,
    title: '空格与答案个数不符',
    detail: '题干有 {found} 处空格，答案有 {expected} 处。',
  },
  'bank.question.pair-missing': { status: 422, title: '配对不完整', detail: '左侧第 {left} 项没有对应的右侧项。' },
  'bank.question.length-invalid': { status: 422, title: '字数上限无效', detail: '字数上限应在 1 到 {most} 之间。' },
  'bank.question.difficulty-unknown': { status: 422, title: '难度只能是 1、2、3', detail: '现为 {found}。' },
  'bank.question.type-unknown': { status: 422, title: '题型无法识别', detail: '现为 {found}。' },
  'bank.question.code-taken': { status: 409, title: '题号已被使用', detail: '题号 {code} 已有试题。' },
  'bank.question.code-malformed': {
    status: 422,
    title: '题号格式不符',
    detail: '题号只能由字母、数字、点、横线组成，最多 64 个字符，现为 {code}。',
  },
  'bank.question.type-fixed': { status: 409, title: '题型不能更改', detail: '请另建一道新题。' },
  'bank.question.stem-known': { status: 409, title: '题库中已有相同题干', detail: '与试题 {code} 的题干相同。' },
  'bank.question.repeated-in-batch': { status: 422, title: '同一批中题干重复', detail: '与第 {line} 行的试题相同。' },
  'bank.question.conflicting-key': {
    status: 409,
    title: '题干相同但答案不同',
    detail: '与试题 {code} 的题干相同而答案不同，请核对。',
  },
  'bank.review.own-work': { status: 409, title: '不能审核自己编写的试题', detail: '请由其他人审核试题 {code}。' },
  'bank.review.not-draft': { status: 409, title: '试题不在草稿状态', detail: '试题 {code} 现为{state}。' },
  'bank.publish.not-reviewed': {
    status: 409,
    title: '试题尚未审核',
    detail: '试题 {code} 现为{state}，审核后才能发布。',
  },
  'bank.import.nothing-found': { status: 422, title: '没有识别到试题', detail: '每道题以题号开头，并写明“答案：”。' },
  'bank.import.has-errors': {
    status: 422,
    title: '有试题未通过检查',
    detail: '共 {total} 道，其中 {bad} 道有问题，没有导入任何试题。',
  },
  'bank.import.too-large': { status: 413, title: '一次导入的内容过多', detail: '最多 {limit} 道，现有 {found} 道。' },
} as const satisfies Record<string, ProblemText>;
