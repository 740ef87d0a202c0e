import { Choice, Code, Flag, Id, InstantColumn, Int, Key, Ref, Text } from '@xuekao/database';
import type { AccountState } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import { Entity, Index, Unique } from 'typeorm';

@Entity('account')
@Unique('uq_account_login', ['loginKey'])
@Unique('uq_account_member', ['memberId'])
export class AccountEntity {
  @Id() id!: string;
  @Text(32) loginName!: string;
  @Key(32) loginKey!: string;
  @Ref(null, { nullable: true }) memberId!: string | null;
  @Code(200) passwordHash!: string;
  @InstantColumn() passwordChangedAt!: Instant;
  @Flag() mustChangePassword!: boolean;
  @Choice(['active', 'disabled']) state!: AccountState;
  @InstantColumn() createdAt!: Instant;
  @InstantColumn({ nullable: true }) lastSignInAt!: Instant | null;
}

/** Hashes of earlier passwords; number 1 is the first. */
@Entity('password_history')
export class PasswordHistoryEntity {
  @Ref(() => AccountEntity, { primary: true }) accountId!: string;
  @Int({ primary: true }) number!: number;
  @Code(200) passwordHash!: string;
}

/** Failures by the digest of the login name, whether an account bears it or not. */
@Entity('sign_in_guard')
@Index('ix_sign_in_guard_updated', ['updatedAt'])
export class SignInGuardEntity {
  @Code(64, { primary: true }) loginDigest!: string;
  @Int() failures!: number;
  @InstantColumn({ nullable: true }) lockedUntil!: Instant | null;
  @InstantColumn() updatedAt!: Instant;
}

@Entity('sign_in_session')
@Index('ix_sign_in_session_account', ['accountId'])
@Index('ix_sign_in_session_expires', ['expiresAt'])
@Index('ix_sign_in_session_revoked', ['revokedAt'])
export class SignInSessionEntity {
  @Id() id!: string;
  @Ref(() => AccountEntity) accountId!: string;
  @Text(120) label!: string;
  @InstantColumn() createdAt!: Instant;
  @InstantColumn() lastUsedAt!: Instant;
  @Int() idleMs!: number;
  @InstantColumn() expiresAt!: Instant;
  @InstantColumn({ nullable: true }) revokedAt!: Instant | null;
  @Code(40, { nullable: true }) revokeReason!: string | null;
}

@Entity('refresh_token')
@Index('ix_refresh_token_session', ['sessionId'])
export class RefreshTokenEntity {
  /** SHA-256 of the token, hex; the token itself is nowhere. */
  @Code(64, { primary: true }) digest!: string;
  @Ref(() => SignInSessionEntity) sessionId!: string;
  @InstantColumn() createdAt!: Instant;
  @InstantColumn({ nullable: true }) rotatedAt!: Instant | null;
  @Code(64, { nullable: true }) successorDigest!: string | null;
}

export const authEntities = [
  AccountEntity,
  PasswordHistoryEntity,
  SignInGuardEntity,
  SignInSessionEntity,
  RefreshTokenEntity,
];
