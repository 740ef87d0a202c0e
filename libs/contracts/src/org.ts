/** Kinds of units of the Party tree and of the department tree. Source: domain.md §2.1. */
export const unitKinds = {
  'party-group': '党组',
  'party-committee': '机关党委',
  'general-branch': '党总支',
  branch: '党支部',
  'party-small-group': '党小组',
  'study-group': '中心组',
  bureau: '单位',
  department: '科室',
} as const;
export type UnitKind = keyof typeof unitKinds;

/** Which tree a kind of unit stands in, whether people can have it as their one place in that tree, and whether it has units below. */
export const unitKindRules = {
  'party-group': { tree: 'party', holds: 'additional', leaf: false },
  'party-committee': { tree: 'party', holds: 'primary', leaf: false },
  'general-branch': { tree: 'party', holds: 'primary', leaf: false },
  branch: { tree: 'party', holds: 'primary', leaf: false },
  'party-small-group': { tree: 'party', holds: 'additional', leaf: true },
  'study-group': { tree: 'party', holds: 'additional', leaf: true },
  bureau: { tree: 'department', holds: 'primary', leaf: false },
  department: { tree: 'department', holds: 'primary', leaf: false },
} as const satisfies Record<
  UnitKind,
  { readonly tree: 'party' | 'department'; readonly holds: 'primary' | 'additional'; readonly leaf: boolean }
>;

export const trees = { party: '党组织', department: '行政' } as const;
export type Tree = keyof typeof trees;

/** Membership types with their standing. Source: domain.md §2.2. */
export const membershipTypes = {
  full: { name: '正式党员', due: true, votes: true },
  probationary: { name: '预备党员', due: true, votes: false },
  'retired-full': { name: '退休党员', due: true, votes: true },
  'on-probation-within-party': { name: '留党察看', due: true, votes: false },
  'development-target': { name: '发展对象', due: false, votes: false },
  activist: { name: '入党积极分子', due: false, votes: false },
  masses: { name: '群众', due: false, votes: false },
  suspended: { name: '停止党籍', due: false, votes: false },
} as const;
export type MembershipType = keyof typeof membershipTypes;

/** Why someone on the roll does not count in 应到/应考: approved exemptions only; leave is not one. Source: domain.md §2.4. */
export const exemptionReasons = {
  'illness-incapable': '因病不能表达意志',
  'abroad-half-year': '出国（境）半年以上',
  'suspended-or-detained': '停止党籍、留党察看或被留置、逮捕、服刑',
  'bedridden-or-long-ill': '年老体弱卧床或长期生病不能自理',
  'transfer-pending-half-year': '工作调动、挂职、外出学习工作半年以上应转未转',
  'retired-living-away': '离退休后回原籍长住',
  'special-mobile': '特殊流动党员',
  'exam-deferred': '缓考',
  'exam-exempt': '免考',
} as const;
export type ExemptionReason = keyof typeof exemptionReasons;

/** Reasons that free from an exam only; the others free from every roster. */
export const examOnlyExemptions: readonly ExemptionReason[] = ['exam-deferred', 'exam-exempt'];

export const genders = { female: '女', male: '男' } as const;
export type Gender = keyof typeof genders;

/** A transfer stays with the old unit until it is accepted. Source: domain.md §2.3. */
export const transferStates = { started: '转接中', accepted: '已接收', cancelled: '已撤回' } as const;
export type TransferState = keyof typeof transferStates;

export const leaveReasons = {
  duty: '公务',
  'business-trip': '出差',
  sick: '病假',
  maternity: '产假',
  other: '其他',
} as const;
export type LeaveReason = keyof typeof leaveReasons;
