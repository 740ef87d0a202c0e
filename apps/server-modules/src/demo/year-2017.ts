import type { SessionType } from '@xuekao/contracts';
import { addDays, civilDate } from '@xuekao/kernel';
import type { CivilDate } from '@xuekao/kernel';

export type DemoOwner =
  | { readonly kind: 'study-group' }
  | { readonly kind: 'general-branch' }
  | { readonly kind: 'party-group' }
  | { readonly kind: 'branch'; readonly branch: 0 | 1 | 2 }
  | { readonly kind: 'department'; readonly department: number };

export interface DemoSession {
  readonly date: CivilDate;
  /** `HH:mm` in the organisation's zone. */
  readonly time: string;
  readonly minutes: number;
  readonly halfDays?: number;
  readonly type: SessionType;
  readonly owner: DemoOwner;
  readonly title: string;
  readonly topics: readonly string[];
  readonly audience: 'study-group' | 'party-group' | 'everyone' | 'branch' | 'department';
  readonly agenda: string;
  readonly resolution: string;
  readonly campaignTag?: string;
  readonly studiesPartyBuilding?: boolean;
  /** Index of the member who speaks or leads the oath; an outside speaker otherwise. */
  readonly speaker?: number | { readonly name: string; readonly organisation: string; readonly post: string };
}

/** Tag of the campaign whose five parts the 2017 report counts. */
export const fiveOnes = '五个一';

const onDay = (text: string): CivilDate => civilDate(text);

const studyGroupTopics: readonly (readonly [string, string])[] = [
  ['2017-01-19', '《关于新形势下党内政治生活的若干准则》'],
  ['2017-02-16', '《中国共产党党委（党组）理论学习中心组学习规则》'],
  ['2017-03-16', '《中国共产党党内监督条例》'],
  ['2017-04-13', '推进“两学一做”学习教育常态化制度化的要求'],
  ['2017-05-18', '党章总纲：党的性质、宗旨和基本路线'],
  ['2017-06-15', '党章关于党员义务和权利的规定'],
  ['2017-07-13', '党的纪律：六大纪律与五种处分'],
  ['2017-08-17', '民主集中制的原则与“四个服从”'],
  ['2017-09-14', '基层党组织的地位、任务与党支部职责'],
  ['2017-10-26', '党的十九大报告：新时代与历史使命'],
  ['2017-11-16', '党的十九大报告：八个明确与十四个坚持'],
  ['2017-12-14', '党章（十九大部分修改）的主要变化'],
];

const studyGroup: readonly DemoSession[] = studyGroupTopics.map(([date, topic], index) => ({
  date: onDay(date),
  time: '14:30',
  minutes: 150,
  type: 'study-group-session',
  owner: { kind: 'study-group' },
  title: `党组中心组2017年第${index + 1}次集体学习`,
  topics: [topic],
  audience: 'study-group',
  agenda: `一、领学${topic}；二、结合分管工作交流；三、组长小结。`,
  resolution: '将学习要点列入各支部下月学习计划。',
  speaker: index % 3 === 0 ? 0 : index % 3 === 1 ? 1 : 2,
}));

const generalBranchTopics: readonly (readonly [string, string])[] = [
  ['2017-03-24', '学习党章党规，增强“四个意识”'],
  ['2017-06-23', '学习系列讲话，做“四个合格”党员'],
  ['2017-09-22', '学习党内政治生活若干准则'],
  ['2017-11-10', '学习党的十九大精神'],
];

const generalBranch: readonly DemoSession[] = generalBranchTopics.map(([date, topic], index) => ({
  date: onDay(date),
  time: '15:00',
  minutes: 120,
  type: 'general-branch-session',
  owner: { kind: 'general-branch' },
  title: `机关党总支第${['一', '二', '三', '四'][index]}季度集中学习：${topic}`,
  topics: [topic],
  audience: 'everyone',
  agenda: `一、集中学习：${topic}；二、三个支部各一名党员发言；三、总支书记讲话。`,
  resolution: '各支部一周内组织讨论，讨论情况报总支。',
  speaker: 1,
}));

const branchPlan: readonly (readonly [number, SessionType, string])[] = [
  [1, 'reading-activity', '读书活动：重读党章'],
  [2, 'member-meeting', '支部党员大会：通过年度学习计划'],
  [3, 'party-day', '主题党日：学系列讲话'],
  [4, 'reading-activity', '读书活动：准则与条例'],
  [5, 'member-meeting', '支部党员大会：交流学习体会'],
  [6, 'party-day', '主题党日：廉洁自律准则'],
  [7, 'joining-story', '党员谈入党感受'],
  [8, 'member-meeting', '支部党员大会：半年学习小结'],
  [9, 'party-day', '主题党日：安全生产法宣讲进企业'],
  [10, 'reading-activity', '读书活动：学习党的十九大报告'],
  [11, 'member-meeting', '支部党员大会：学习贯彻党的十九大精神'],
];

function firstTuesdayFrom(date: CivilDate): CivilDate {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, (9 - weekday) % 7);
}

const branches: readonly DemoSession[] = ([0, 1, 2] as const).flatMap((branch) =>
  branchPlan.map(([month, type, title]): DemoSession => ({
    date: addDays(firstTuesdayFrom(onDay(`2017-${String(month).padStart(2, '0')}-06`)), branch),
    time: '16:00',
    minutes: 90,
    type,
    owner: { kind: 'branch', branch },
    title,
    topics: [title.split('：').at(-1)!],
    audience: 'branch',
    agenda: `一、${title}；二、讨论；三、支部书记小结。`,
    resolution: '按学习计划落实，下次会议前检查。',
    speaker: branch * 22 + 5,
  })),
);

const partyGroupMeetings: readonly DemoSession[] = ['2017-02-22', '2017-05-24', '2017-08-23', '2017-11-22'].map(
  (date, index): DemoSession => ({
    date: onDay(date),
    time: '09:00',
    minutes: 90,
    type: 'party-group-meeting',
    owner: { kind: 'party-group' },
    title: `局党组会议：第${['一', '二', '三', '四'][index]}季度研究机关党建工作`,
    topics: ['机关党建工作'],
    audience: 'party-group',
    agenda: '一、听取机关党总支及各支部汇报；二、研究机关党建工作；三、部署下季度任务。',
    resolution: '原则同意总支下季度工作安排。',
    studiesPartyBuilding: true,
  }),
);

/** Ten departments, once a week for eight weeks after the congress. */
const departmentExchanges: readonly DemoSession[] = Array.from({ length: 8 }, (_, week) =>
  Array.from({ length: 10 }, (_unused, department): DemoSession => ({
    date: addDays(onDay('2017-10-30'), week * 7 + (department % 5)),
    time: '17:00',
    minutes: 45,
    type: 'department-exchange',
    owner: { kind: 'department', department },
    title: `学习党的十九大精神体会交流（第${week + 1}周）`,
    topics: ['党的十九大精神'],
    audience: 'department',
    agenda: '一、通读手册本周章节；二、每人谈一点体会。',
    resolution: '下周继续学习手册下一章。',
    campaignTag: fiveOnes,
  })),
).flat();

const single: readonly DemoSession[] = [
  {
    date: onDay('2017-04-14'),
    time: '15:00',
    minutes: 90,
    type: 'mobilisation',
    owner: { kind: 'general-branch' },
    title: '推进“两学一做”学习教育常态化制度化动员大会',
    topics: ['“两学一做”学习教育'],
    audience: 'everyone',
    agenda: '一、传达上级要求；二、宣读实施方案；三、书记动员讲话。',
    resolution: '印发实施方案，各支部照此执行。',
    speaker: 0,
  },
  ...(['2017-05-17', '2017-09-06'] as const).map((date, index): DemoSession => ({
    date: onDay(date),
    time: '09:00',
    minutes: 420,
    halfDays: 4,
    type: 'training-class',
    owner: { kind: 'party-group' },
    title: `党员干部研讨班第${index + 1}期`,
    topics: ['党章党规', '系列讲话'],
    audience: 'everyone',
    agenda: '集中培训、分散自学、专家讲课、分组讨论。',
    resolution: '学员提交心得，择优交流。',
    speaker: { name: '林教授', organisation: '示例市委党校', post: '教授' },
  })),
  {
    date: onDay('2017-07-21'),
    time: '14:30',
    minutes: 120,
    type: 'warning-education',
    owner: { kind: 'general-branch' },
    title: '纪律教育月：参观反腐倡廉教育基地',
    topics: ['纪律教育'],
    audience: 'everyone',
    agenda: '一、参观展览；二、观看警示教育片。',
    resolution: '各支部组织讨论并上报体会。',
  },
  {
    date: onDay('2017-11-01'),
    time: '15:00',
    minutes: 120,
    type: 'leader-tutoring',
    owner: { kind: 'party-group' },
    title: '局领导学习辅导：党的十九大报告导读',
    topics: ['党的十九大报告'],
    audience: 'everyone',
    agenda: '一、报告结构与主题；二、新时代党的建设总要求；三、提问解答。',
    resolution: '对照手册第一章至第五章自学。',
    campaignTag: fiveOnes,
    speaker: 0,
  },
  {
    date: onDay('2017-11-13'),
    time: '09:30',
    minutes: 150,
    type: 'lecture-tour',
    owner: { kind: 'party-group' },
    title: '党的十九大精神宣讲报告会',
    topics: ['党的十九大精神'],
    audience: 'everyone',
    agenda: '一、宣讲；二、互动交流。',
    resolution: '各支部一周内组织讨论。',
    campaignTag: fiveOnes,
    speaker: { name: '林教授', organisation: '示例市委党校', post: '教授' },
  },
  ...([0, 1, 2] as const).map((branch): DemoSession => ({
    date: addDays(onDay('2017-11-14'), branch),
    time: '16:30',
    minutes: 60,
    type: 'oath-renewal',
    owner: { kind: 'branch', branch },
    title: '“不忘初心，牢记使命”重温入党誓词活动',
    topics: ['入党誓词'],
    audience: 'branch',
    agenda: '一、介绍党旗党徽；二、重温入党誓词；三、预备党员发言。',
    resolution: '活动照片和体会归入支部工作手册。',
    campaignTag: fiveOnes,
    speaker: branch * 22 + 5,
  })),
  {
    date: onDay('2017-11-24'),
    time: '14:00',
    minutes: 180,
    type: 'party-lecture',
    owner: { kind: 'general-branch' },
    title: '以新时代党的建设总要求引领安全监管工作',
    topics: ['新时代党的建设总要求'],
    audience: 'everyone',
    agenda: '一、专题党课；二、交流讨论。',
    resolution: '各支部结合岗位开展讨论。',
    speaker: 0,
  },
  {
    date: onDay('2017-12-08'),
    time: '14:30',
    minutes: 150,
    type: 'thematic-exchange',
    owner: { kind: 'general-branch' },
    title: '学习党的十九大精神专题交流会',
    topics: ['党的十九大精神'],
    audience: 'everyone',
    agenda: '一、三个支部各两名党员交流；二、点评；三、小结。',
    resolution: '优秀体会文章汇编成册。',
    campaignTag: fiveOnes,
    speaker: 1,
  },
  {
    date: onDay('2017-12-15'),
    time: '14:30',
    minutes: 120,
    type: 'knowledge-contest',
    owner: { kind: 'general-branch' },
    title: '党的十九大精神理论知识竞赛',
    topics: ['党的十九大精神'],
    audience: 'everyone',
    agenda: '一、现场答题；二、公布结果。',
    resolution: '竞赛成绩归档，错题编入复习清单。',
    campaignTag: fiveOnes,
  },
];

/** Every session of the demo year, in the order in which it was held. */
export const year2017: readonly DemoSession[] = [
  ...studyGroup,
  ...generalBranch,
  ...branches,
  ...partyGroupMeetings,
  ...departmentExchanges,
  ...single,
].toSorted((a, b) => (a.date + a.time < b.date + b.time ? -1 : a.date + a.time > b.date + b.time ? 1 : 0));
