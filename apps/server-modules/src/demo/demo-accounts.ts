import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AccountService, initialPassword } from '@xuekao/auth';
import { officer } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';

export interface DemoAccount {
  readonly who: string;
  readonly loginName: string;
  readonly password: string;
}

/** Members of the second branch who only study; three, so that a contest can be tried with three phones. */
const ordinaryMembers = [32, 33, 34];
const branchSecretary = 27;

/** Accounts to try the product with. Passwords are random; the caller prints and saves them. */
export async function makeDemoAccounts(
  app: INestApplicationContext,
  bureau: PlayedBureau,
): Promise<readonly DemoAccount[]> {
  const { members, administrators } = bureau;
  const people = [
    { who: '党务工作者（总支，组织者与年度报告）', loginName: 'committee', memberId: members[officer]!.id },
    { who: '第二党支部书记（组织者）', loginName: 'organiser', memberId: members[branchSecretary]!.id },
    ...ordinaryMembers.map((index, number) => ({
      who: `第二党支部党员 ${members[index]!.name}`,
      loginName: number === 0 ? 'member' : `member${number + 1}`,
      memberId: members[index]!.id,
    })),
    { who: '系统管理员', loginName: 'sysadmin', memberId: administrators.system.id },
    { who: '安全管理员', loginName: 'secadmin', memberId: administrators.security.id },
    { who: '审计管理员', loginName: 'auditor', memberId: administrators.audit.id },
  ];
  const accounts: DemoAccount[] = [];
  for (const { who, loginName, memberId } of people) {
    const password = initialPassword((below) => randomInt(below), [loginName]);
    await app.get(AccountService).provision({ memberId, loginName, password, mustChangePassword: false });
    accounts.push({ who, loginName, password });
  }
  return accounts;
}

/** Readable by the owner only. */
export function saveDemoAccounts(dataDir: string, accounts: readonly DemoAccount[]): string {
  const path = join(dataDir, 'demo-accounts.txt');
  const lines = accounts.map(({ who, loginName, password }) => `${loginName}\t${password}\t${who}`);
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  return path;
}
