import type { ProblemText } from './problem.js';

/** Refusals of `report`: code to HTTP status and Chinese text. */
export const reportProblems = {
  'report.exists': { status: 409, title: '报告已存在', detail: '该单位{year}年度报告已经建立。' },
  'report.unit.kind': { status: 422, title: '该单位不编制年度报告', detail: '“{kind}”不编制年度报告。' },
  'report.author.unknown': { status: 422, title: '述职人不存在' },
  'report.final': { status: 409, title: '报告已定稿', detail: '报告已于{finalisedOn}定稿，不能再修改。' },
  'report.version.stale': {
    status: 409,
    title: '内容已被他人修改',
    detail: '您看到的是第{given}版，现在是第{current}版，请刷新后再改。',
  },
  'report.section.unknown': { status: 404, title: '没有这一部分', detail: '报告中没有“{section}”这一部分。' },
  'report.sentence.unknown': {
    status: 422,
    title: '没有这个数据句',
    detail: '这一部分没有“{sentence}”数据句，不能标为不列入。',
  },
  'report.gaps': {
    status: 409,
    title: '报告还有数据缺口，不能定稿',
    detail: '还有{count}处数据缺口：{gaps}。请补录数据，或将该数据句标为不列入并说明原因。',
  },
  'report.sections.empty': { status: 409, title: '报告还有空白部分，不能定稿', detail: '请填写：{sections}。' },
  'report.signed-on.missing': { status: 409, title: '未填写成文日期，不能定稿' },
  'report.frozen.damaged': {
    status: 500,
    title: '定稿内容校验不符',
    detail: '定稿的校验值与内容不符，请联系系统管理员核对备份。',
  },
  'report.figure.unknown': { status: 404, title: '没有这个指标', detail: '报告中没有“{figure}”这个指标。' },
} as const satisfies Record<string, ProblemText>;
