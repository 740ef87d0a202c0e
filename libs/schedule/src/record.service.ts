import { Injectable } from '@nestjs/common';
import type { RecordField } from '@xuekao/contracts';
import { periodOf } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { AppClock, AppConfig, currentActor } from '@xuekao/platform';
import { missingRecordFields, missingSignatures } from './core/index.js';
import type { RecordText, Session } from './core/index.js';
import { SessionDecisions } from './session.decisions.js';
import { StudyHoursStore } from './study-hours.store.js';

/** The record of a session from its writing to its errata. */
@Injectable()
export class RecordService {
  constructor(
    private readonly decisions: SessionDecisions,
    private readonly hours: StudyHoursStore,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {}

  /** Fields left out stay as they are; the signatures are taken off. */
  write(
    id: string,
    record: RecordText & { readonly startedAt?: Instant | null; readonly endedAt?: Instant | null },
  ): Promise<Session> {
    const { startedAt = null, endedAt = null, ...text } = record;
    return this.decisions.asOrganiser(id, { type: 'write-record', text, startedAt, endedAt });
  }

  /** What closing, and then archiving, would still ask for. */
  missing(session: Session): readonly RecordField[] {
    return [...missingRecordFields(session), ...missingSignatures(session)];
  }

  /** Refuses 'session.record.incomplete' with every missing field. Hours are those of the table on the session's day. */
  async close(id: string): Promise<Session> {
    const table = await this.hours.table();
    return this.decisions.asOrganiser(id, ({ head }) => ({
      type: 'close',
      table,
      on: periodOf(head.startedAt ?? head.plannedStartAt, this.config.zone).localDate,
      at: this.clock.now(),
    }));
  }

  /** `hours` in hundredths of a study hour. */
  adjustHours(id: string, itemId: string, hours: number, reason: string): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'adjust-hours', itemId, hours, reason });
  }

  sign(id: string, as: 'host' | 'recorder'): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'sign', as, at: this.clock.now() });
  }

  archive(id: string): Promise<Session> {
    return this.decisions.asOrganiser(id, { type: 'archive', at: this.clock.now() });
  }

  appendErratum(id: string, text: string): Promise<Session> {
    const writtenBy = currentActor().name;
    return this.decisions.asOrganiser(id, { type: 'append-erratum', text, writtenBy, at: this.clock.now() });
  }
}
