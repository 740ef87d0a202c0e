/** Why a new password is refused. Source: domain.md §7.1. */
export const passwordFaults = {
  'too-short': '长度不足（普通账号至少 8 位，管理员至少 10 位）',
  'too-long': '长度不能超过 128 位',
  'too-few-classes': '须包含大写字母、小写字母、数字、符号中的至少 3 类',
  'contains-account': '不能包含登录名或工号中连续 3 个以上的字符',
  'used-before': '不能与最近 5 次用过的密码相同',
} as const;
export type PasswordFault = keyof typeof passwordFaults;

export const accountStates = { active: '正常', disabled: '停用' } as const;
export type AccountState = keyof typeof accountStates;
