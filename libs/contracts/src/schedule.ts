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
