import { Injectable } from '@nestjs/common';
import type { Instant } from '@xuekao/kernel';
import { MemberDirectory } from '@xuekao/org';
import { AppClock, WakeSignal, gathered, type Actor } from '@xuekao/platform';
import { AccountStore } from './account.store.js';
import type { AccountEntity, SignInSessionEntity } from './auth.entity.js';
import { SessionStore } from './session.store.js';

export interface SignedInActor extends Actor {
  readonly sessionId: string;
}

interface Stored {
  readonly session: SignInSessionEntity;
  readonly account: AccountEntity | undefined;
  /** The member's; absent where the account is nobody's. */
  readonly name: string | undefined;
}

/** Another process' sign-out is felt here after this long at most, should its signal be lost; our own at once. */
const trustedMs = 5_000;
const capacity = 20_000;

/** Who acts in a session, as long as neither the session nor the account has ended. */
@Injectable()
export class SessionGate {
  /** When a hall comes in, those of a moment are looked up together. */
  private readonly stored = gathered((sessionIds: readonly string[]) => this.look(sessionIds), { apartMs: 10 });
  private readonly known = new Map<string, { readonly actor: SignedInActor; readonly until: Instant }>();

  constructor(
    private readonly sessions: SessionStore,
    private readonly accounts: AccountStore,
    private readonly directory: MemberDirectory,
    private readonly clock: AppClock,
    private readonly signal: WakeSignal,
  ) {}

  async actorOf(accountId: string, sessionId: string): Promise<SignedInActor | null> {
    const now = this.clock.now();
    const known = this.known.get(sessionId);
    if (known && now < known.until && known.actor.accountId === accountId) return known.actor;
    this.known.delete(sessionId);
    const { session, account, name } = (await this.stored(sessionId)) ?? {};
    if (!session || session.accountId !== accountId || session.revokedAt !== null || session.expiresAt <= now) {
      return null;
    }
    if (!account || account.state !== 'active') return null;
    const { memberId, loginName, mustChangePassword } = account;
    const actor = { accountId, sessionId, memberId, name: name ?? loginName, mustChangePassword };
    this.keep(sessionId, actor, now + trustedMs);
    return actor;
  }

  private async look(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Stored>> {
    const sessions = await this.sessions.byIds(sessionIds);
    const accounts = new Map(
      (await this.accounts.byIds(sessions.map(({ accountId }) => accountId))).map((account) => [account.id, account]),
    );
    const members = await this.directory.byIds([...accounts.values()].flatMap(({ memberId }) => memberId ?? []));
    return new Map(
      sessions.map((session) => {
        const account = accounts.get(session.accountId);
        const name = account?.memberId ? members.get(account.memberId)?.name : undefined;
        return [session.id, { session, account, name }];
      }),
    );
  }

  /** Call after the commit that ended a session or changed an account. */
  forget(accountId: string): void {
    this.forgetHere(accountId);
    this.signal.send('sessions');
  }

  /** For an ending that another process has told of. */
  forgetHere(accountId: string): void {
    for (const [id, { actor }] of this.known) if (actor.accountId === accountId) this.known.delete(id);
  }

  private keep(sessionId: string, actor: SignedInActor, until: Instant): void {
    if (this.known.size >= capacity) this.known.clear();
    this.known.set(sessionId, { actor, until });
  }
}

/** The session of an actor that this lib has made; null for actors of jobs and tests. */
export function sessionIdOf(actor: Actor): string | null {
  return 'sessionId' in actor && typeof actor.sessionId === 'string' ? actor.sessionId : null;
}
