import { Injectable } from '@nestjs/common';
import { UnitOfWork, insertIgnore, insertOrReplaceOlder, insertRows } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { In, MoreThanOrEqual } from 'typeorm';
import { ActivityRow, EvidenceRow, ExamAccessRow, InterventionRow, PresenceRow, PulseRow } from './day.entity.js';

/** What the day of an exam leaves behind: acts, evidence, who is there. */
@Injectable()
export class DayStore {
  constructor(private readonly uow: UnitOfWork) {}

  async addIntervention(row: InterventionRow): Promise<void> {
    await insertRows(this.uow, InterventionRow, [row]);
  }

  /** In order of time. */
  interventionsOf(examId: string): Promise<InterventionRow[]> {
    return this.uow.manager.find(InterventionRow, { where: { examId }, order: { at: 'ASC', id: 'ASC' } });
  }

  /** What was granted in the exam itself: the newest word for each person, null where it was taken back. */
  async exemptionsOf(examId: string): Promise<Map<string, string | null>> {
    const rows = await this.uow.manager.find(InterventionRow, {
      where: { examId, kind: In(['exempt', 'readmit']) },
      order: { at: 'ASC', id: 'ASC' },
    });
    return new Map(rows.map(({ memberId, exemption }) => [memberId!, exemption]));
  }

  async addEvidence(rows: readonly EvidenceRow[]): Promise<void> {
    await insertIgnore(this.uow, EvidenceRow, rows);
  }

  evidenceOf(examId: string, memberId?: string): Promise<EvidenceRow[]> {
    const where = memberId === undefined ? { examId } : { examId, memberId };
    return this.uow.manager.find(EvidenceRow, { where, order: { at: 'ASC', id: 'ASC' }, take: 2000 });
  }

  async evidenceCounts(examId: string, memberIds?: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.uow.manager
      .createQueryBuilder(EvidenceRow, 'evidence')
      .select('evidence.memberId', 'memberId')
      .addSelect('COUNT(*)', 'pieces')
      .where({ examId, ...(memberIds ? { memberId: In([...memberIds]) } : {}) })
      .groupBy('evidence.memberId')
      .getRawMany<{ memberId: string; pieces: string | number }>();
    return new Map(rows.map(({ memberId, pieces }) => [memberId, Number(pieces)]));
  }

  accessOf(examId: string): Promise<ExamAccessRow | null> {
    return this.uow.manager.findOneBy(ExamAccessRow, { examId });
  }

  accessesOf(examIds: readonly string[]): Promise<ExamAccessRow[]> {
    return examIds.length === 0
      ? Promise.resolve([])
      : this.uow.manager.findBy(ExamAccessRow, { examId: In([...examIds]) });
  }

  /** Inside a transaction that holds the exam. */
  async setAccess({ examId, ...change }: ExamAccessRow): Promise<void> {
    if ((await insertIgnore(this.uow, ExamAccessRow, { examId, ...change })) === 1) return;
    await this.uow.manager.update(ExamAccessRow, { examId }, change as never);
  }

  /** Inside a transaction. */
  async beat(examId: string): Promise<void> {
    const beaten = await this.uow.manager.increment(PulseRow, { examId }, 'seq', 1);
    if (beaten.affected === 0 && (await insertIgnore(this.uow, PulseRow, { examId, seq: 1 })) === 0) {
      await this.uow.manager.increment(PulseRow, { examId }, 'seq', 1);
    }
  }

  async pulsesOf(examIds: readonly string[]): Promise<Map<string, number>> {
    if (examIds.length === 0) return new Map();
    const rows = await this.uow.manager.findBy(PulseRow, { examId: In([...examIds]) });
    return new Map(rows.map(({ examId, seq }) => [examId, seq]));
  }

  touch(rows: readonly ActivityRow[]): Promise<void> {
    return insertOrReplaceOlder(this.uow, ActivityRow, rows, 'touchedAt');
  }

  meet(rows: readonly PresenceRow[]): Promise<void> {
    return insertOrReplaceOlder(this.uow, PresenceRow, rows, 'seenAt');
  }

  async touchedSince(examId: string, since: Instant): Promise<string[]> {
    const rows = await this.uow.manager.findBy(ActivityRow, { examId, touchedAt: MoreThanOrEqual(since) });
    return rows.map(({ attemptId }) => attemptId);
  }

  presenceOf(examId: string, since = 0): Promise<PresenceRow[]> {
    return this.uow.manager.findBy(PresenceRow, { examId, seenAt: MoreThanOrEqual(since) });
  }
}
