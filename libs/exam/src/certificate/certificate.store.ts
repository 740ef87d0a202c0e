import { Injectable } from '@nestjs/common';
import type { RegradeKind } from '@xuekao/contracts';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { In } from 'typeorm';
import { RegradeRow } from '../regrade/regrade.entity.js';
import { CertificateRow } from './certificate.entity.js';

/** A certificate with the kind of regrade that revoked it; null for a valid one. */
export type ShownCertificate = CertificateRow & { readonly revokedBy: RegradeKind | null };

@Injectable()
export class CertificateStore {
  constructor(private readonly uow: UnitOfWork) {}

  ofExam(examId: string): Promise<CertificateRow[]> {
    return this.uow.manager.find(CertificateRow, { where: { examId }, order: { year: 'ASC', serial: 'ASC' } });
  }

  /** Newest first. */
  ofMember(memberId: string): Promise<CertificateRow[]> {
    return this.uow.manager.find(CertificateRow, { where: { memberId }, order: { issuedAt: 'DESC', id: 'DESC' } });
  }

  async shown(certificates: readonly CertificateRow[]): Promise<ShownCertificate[]> {
    const runIds = certificates.flatMap(({ state, runId }) => (state === 'revoked' && runId !== null ? [runId] : []));
    const runs = runIds.length > 0 ? await this.uow.manager.findBy(RegradeRow, { id: In([...new Set(runIds)]) }) : [];
    const kindOf = new Map(runs.map(({ id, kind }) => [id, kind]));
    return certificates.map((certificate) => ({
      ...certificate,
      revokedBy: certificate.state === 'revoked' ? (kindOf.get(certificate.runId ?? '') ?? null) : null,
    }));
  }

  async byId(id: string): Promise<CertificateRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(CertificateRow, { id }) : null;
  }

  byCode(code: string): Promise<CertificateRow | null> {
    return this.uow.manager.findOneBy(CertificateRow, { code });
  }

  /** Holds the last number of the year until the end of the transaction; a number taken at the same time is a retry. */
  async lastSerial(year: number): Promise<number> {
    const query = this.uow.manager.createQueryBuilder(CertificateRow, 'certificate').where({ year });
    const last = await forUpdate(query.orderBy('certificate.serial', 'DESC').limit(1), this.uow).getOne();
    return last?.serial ?? 0;
  }

  async add(rows: readonly CertificateRow[]): Promise<void> {
    await insertRows(this.uow, CertificateRow, rows);
  }

  async setState(ids: readonly string[], change: Pick<CertificateRow, 'state' | 'stateAt' | 'runId'>): Promise<void> {
    if (ids.length === 0) return;
    await this.uow.manager
      .createQueryBuilder()
      .update(CertificateRow)
      .set(change)
      .where({ id: In([...ids]) })
      .execute();
  }
}
