import type { Page } from '@xuekao/contracts';
import { addDays, civilDate, zonedParts } from '@xuekao/kernel';
import { get } from '../../api/http.js';
import { zone } from '../../format/when.js';
import type { Exam } from '../exam/exam.api.js';
import type { Transfer } from '../org/org.api.js';
import type { ReportHead } from '../report/report.api.js';
import type { SessionLine } from '../schedule/session.api.js';

/** One thing that waits for somebody of this desk. */
export interface DueItem {
  readonly id: string;
  readonly title: string;
  readonly unitId: string | null;
  readonly at: number | null;
  readonly to: string;
}

export interface DueGroup {
  readonly key:
    | 'upcoming'
    | 'toPublish'
    | 'toClose'
    | 'toArchive'
    | 'examsOpen'
    | 'examsToArchive'
    | 'transfers'
    | 'toReview'
    | 'toRelease'
    | 'reports';
  readonly total: number;
  readonly items: readonly DueItem[];
  readonly more: string;
}

const ofSession = (line: SessionLine): DueItem => ({
  id: line.id,
  title: line.title,
  unitId: line.ownerUnitId,
  at: line.plannedStartAt,
  to: `/console/sessions/${line.id}`,
});

export async function sessionsDue(now: number): Promise<DueGroup[]> {
  const list = (query: Record<string, string | number>) => get<Page<SessionLine>>('/sessions', { query });
  const today = zonedParts(now, zone).date;
  const [drafts, published, closed, coming] = await Promise.all([
    list({ state: 'draft', limit: 5 }),
    list({ state: 'published', to: today, limit: 50 }),
    list({ state: 'closed', limit: 5 }),
    list({ state: 'published', from: today, to: addDays(civilDate(today), 14), limit: 10 }),
  ]);
  const over = published.items.filter(({ plannedEndAt }) => plannedEndAt < now);
  const ahead = coming.items.filter(({ plannedEndAt }) => plannedEndAt >= now);
  return [
    { key: 'upcoming', total: ahead.length, items: ahead.map(ofSession), more: '/console/sessions/calendar' },
    { key: 'toClose', total: over.length, items: over.map(ofSession), more: '/console/sessions?state=published' },
    {
      key: 'toArchive',
      total: closed.total,
      items: closed.items.map(ofSession),
      more: '/console/sessions?state=closed',
    },
    {
      key: 'toPublish',
      total: drafts.total,
      items: drafts.items.map(ofSession),
      more: '/console/sessions?state=draft',
    },
  ];
}

const ofExam = ({ id, title, unitId, closesAt }: Exam): DueItem => ({
  id,
  title,
  unitId,
  at: closesAt,
  to: `/console/exams/${id}`,
});

export async function examsDue(): Promise<DueGroup[]> {
  const list = (state: string) => get<Page<Exam>>('/exams', { query: { state, limit: 5 } });
  const [open, closed] = await Promise.all([list('published'), list('closed')]);
  return [
    { key: 'examsOpen', total: open.total, items: open.items.map(ofExam), more: '/console/exams?state=published' },
    {
      key: 'examsToArchive',
      total: closed.total,
      items: closed.items.map(ofExam),
      more: '/console/exams?state=closed',
    },
  ];
}

export async function transfersDue(): Promise<DueGroup[]> {
  const page = await get<Page<Transfer>>('/transfers', { query: { state: 'started', limit: 5 } });
  const items = page.items.map((transfer) => ({
    id: transfer.id,
    title: transfer.memberName ?? '',
    unitId: transfer.toUnitId,
    at: null,
    to: '/console/org/transfers?state=started',
  }));
  return [{ key: 'transfers', total: page.total, items, more: '/console/org/transfers?state=started' }];
}

export async function questionsDue(): Promise<DueGroup[]> {
  const count = async (state: string) => (await get<Page<unknown>>('/questions', { query: { state, limit: 1 } })).total;
  const [drafts, reviewed] = await Promise.all([count('draft'), count('reviewed')]);
  return [
    { key: 'toReview', total: drafts, items: [], more: '/console/bank?state=draft' },
    { key: 'toRelease', total: reviewed, items: [], more: '/console/bank?state=reviewed' },
  ];
}

export async function reportsDue(): Promise<DueGroup[]> {
  const page = await get<Page<ReportHead>>('/reports', { query: { limit: 20 } });
  const items = page.items
    .filter(({ state }) => state === 'draft')
    .map(({ id, title, unitId }) => ({ id, title, unitId, at: null, to: `/console/report/${id}` }));
  return [{ key: 'reports', total: items.length, items, more: '/console/report' }];
}
