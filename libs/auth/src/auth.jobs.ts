import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, EventRelay, JobQueue } from '@xuekao/platform';
import { AccountService } from './account.service.js';
import { AccountStore } from './account.store.js';
import { SessionStore } from './session.store.js';

const dayMs = 86_400_000;
/** A restart puts the sweep off by this much only, so that daily restarts do not starve it. */
const firstMs = 10 * 60_000;
const keptDays = 30;
const sweepJob = 'auth.sweep';

/** Who has left the organisation signs in no more. */
@Injectable()
export class LeaverAccounts implements OnModuleInit {
  constructor(
    private readonly relay: EventRelay,
    private readonly accounts: AccountService,
  ) {}

  onModuleInit(): void {
    this.relay.subscribe({
      name: 'auth.leaver-accounts',
      types: ['org.member.left'],
      handle: (event) => this.accounts.closeOf(event.subjectId, event.reason ?? '离开组织'),
    });
  }
}

/** Forgets once a day the sessions that ended a month ago, and locks that have long passed. */
@Injectable()
export class AuthJobs implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly jobs: JobQueue,
    private readonly sessions: SessionStore,
    private readonly accounts: AccountStore,
    private readonly clock: AppClock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(sweepJob, () => this.sweep());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.plan(firstMs);
  }

  async sweep(): Promise<void> {
    const before = this.clock.now() - keptDays * dayMs;
    while (await this.uow.run(() => this.sessions.sweep(before)));
    await this.uow.run(() => this.accounts.sweepGuards(this.clock.now() - dayMs));
    await this.plan(dayMs);
  }

  private plan(delayMs: number): Promise<void> {
    return this.jobs.enqueue({ name: sweepJob, key: sweepJob, payload: {}, runAt: this.clock.now() + delayMs });
  }
}
