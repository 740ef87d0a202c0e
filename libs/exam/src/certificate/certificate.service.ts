import { Injectable } from '@nestjs/common';
import { examStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { Outbox, RateLimiter, currentActor } from '@xuekao/platform';
import { AttemptStore } from '../attempt.store.js';
import { certificateNumber, countedScores, maskedName } from '../core/index.js';
import { ExamRefused, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { ExamActs } from '../marking/exam-act.js';
import { MarkingStore } from '../marking/marking.store.js';
import { certificateDocument } from './certificate-docx.js';
import { certificatesPdf } from './certificate-pdf.js';
import { CertificateKeeper } from './certificate-keeper.js';
import type { CertificateRow } from './certificate.entity.js';
import { CertificateStore } from './certificate.store.js';
import type { ShownCertificate } from './certificate.store.js';

/** What anybody with the code may know. */
export interface VerifiedCertificate {
  readonly number: string;
  readonly maskedName: string;
  readonly title: string;
  readonly unitName: string;
  readonly issuedOn: string;
  readonly state: CertificateRow['state'];
}

const checksPerMinute = 30;

/** 合格证书: issued by an act, checked by anybody, carried by the member. */
@Injectable()
export class CertificateService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: CertificateStore,
    private readonly keeper: CertificateKeeper,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly marking: MarkingStore,
    private readonly acts: ExamActs,
    private readonly limiter: RateLimiter,
    private readonly outbox: Outbox,
  ) {}

  /** To everybody who passed and has none yet. Refused before the close and while somebody has to mark. */
  async issue(examId: string): Promise<ShownCertificate[]> {
    return this.uow.run(async () => {
      const exam = await this.acts.permitted(examId);
      if (exam.state !== 'closed' && exam.state !== 'archived') {
        throw new ExamRefused('exam.not-closed', { title: exam.title, state: examStates[exam.state] });
      }
      await this.marking.forUpdate(examId);
      const attempts = await this.attempts.ofExams([examId]);
      const waiting = attempts.filter((each) => each.state === 'handed-in' && each.score === null).length;
      if (waiting > 0) throw new ExamRefused('exam.certificate.marking-open', { waiting });
      const counted = countedScores(exam.attemptPolicy, attempts);
      const known = new Set((await this.store.ofExam(examId)).map((each) => each.memberId));
      const people = (await this.exams.roster(examId)).filter(({ memberId }) => {
        const score = counted.get(memberId) ?? null;
        return score !== null && score >= exam.passLine && !known.has(memberId);
      });
      if (people.length === 0) throw new ExamRefused('exam.certificate.none-passed');
      const issued = await this.keeper.issue(exam, people);
      await this.acts.tell('exam.certificates.issued', exam, { count: issued.length });
      return this.store.shown(await this.store.ofExam(examId));
    });
  }

  async ofExam(examId: string): Promise<ShownCertificate[]> {
    await this.acts.permitted(examId);
    return this.store.shown(await this.store.ofExam(examId));
  }

  async mine(): Promise<ShownCertificate[]> {
    const { memberId } = currentActor();
    if (memberId === null) throw new ExamRefused('auth.forbidden', { permission: 'exam.sit' });
    return this.store.shown(await this.store.ofMember(memberId));
  }

  /** Every valid certificate of an exam, a page each, in order of their numbers. Refuses where there is none. */
  async batch(examId: string, origin: string): Promise<{ title: string; file: Buffer }> {
    const exam = await this.acts.permitted(examId);
    const valid = (await this.store.ofExam(examId)).filter((each) => each.state === 'valid');
    if (valid.length === 0) throw new ExamRefused('exam.certificate.none-issued', { title: exam.title });
    const file = await this.rendered(valid, origin);
    const { id: subjectId, unitId } = exam;
    const payload = { title: exam.title, count: valid.length };
    await this.uow.run(() =>
      this.outbox.add({ type: 'exam.certificates.exported', subjectType: 'exam', subjectId, unitId, payload }),
    );
    return { title: exam.title, file };
  }

  /** Own certificate as PDF. A revoked one has no document. */
  async sheet(id: string, origin: string): Promise<{ certificate: CertificateRow; file: Buffer }> {
    const certificate = await this.ownValid(id);
    return { certificate, file: await this.rendered([certificate], origin) };
  }

  /** A name that cannot be printed is refused: a certificate is no place for a stand-in. */
  private async rendered(certificates: readonly CertificateRow[], origin: string): Promise<Buffer> {
    const { bytes, missing } = await certificatesPdf(certificates, ({ code }) => `${origin}/certificates/${code}`);
    if (missing.length === 0) return bytes;
    const names = certificates.map(({ name }) => name).filter((name) => missing.some((sign) => name.includes(sign)));
    throw new ExamRefused('exam.certificate.sign-missing', {
      signs: missing.join('、'),
      names: names.join('、') || '题目',
    });
  }

  private async ownValid(id: string): Promise<CertificateRow> {
    return found((await this.mine()).find((each) => each.id === id && each.state === 'valid'));
  }

  /** Own certificate as DOCX. A revoked one has no document. */
  async document(id: string, origin: string): Promise<{ certificate: CertificateRow; file: Buffer }> {
    const certificate = await this.ownValid(id);
    return { certificate, file: await certificateDocument(certificate, `${origin}/certificates/${certificate.code}`) };
  }

  /** Public and limited per address, so that codes cannot be tried. */
  async verify(code: string, address: string): Promise<VerifiedCertificate> {
    const waitSeconds = await this.limiter.hit(`exam.certificate:${address}`, checksPerMinute, 60_000);
    if (waitSeconds > 0) throw new ExamRefused('exam.certificate.too-many', { waitSeconds });
    const certificate = found(await this.store.byCode(code.toUpperCase()));
    const { title, unitName, issuedOn, state } = certificate;
    return {
      number: certificateNumber(certificate),
      maskedName: maskedName(certificate.name),
      title,
      unitName,
      issuedOn,
      state,
    };
  }
}
