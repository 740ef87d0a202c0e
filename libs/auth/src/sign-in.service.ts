import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { runAs } from '@xuekao/platform';
import { AccountStore } from './account.store.js';
import type { AccountEntity } from './auth.entity.js';
import { AuthRefused } from './auth.errors.js';
import { decideSignIn, loginKeyOf, type Evidence, type SignInDecision } from './core/index.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionEvents } from './session-events.js';
import { SignInPeople } from './sign-in-people.js';
import { SessionService, type SignedIn } from './session.service.js';
import { sha256 } from './tokens.js';

export interface Credentials {
  readonly loginName: string;
  readonly password: string;
  /** Shown in the list of devices. */
  readonly label: string;
  /** Where the attempt comes from, for the rate limit. */
  readonly address: string;
}

type Outcome = { readonly decision: SignInDecision; readonly signedIn: SignedIn | null };

/**
 * From one address in one minute. A whole organisation may sit behind one address at the start of an exam, so attempts
 * are bounded widely and failures narrowly.
 */
const attemptsPerMinute = 3000;
const failuresPerMinute = 120;

@Injectable()
export class SignInService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountStore,
    private readonly sessions: SessionService,
    private readonly people: SignInPeople,
    private readonly events: SessionEvents,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Refuses 'auth.sign-in.failed' for a wrong password, an unknown login and a disabled account alike, after the same
   * work; 'auth.sign-in.locked' after five failures of one login name, whether it exists or not.
   */
  async signIn(credentials: Credentials): Promise<SignedIn> {
    await this.people.slowDown(`attempt:${credentials.address}`, attemptsPerMinute);
    const key = loginKeyOf(credentials.loginName);
    const account = await this.accounts.byKey(key);
    const matches = account
      ? await this.hasher.matches(account.passwordHash, credentials.password)
      : await this.hasher.pretend(credentials.password);
    const isAdministrator = account?.memberId ? await this.people.isAdministrator(account.memberId) : false;
    const now = this.events.clock.now();
    const outcome = await this.uow.run(async (): Promise<Outcome> => {
      const digest = sha256(key);
      const guard = await this.accounts.lockedGuard(digest, now);
      const current = account && (await this.accounts.locked(account.id));
      const decision = decideSignIn(guard, evidenceOf(account, current, matches), now);
      await this.accounts.setGuard(digest, decision.guard, now);
      if (decision.kind !== 'accepted' || !current) {
        await this.tellRefused(decision, account, digest);
        return { decision, signedIn: null };
      }
      await this.accounts.change(current.id, { lastSignInAt: now });
      const signedIn = await this.sessions.open(current, credentials.label, isAdministrator);
      await this.tellAccepted(current, credentials.label);
      return { decision, signedIn };
    });
    if (outcome.signedIn) return outcome.signedIn;
    await this.people.slowDown(`failure:${credentials.address}`, failuresPerMinute);
    throw refusalOf(outcome.decision, now);
  }

  private async tellRefused(decision: SignInDecision, account: AccountEntity | null, digest: string): Promise<void> {
    const reason = decision.kind === 'failed' ? decision.reason : decision.kind;
    const payload = { reason: account ? reason : 'unknown', loginName: account?.loginName ?? null };
    await this.events.tell('auth.sign-in.refused', account?.id ?? digest, payload);
  }

  private async tellAccepted(account: AccountEntity, label: string): Promise<void> {
    const { id: accountId, memberId, mustChangePassword } = account;
    const name = memberId === null ? account.loginName : await this.people.nameOf(memberId, account.loginName);
    await runAs({ accountId, memberId, name, mustChangePassword }, () =>
      this.events.tell('auth.sign-in.succeeded', accountId, { label }),
    );
  }
}

/** A password that was changed or an account that was disabled while we hashed does not sign in any more. */
function evidenceOf(seen: AccountEntity | null, current: AccountEntity | null, matches: boolean): Evidence {
  if (!seen || !current || !matches || current.passwordHash !== seen.passwordHash) return 'wrong';
  return current.state === 'active' ? 'matches' : 'disabled';
}

function refusalOf(decision: SignInDecision, now: Instant): AuthRefused {
  if (decision.kind !== 'locked') return new AuthRefused('auth.sign-in.failed');
  const minutes = Math.max(1, Math.ceil((decision.until - now) / 60_000));
  return new AuthRefused('auth.sign-in.locked', { minutes, lockedUntil: decision.until });
}
