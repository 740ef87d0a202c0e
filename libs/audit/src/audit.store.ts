import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { SelectQueryBuilder } from 'typeorm';
import { forUpdate, insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { likePattern } from '@xuekao/platform';
import { AuditHeadRow, AuditRecordRow } from './audit.entity.js';
import { append, emptyChain } from './core/index.js';
import type { AuditEntry, ChainHead } from './core/index.js';

/** Which records are asked for. An absent field asks for all. */
export interface AuditFilter {
  /** Account or member id. */
  readonly actor?: string | undefined;
  /** A whole type, or the first parts of one: `exam` finds `exam.attempt.handed-in`. */
  readonly type?: string | undefined;
  readonly subjectType?: string | undefined;
  /** Subject id. */
  readonly subject?: string | undefined;
  readonly unitId?: string | undefined;
  readonly result?: string | undefined;
  /** From this instant on. */
  readonly since?: Instant | undefined;
  /** Before this instant. */
  readonly before?: Instant | undefined;
  /** Part of the actor's name, of the type or of the reason. */
  readonly q?: string | undefined;
}

const headName = 'chain';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Appends and reads. It has no method that changes or removes a record, and none may be added. */
@Injectable()
export class AuditStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** False where the event is recorded already. Holds the head's lock until the end of the transaction. */
  async append(entry: AuditEntry): Promise<boolean> {
    return (await this.appendAll([entry])) === 1;
  }

  /** As {@link append}, of different events in their order; how many were not recorded yet. */
  async appendAll(entries: readonly AuditEntry[]): Promise<number> {
    const before = await this.lockedHead();
    const known = await this.recorded(entries.map(({ eventId }) => eventId));
    let head = before;
    const records = entries
      .filter(({ eventId }) => !known.has(eventId))
      .map((entry) => {
        const record = append(head, entry, sha256);
        head = { number: record.number, hash: record.hash };
        return record;
      });
    if (records.length === 0) return 0;
    await insertRows(this.uow, AuditRecordRow, records);
    await this.uow.manager.createQueryBuilder().update(AuditHeadRow).set(head).where({ name: headName }).execute();
    return records.length;
  }

  private async lockedHead(): Promise<ChainHead> {
    const lock = (): Promise<AuditHeadRow | null> =>
      forUpdate(
        this.uow.manager.createQueryBuilder(AuditHeadRow, 'head').where('head.name = :headName', { headName }),
        this.uow,
      ).getOne();
    const head = await lock();
    if (head) return head;
    await insertIgnore(this.uow, AuditHeadRow, { name: headName, ...emptyChain });
    return (await lock()) ?? emptyChain;
  }

  /** Of these events those with a record. Locked, for a plain read would see the snapshot of before the wait for the head. */
  private async recorded(eventIds: readonly string[]): Promise<ReadonlySet<string>> {
    const query = this.uow.manager
      .createQueryBuilder(AuditRecordRow, 'record')
      .select(['record.number', 'record.eventId'])
      .where({ eventId: In([...eventIds]) });
    return new Set((await forUpdate(query, this.uow).getMany()).map(({ eventId }) => eventId));
  }

  async head(): Promise<ChainHead> {
    return (await this.uow.manager.findOneBy(AuditHeadRow, { name: headName })) ?? emptyChain;
  }

  /** Newest first, below `cursor`. */
  page(filter: AuditFilter, cursor: number | undefined, limit: number): Promise<AuditRecordRow[]> {
    const query = this.filtered(filter).orderBy('record.number', 'DESC').limit(limit);
    if (cursor !== undefined) query.andWhere('record.number < :cursor', { cursor });
    return query.getMany();
  }

  count(filter: AuditFilter): Promise<number> {
    return this.filtered(filter).getCount();
  }

  /** Oldest first, above `after` and up to `upTo`. */
  run(filter: AuditFilter, after: number, upTo: number, limit: number): Promise<AuditRecordRow[]> {
    return this.filtered(filter)
      .andWhere('record.number > :after AND record.number <= :upTo', { after, upTo })
      .orderBy('record.number')
      .limit(limit)
      .getMany();
  }

  private filtered(filter: AuditFilter): SelectQueryBuilder<AuditRecordRow> {
    const query = this.uow.manager.createQueryBuilder(AuditRecordRow, 'record').where('1 = 1');
    const { actor, type, subjectType, subject, unitId, result, since, before, q } = filter;
    if (actor) query.andWhere('(record.actorAccountId = :actor OR record.actorMemberId = :actor)', { actor });
    if (type) {
      const typePart = likePattern(`${type}.`).slice(1);
      query.andWhere("(record.type = :type OR record.type LIKE :typePart ESCAPE '!')", { type, typePart });
    }
    if (subjectType) query.andWhere('record.subjectType = :subjectType', { subjectType });
    if (subject) query.andWhere('record.subjectId = :subject', { subject });
    if (unitId) query.andWhere('record.unitId = :unitId', { unitId });
    if (result) query.andWhere('record.result = :result', { result });
    if (since !== undefined) query.andWhere('record.at >= :since', { since });
    if (before !== undefined) query.andWhere('record.at < :before', { before });
    if (q) searchFor(query, q);
    return query;
  }
}

/** The type is an ASCII column, which MySQL refuses to compare with other characters. */
function searchFor(query: SelectQueryBuilder<AuditRecordRow>, q: string): void {
  const columns = ['actorName', 'reason', ...(/^[\x20-\x7e]*$/.test(q) ? ['type'] : [])];
  const likes = columns.map((column) => `record.${column} LIKE :pattern ESCAPE '!'`);
  query.andWhere(`(${likes.join(' OR ')})`, { pattern: likePattern(q) });
}
