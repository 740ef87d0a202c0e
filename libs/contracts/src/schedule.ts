/** Study session types. `collective` counts towards 集中学习培训学时. Source: domain.md §4.1. */
export const sessionTypes = {
  'member-meeting': { name: '支部党员大会', collective: true },
  'branch-committee': { name: '支部委员会会议', collective: true },
  'group-meeting': { name: '党小组会', collective: true },
  'party-lecture': { name: '党课', collective: true },
  'party-day': { name: '主题党日', collective: true },
  'organisation-life': { name: '组织生活会', collective: true },
  'democratic-review': { name: '民主评议党员', collective: true },
  'heart-talk': { name: '谈心谈话', collective: false },
  'study-group-session': { name: '中心组集体学习', collective: true },
  'general-branch-session': { name: '总支集中学习', collective: true },
  'department-exchange': { name: '科室学习交流', collective: true },
  'thematic-exchange': { name: '专题学习交流会', collective: true },
  'lecture-tour': { name: '宣讲', collective: true },
  'leader-tutoring': { name: '领导辅导', collective: true },
  'training-class': { name: '培训班', collective: true },
  mobilisation: { name: '动员大会', collective: true },
  'warning-education': { name: '警示教育', collective: true },
  'reading-activity': { name: '读书活动', collective: true },
  'oath-taking': { name: '入党宣誓', collective: true },
  'oath-renewal': { name: '重温入党誓词', collective: true },
  'knowledge-contest': { name: '知识竞赛', collective: true },
  'exam-event': { name: '考试', collective: false },
  'grassroots-service': { name: '支部联基层、志愿服务', collective: false },
  'joining-story': { name: '党员谈入党感受', collective: true },
  'party-group-meeting': { name: '党组会议', collective: false },
  'self-study': { name: '个人自学', collective: false },
} as const;
export type SessionType = keyof typeof sessionTypes;

/** draft → published (roster frozen) → in progress → closed (record complete) → archived; cancelled only before close. */
export const sessionStates = {
  draft: '草稿',
  published: '已发布',
  closed: '已结束',
  archived: '已归档',
  cancelled: '已取消',
} as const;
export type SessionState = keyof typeof sessionStates;

/** Who organises: the organisation's own session or one of a higher level. */
export const sessionLevels = {
  central: '中央',
  province: '省级',
  city: '市级',
  bureau: '本单位',
  branch: '支部',
} as const;
export type SessionLevel = keyof typeof sessionLevels;

/** Where a person on a frozen roster stands: only `due` enters 应到. Source: domain.md §2.4. */
export const rosterGroups = { due: '应到', exempt: '免计', guest: '列席' } as const;
export type RosterGroup = keyof typeof rosterGroups;

export const attendanceStatuses = {
  unmarked: '未登记',
  present: '到会',
  leave: '请假',
  absent: '缺席',
} as const;
export type AttendanceStatus = keyof typeof attendanceStatuses;

export const leaveStates = { none: '无', requested: '待批', approved: '已准', declined: '未准' } as const;
export type LeaveState = keyof typeof leaveStates;

export const absenceReasons = {
  'without-leave': '无故缺席',
  'unreported-duty': '因公未及请假',
  'in-transfer': '组织关系转接中',
  other: '其他',
} as const;
export type AbsenceReason = keyof typeof absenceReasons;

/** How presence became known. */
export const attendanceSources = { code: '扫码签到', organiser: '组织者登记' } as const;
export type AttendanceSource = keyof typeof attendanceSources;

/** What a row of the study-hours table converts; see `StudyHoursRule`. Source: domain.md §0.6. */
export const hoursUnits = { minutes: '分钟', 'half-day': '半天', day: '天', session: '次' } as const;
export type HoursUnit = keyof typeof hoursUnits;

/** The required (★) fields of the session record, as they are named to people. Source: domain.md §4.2. */
export const recordFields = {
  items: '活动内容',
  startedAt: '实际开始时间',
  endedAt: '实际结束时间',
  duration: '各项时长与起止时间相符',
  place: '地点',
  host: '主持人',
  recorder: '记录人',
  speaker: '主讲人',
  speakerPost: '主讲人单位或职务',
  oathLeader: '领誓人',
  attendance: '出勤登记',
  absenceReason: '缺席原因',
  agenda: '议程或学习内容',
  resolution: '决议',
  hostSignature: '主持人审核',
  recorderSignature: '记录人审核',
} as const;
export type RecordField = keyof typeof recordFields;

/** What may be done with a session, as refusals name it to people. */
export const sessionCommands = {
  revise: '修改安排',
  publish: '发布',
  'amend-roster': '调整名册',
  enrol: '补入名册',
  'check-in': '签到',
  mark: '登记出勤',
  'request-leave': '请假',
  'decide-leave': '批假',
  'admit-guest': '登记列席',
  'make-up': '登记补学',
  'write-record': '填写记录',
  close: '结束',
  'adjust-hours': '调整学时',
  sign: '审核签字',
  archive: '归档',
  cancel: '取消',
  'append-erratum': '追加勘误',
} as const;
export type SessionCommandName = keyof typeof sessionCommands;
