import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, zonedParts } from '@xuekao/kernel';
import { AppClock, AppConfig } from '@xuekao/platform';
import type { Flip } from '../core/index.js';
import type { ExamRow, RosterRow } from '../exam.entity.js';
import { ExamRosters } from '../exam-rosters.js';
import { ExamStore } from '../exam.store.js';
import type { CertificateRow } from './certificate.entity.js';
import { CertificateStore } from './certificate.store.js';

/** Crockford's base 32: nothing that looks like something else when it is read aloud or typed. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits as `XXXX-XXXX-XXXX-XXXX`. */
export function verificationCode(bytes: Uint8Array = randomBytes(16)): string {
  const text = Array.from(bytes.slice(0, 16), (byte) => signs[byte % 32]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

export interface CertificateChanges {
  readonly issued: number;
  readonly revoked: number;
  readonly reissued: number;
}

/** Writes certificates; inside the caller's transaction, permission checked by the caller. */
@Injectable()
export class CertificateKeeper {
  constructor(
    private readonly store: CertificateStore,
    private readonly exams: ExamStore,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly rosters: ExamRosters,
  ) {}

  /** Numbers run through the year, people in order of staff number. */
  async issue(exam: ExamRow, people: readonly RosterRow[], runId: string | null = null): Promise<CertificateRow[]> {
    if (people.length === 0) return [];
    const now = this.clock.now();
    const { date, year } = zonedParts(now, this.config.zone);
    const last = await this.store.lastSerial(year);
    const issuerName = await this.rosters.unitName(exam.unitId);
    const ordered = people.toSorted((a, b) => (a.staffNumber < b.staffNumber ? -1 : 1));
    const rows = ordered.map(({ memberId, name, unitName }, index): CertificateRow => ({
      id: newId(),
      examId: exam.id,
      memberId,
      code: verificationCode(),
      year,
      serial: last + index + 1,
      name,
      title: exam.title,
      unitId: exam.unitId,
      unitName,
      issuerName,
      issuedOn: date,
      issuedAt: now,
      state: 'valid',
      stateAt: now,
      runId,
    }));
    await this.store.add(rows);
    return rows;
  }

  /**
   * After a regrade: who no longer passes loses the certificate, who passes again gets it back under its number, and who
   * passes for the first time gets one where the exam has given any.
   */
  async follow(
    exam: ExamRow,
    flips: readonly Pick<Flip, 'memberId' | 'direction'>[],
    runId: string,
  ): Promise<CertificateChanges> {
    const certificates = await this.store.ofExam(exam.id);
    if (certificates.length === 0) return { issued: 0, revoked: 0, reissued: 0 };
    const of = new Map(certificates.map((certificate) => [certificate.memberId, certificate]));
    const stateAt = this.clock.now();
    const known = (direction: Flip['direction'], state: CertificateRow['state']): string[] =>
      flips.flatMap((flip) => {
        const certificate = of.get(flip.memberId);
        return flip.direction === direction && certificate?.state === state ? [certificate.id] : [];
      });
    const revoked = known('to-fail', 'valid');
    const reissued = known('to-pass', 'revoked');
    await this.store.setState(revoked, { state: 'revoked', stateAt, runId });
    await this.store.setState(reissued, { state: 'valid', stateAt, runId });
    const fresh = new Set(
      flips.filter((flip) => flip.direction === 'to-pass' && !of.has(flip.memberId)).map((f) => f.memberId),
    );
    const people = (await this.exams.roster(exam.id)).filter((place) => fresh.has(place.memberId));
    const issued = await this.issue(exam, people, runId);
    return { issued: issued.length, revoked: revoked.length, reissued: reissued.length };
  }
}
