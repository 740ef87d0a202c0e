import type { MembershipType, RoleName } from '@xuekao/contracts';
import { addDays, civilDate, seededRng } from '@xuekao/kernel';
import type { CivilDate } from '@xuekao/kernel';

/** The fictional bureau of the demo. No real place, body or person. Source of its shape: domain.md §8 item 1. */
export const bureauName = '示例市安全监管局';

export const branchNames = ['第一党支部', '第二党支部', '第三党支部'] as const;

/** Ten departments, each wholly in one branch. */
export const departments = [
  { name: '办公室', branch: 0 },
  { name: '人事科', branch: 0 },
  { name: '政策法规科', branch: 0 },
  { name: '综合协调科', branch: 0 },
  { name: '危险化学品监管科', branch: 1 },
  { name: '矿山监管科', branch: 1 },
  { name: '工贸行业监管科', branch: 1 },
  { name: '职业健康监管科', branch: 2 },
  { name: '应急指挥科', branch: 2 },
  { name: '行政执法科', branch: 2 },
] as const;

export interface DemoMember {
  readonly staffNumber: string;
  readonly name: string;
  readonly gender: 'male' | 'female';
  readonly branch: 0 | 1 | 2;
  readonly department: number;
  readonly type: MembershipType;
  readonly joinedOn: CivilDate;
  /** End of probation; null for the probationary. */
  readonly confirmedOn: CivilDate | null;
}

const surnames = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛',
];
const maleNames = [
  '建国',
  '文涛',
  '志强',
  '海峰',
  '立新',
  '明远',
  '国栋',
  '永康',
  '少华',
  '伟',
  '敏行',
  '思远',
  '正阳',
  '宏斌',
  '克勤',
];
const femaleNames = [
  '秀兰',
  '丽华',
  '晓燕',
  '静怡',
  '雪梅',
  '敏',
  '佳宁',
  '玉芳',
  '慧',
  '春霞',
  '婉清',
  '思琪',
  '红',
  '雅文',
  '若兰',
];

/** 66 members, 22 in each branch, three of them probationary. */
export function demoMembers(): readonly DemoMember[] {
  const rng = seededRng('xuekao demo bureau');
  return surnames.slice(0, 66).map((surname, index) => {
    const branch = Math.floor(index / 22) as 0 | 1 | 2;
    const own = departments.flatMap((department, number) => (department.branch === branch ? [number] : []));
    const gender = rng.int(100) < 62 ? 'male' : 'female';
    const given = gender === 'male' ? maleNames : femaleNames;
    const isProbationary = index % 22 === 21;
    const joinedOn = isProbationary ? civilDate('2017-06-30') : addDays(civilDate('1988-07-01'), rng.int(26 * 365));
    return {
      staffNumber: `SA${String(index + 1).padStart(4, '0')}`,
      name: `${surname}${given[rng.int(given.length)]}`,
      gender,
      branch,
      department: own[index % own.length]!,
      type: isProbationary ? 'probationary' : 'full',
      joinedOn,
      confirmedOn: isProbationary ? null : addDays(joinedOn, 365),
    };
  });
}

type UnitName = 'partyGroup' | 'generalBranch' | 'studyGroup' | 'bureau' | `branch${0 | 1 | 2}`;

export interface DemoRole {
  /** Index into {@link demoMembers}. */
  readonly member: number;
  readonly role: RoleName;
  readonly unit: UnitName;
}

/** 党组 of seven, 总支 and branch committees. The secretary is an ordinary member of the first branch. */
export const demoRoles: readonly DemoRole[] = [
  { member: 0, role: 'party-group-secretary', unit: 'partyGroup' },
  ...[1, 2, 22, 23, 44, 45].map((member): DemoRole => ({ member, role: 'party-group-member', unit: 'partyGroup' })),
  { member: 1, role: 'general-branch-secretary', unit: 'generalBranch' },
  { member: 3, role: 'general-branch-deputy', unit: 'generalBranch' },
  { member: 4, role: 'party-affairs-officer', unit: 'partyGroup' },
  { member: 4, role: 'party-affairs-officer', unit: 'bureau' },
  { member: 4, role: 'study-secretary', unit: 'studyGroup' },
  ...([0, 1, 2] as const).flatMap((branch): DemoRole[] => [
    { member: branch * 22 + 5, role: 'branch-secretary', unit: `branch${branch}` },
    { member: branch * 22 + 6, role: 'branch-deputy', unit: `branch${branch}` },
    { member: branch * 22 + 7, role: 'organisation-commissioner', unit: `branch${branch}` },
    { member: branch * 22 + 8, role: 'publicity-commissioner', unit: `branch${branch}` },
    { member: branch * 22 + 9, role: 'discipline-commissioner', unit: `branch${branch}` },
  ]),
];

/** The study group: the seven of the 党组 and five heads of departments. */
export const studyGroupMembers: readonly number[] = [0, 1, 2, 22, 23, 44, 45, 3, 10, 11, 30, 52];
