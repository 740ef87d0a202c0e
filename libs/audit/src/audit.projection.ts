import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { EventRelay } from '@xuekao/platform';
import { AuditStore } from './audit.store.js';
import { entryOf } from './core/index.js';

/** Every event of the outbox becomes one record, in the transaction of its delivery mark. */
@Injectable()
export class AuditProjection implements OnModuleInit {
  constructor(
    private readonly relay: EventRelay,
    private readonly store: AuditStore,
  ) {}

  onModuleInit(): void {
    this.relay.subscribe({
      name: 'audit',
      types: ['*'],
      handle: async (event) => void (await this.store.append(entryOf(event))),
      handleAll: async (events) => void (await this.store.appendAll(events.map(entryOf))),
    });
  }
}
