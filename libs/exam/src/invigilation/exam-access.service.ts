import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { Access, Outbox, RateLimiter, currentActor, gathered } from '@xuekao/platform';
import { isConfigKeyHash, isInRanges, unreadableRange } from '../core/index.js';
import { ExamRefused, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import type { ExamAccessRow } from './day.entity.js';
import { DayStore } from './day.store.js';

const hashOf = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>;
const passwordsKept = 1000;
const triesPerMinute = 10;

/** Where and with what a request comes. */
export interface Visit {
  readonly address: string;
  /** As the browser asked for it. */
  readonly url: string;
  /** Of Safe Exam Browser's header, or of its script interface, which hashes the page's own URL. */
  readonly configKeyHash: string;
  readonly pageUrl: string;
}

export interface ExamAccessInput {
  /** Absent leaves it as it is, null takes it away. */
  readonly password?: string | null;
  readonly ipRanges: readonly string[];
  readonly sebKeys: readonly string[];
}

export interface ExamAccessView {
  readonly hasPassword: boolean;
  readonly ipRanges: readonly string[];
  readonly sebKeys: readonly string[];
}

/** What a start from here would be told, but for the password. */
export interface ExamAccessCheck {
  readonly address: string;
  readonly isAddressAllowed: boolean;
  readonly needsPassword: boolean;
  readonly needsExamBrowser: boolean;
  readonly isBrowserAllowed: boolean;
}

/** What an exam asks for besides the roster: a password, a network, a browser. */
@Injectable()
export class ExamAccessService {
  /** Digests of passwords found right: a thousand people at once are not a thousand slow hashes. */
  private readonly right = new Set<string>();
  /** Asked at every start and every look at a paper, so those of a moment ask once. */
  private readonly terms = gathered((examIds: readonly string[]) => this.termsOf(examIds), { apartMs: 10 });

  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly store: DayStore,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly limiter: RateLimiter,
  ) {}

  async get(examId: string): Promise<ExamAccessView> {
    const exam = found(await this.exams.byId(examId));
    await this.access.require('exam.manage', exam.unitId);
    return viewOf(await this.store.accessOf(examId));
  }

  async set(examId: string, { password, ipRanges, sebKeys }: ExamAccessInput): Promise<ExamAccessView> {
    await this.get(examId);
    const unreadable = unreadableRange(ipRanges);
    if (unreadable !== undefined) throw new ExamRefused('exam.access.range-invalid', { found: unreadable });
    const passwordHash = password ? await hashed(password) : null;
    return this.uow.run(async () => {
      const exam = found(await this.exams.byIdForUpdate(examId));
      const before = await this.store.accessOf(examId);
      const kept = password === undefined ? (before?.passwordHash ?? null) : passwordHash;
      const row = { examId, passwordHash: kept, ipRanges, sebKeys: sebKeys.map((key) => key.toLowerCase()) };
      await this.store.setAccess(row);
      await this.outbox.add({
        type: 'exam.access-set',
        subjectType: 'exam',
        subjectId: examId,
        unitId: exam.unitId,
        payload: { hasPassword: kept !== null, ipRanges: ipRanges.length, sebKeys: sebKeys.length },
      });
      return viewOf(row);
    });
  }

  /** Of these exams, those that ask for something. */
  async needsOf(examIds: readonly string[]): Promise<Map<string, ExamAccessView>> {
    return new Map((await this.store.accessesOf(examIds)).map((row) => [row.examId, viewOf(row)]));
  }

  /** What the exam asks for; undefined where it asks for nothing. */
  async askedOf(examId: string): Promise<ExamAccessView | undefined> {
    const row = await this.terms(examId);
    return row && viewOf(row);
  }

  private async termsOf(examIds: readonly string[]): Promise<ReadonlyMap<string, ExamAccessRow>> {
    return new Map((await this.store.accessesOf(examIds)).map((row) => [row.examId, row]));
  }

  /** Refuses a start from elsewhere, without the browser or without the password; the place comes first. */
  async admit(examId: string, visit: Visit, password: string): Promise<void> {
    const row = isId(examId) ? await this.terms(examId) : undefined;
    if (!row) return;
    this.requirePlace(row, visit);
    if (row.passwordHash === null) return;
    const digest = createHash('sha256').update(`${row.passwordHash}\n${password}`).digest('base64');
    if (this.right.has(digest)) return;
    const wait = await this.limiter.hit(`exam-password:${currentActor().accountId}`, triesPerMinute, 60_000);
    if (wait > 0) throw new ExamRefused('request.rate-limited', { retryAfterSeconds: wait });
    if (!(await isRight(password, row.passwordHash))) throw new ExamRefused('exam.access.password-wrong');
    if (this.right.size >= passwordsKept) this.right.clear();
    this.right.add(digest);
  }

  /** As {@link admit} for who has begun: no password is asked again. */
  async admitAgain(examId: string, visit: Visit): Promise<void> {
    const row = await this.terms(examId);
    if (row) this.requirePlace(row, visit);
  }

  /** Before the day: would this device get in? For who sits the exam or organises it; others do not find it. */
  async check(examId: string, visit: Visit): Promise<ExamAccessCheck> {
    const exam = found(await this.exams.byId(examId));
    const { memberId } = currentActor();
    const isDue = memberId !== null && (await this.exams.place(examId, memberId)) !== null;
    if (!isDue) await this.access.require('exam.manage', exam.unitId);
    const row = await this.store.accessOf(examId);
    return {
      address: visit.address,
      needsPassword: viewOf(row).hasPassword,
      needsExamBrowser: viewOf(row).sebKeys.length > 0,
      ...placeOf(viewOf(row), visit),
    };
  }

  private requirePlace(row: ExamAccessRow, visit: Visit): void {
    const { isAddressAllowed, isBrowserAllowed } = placeOf(viewOf(row), visit);
    if (!isAddressAllowed) throw new ExamRefused('exam.access.address-refused', { address: visit.address });
    if (!isBrowserAllowed) throw new ExamRefused('exam.access.browser-refused');
  }
}

export function placeOf(
  { ipRanges, sebKeys }: ExamAccessView,
  { address, configKeyHash, url, pageUrl }: Visit,
): Pick<ExamAccessCheck, 'isAddressAllowed' | 'isBrowserAllowed'> {
  const isKnown = [url, pageUrl].some((each) => each !== '' && isConfigKeyHash(configKeyHash, each, sebKeys));
  return {
    isAddressAllowed: ipRanges.length === 0 || isInRanges(address, ipRanges),
    isBrowserAllowed: sebKeys.length === 0 || isKnown,
  };
}

function viewOf(row: ExamAccessRow | null): ExamAccessView {
  return {
    hasPassword: row !== null && row.passwordHash !== null,
    ipRanges: row?.ipRanges ?? [],
    sebKeys: row?.sebKeys ?? [],
  };
}

async function hashed(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64')}:${(await hashOf(password.normalize('NFKC'), salt, 32)).toString('base64')}`;
}

async function isRight(password: string, stored: string): Promise<boolean> {
  const [, salt = '', wanted = ''] = stored.split(':');
  const given = await hashOf(password.normalize('NFKC'), Buffer.from(salt, 'base64'), 32);
  return timingSafeEqual(given, Buffer.from(wanted, 'base64'));
}
