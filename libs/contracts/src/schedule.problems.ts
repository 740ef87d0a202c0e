import type { ProblemText } from './problem.js';

/** Refusals of `schedule`: code to HTTP status and Chinese text. */
export const scheduleProblems = {
  'session.state': {
    status: 409,
    title: '活动当前状态不允许此操作',
    detail: '活动现为“{stateName}”，不能{commandName}。',
  },
  'session.times': { status: 422, title: '结束时间须晚于开始时间' },
  'session.roster-frozen': {
    status: 409,
    title: '名册已冻结',
    detail: '活动发布后不能更换主办单位或参加范围；个别调整请用“调整名册”并说明原因。',
  },
  'session.no-items': { status: 422, title: '活动还没有内容', detail: '发布前至少填写一项活动内容。' },
  'session.no-roster': { status: 422, title: '参加范围内没有应到人员', detail: '请检查参加单位或名单。' },
  'session.not-on-roster': { status: 404, title: '不在本次活动名册中' },
  'session.already-on-roster': { status: 409, title: '已在本次活动名册中' },
  'session.guest-never-due': { status: 422, title: '列席人员不计入应到' },
  'session.member-unknown': {
    status: 404,
    title: '没有找到该人员',
    detail: '{on} 的名册中没有此人，或不在您组织活动的范围内。',
  },
  'session.item-unknown': { status: 404, title: '没有找到该项活动内容' },
  'session.reason-required': { status: 422, title: '请填写原因' },
  'session.hours': { status: 422, title: '学时须为不小于零的数' },
  'session.vote': {
    status: 422,
    title: '表决票数有误',
    detail: '同意 {inFavour}、反对 {against}、弃权 {abstained} 之和超过应到有表决权 {entitled} 人。',
  },
  'session.check-in.closed': { status: 409, title: '不在签到时间内' },
  'session.check-in.wrong-code': { status: 422, title: '签到码不正确或已过期', detail: '请重新扫描现场的签到码。' },
  'session.leave.closed': { status: 409, title: '不能再请假', detail: '活动已结束、已签到或已准假。' },
  'session.leave.not-requested': { status: 409, title: '没有待批的请假' },
  'session.make-up.was-present': { status: 409, title: '已到会，无需补学' },
  'session.record.incomplete': { status: 422, title: '活动记录不完整', detail: '还缺：{missingNames}。' },
  'session.hours-rule.amount': { status: 422, title: '学时换算的数量须为正整数' },
} as const satisfies Record<string, ProblemText>;
