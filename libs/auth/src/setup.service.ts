import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { FoundingService, type Founding } from '@xuekao/org';
import { AccountService } from './account.service.js';
import { AccountStore } from './account.store.js';
import type { AccountEntity } from './auth.entity.js';
import { AuthRefused } from './auth.errors.js';
import { passwordFaultsOf, refusalOfLoginName } from './core/index.js';
import { PasswordHasher } from './password-hasher.js';
import { requireStrong } from './password.service.js';

export interface Administrator {
  readonly name: string;
  readonly staffNumber: string;
  readonly loginName: string;
  readonly password: string;
}

/** The first administrator of an empty system, and the operator's way back into one. */
@Injectable()
export class SetupService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountStore,
    private readonly service: AccountService,
    private readonly founding: FoundingService,
    private readonly hasher: PasswordHasher,
  ) {}

  /** True while nobody can sign in because no account exists. */
  isNeeded(): Promise<boolean> {
    return this.accounts.isEmpty();
  }

  /**
   * Founds both trees where there are none, and makes the system administrator with an account. Refuses
   * 'auth.setup.done' once any account exists.
   */
  async createFirstAdministrator(
    administrator: Administrator,
    organisation: Omit<Founding, 'administrator'>,
  ): Promise<AccountEntity> {
    if (!(await this.isNeeded())) throw new AuthRefused('auth.setup.done');
    const passwordHash = await this.checkedHash(administrator);
    return this.uow.run(async () => {
      if (!(await this.isNeeded())) throw new AuthRefused('auth.setup.done');
      const { name, staffNumber } = administrator;
      const memberId = (await this.founding.isFounded())
        ? await this.founding.appoint({ name, staffNumber })
        : (await this.founding.found({ ...organisation, administrator: { name, staffNumber } })).administratorId;
      return this.insert(administrator, memberId, passwordHash);
    });
  }

  /**
   * A further system administrator, for the operator at the machine. Refuses 'auth.setup.needed' before the trees are
   * founded.
   */
  async createAdministrator(administrator: Administrator): Promise<AccountEntity> {
    if (!(await this.founding.isFounded())) throw new AuthRefused('auth.setup.needed');
    const passwordHash = await this.checkedHash(administrator);
    return this.uow.run(async () =>
      this.insert(administrator, await this.founding.appoint(administrator), passwordHash),
    );
  }

  private insert({ loginName }: Administrator, memberId: string, passwordHash: string): Promise<AccountEntity> {
    return this.service.insert({ memberId, loginName, passwordHash, mustChangePassword: false });
  }

  private checkedHash({ loginName, staffNumber, password }: Administrator): Promise<string> {
    const refused = refusalOfLoginName(loginName);
    if (refused) throw new AuthRefused(refused.code, refused.facts);
    requireStrong(passwordFaultsOf({ password, names: [loginName, staffNumber], administrator: 'yes' }));
    return this.hasher.hash(password);
  }
}
