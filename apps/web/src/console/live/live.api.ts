import type { Page, QuestionBody, QuestionType, QuizJoining, QuizListedSeat, QuizScoring } from '@xuekao/contracts';
import { get, post, put, remove } from '../../api/http.js';
import { i18n } from '../../i18n/index.js';
import type { TableQuery } from '../table/table-query.js';

export interface ContestOptions {
  readonly scoring?: QuizScoring;
  readonly firstCount?: number;
  readonly points?: number;
  readonly streakBonus?: number;
  readonly wrongPenalty?: number;
  readonly limitMs?: number;
  readonly readingMs?: number;
  readonly graceMs?: number;
  readonly changeable?: boolean;
  readonly joining?: QuizJoining;
  readonly shuffleOptions?: boolean;
  readonly lockWhenAllAnswered?: boolean;
  readonly autoAdvance?: boolean;
  readonly advanceUnattended?: boolean;
  readonly boardSize?: number;
  readonly minUnitParticipants?: number;
}

/** What lists show of contests of either kind. */
export interface ListedContest {
  readonly id: string;
  readonly unitId: string;
  readonly title: string;
  readonly code: string | null;
  readonly joinPath: string | null;
  readonly rehearsal: boolean;
  readonly questions: number;
  readonly hostName: string;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

export interface Contest extends ListedContest {
  readonly setId: string;
  readonly options: ContestOptions;
  /** How many rehearsals it has; in lists alone. */
  readonly rehearsals?: number;
}

/** Whose rehearsals: of one contest, or all of a unit. */
export type RehearsalSubject = { readonly contestId: string } | { readonly unitId: string };

export interface NewContest {
  readonly setId: string;
  readonly unitId: string;
  readonly title: string;
  readonly rehearsal: boolean;
  /** So many questions by lot; all of the set where it is missing. */
  readonly draw?: number;
  readonly options: ContestOptions;
}

export interface ContestResult {
  readonly seat: number;
  readonly memberName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly points: number;
  readonly correct: number;
  readonly answered: number;
  readonly scoringMs: number;
  readonly place: number | null;
}

export interface UnitResult {
  readonly unitId: string;
  readonly unitName: string;
  /** Hundredths, over those who took part. */
  readonly meanPoints: number;
  readonly participants: number;
  readonly roll: number;
  /** Null where too few took part. */
  readonly place: number | null;
}

export type FlaggedSeat = Pick<QuizListedSeat, 'seat' | 'flags'>;

export interface LogCheck {
  readonly whole: boolean;
  readonly rows: number | null;
  /** The first row that is wrong, and how. */
  readonly at: number | null;
  readonly fault: 'changed' | 'removed' | 'swapped' | 'cut-off' | 'head' | null;
}

export interface QuestionSet {
  readonly id: string;
  readonly unitId: string;
  readonly title: string;
  readonly version: number;
  readonly questions: number;
  readonly updatedAt: number;
}

export interface SetItem {
  readonly versionId: string;
  readonly type: QuestionType;
  readonly stem: string;
}

export interface SetInput {
  readonly title: string;
  readonly versionIds: readonly string[];
}

export interface BankQuestion {
  readonly id: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly topic: string;
  readonly publishedVersionId: string | null;
  readonly body: QuestionBody;
}

type Changed = { readonly id: string; readonly version: number };
const sets = '/live/question-sets';

/** The request of a list of contests. */
export const contestQuery = ({ q, cursor, limit, filters: { state, kind, unitId } }: TableQuery) => ({
  q,
  cursor,
  limit,
  state,
  unitId,
  ...(kind ? { isRehearsal: String(kind === 'rehearsal') } : {}),
});
export const loadContests = (query: TableQuery): Promise<Page<Contest>> =>
  get('/live/rooms', { query: contestQuery(query) });
export const loadContest = (id: string): Promise<Contest> => get(`/live/rooms/${id}`);
export const createContest = (body: NewContest, idempotencyKey: string): Promise<Contest> =>
  post('/live/rooms', body, { idempotencyKey });
const rehearsalsOf = (subject: RehearsalSubject): string =>
  'contestId' in subject
    ? `/live/rooms/${subject.contestId}/rehearsals`
    : `/live/rehearsals?unitId=${encodeURIComponent(subject.unitId)}`;
export const rehearse = (id: string): Promise<Contest> => post(`/live/rooms/${id}/rehearsals`);
export const loadRehearsals = (
  subject: RehearsalSubject,
): Promise<{ readonly rooms: number; readonly answers: number }> => get(rehearsalsOf(subject));
export const clearRehearsals = (subject: RehearsalSubject): Promise<{ readonly cleared: number }> =>
  remove(rehearsalsOf(subject));
export const clearOwnRehearsal = (id: string): Promise<{ readonly cleared: number }> =>
  remove(`/live/rooms/${id}/rehearsal`);
export const openScreen = (id: string): Promise<{ readonly screenPath: string }> => post(`/live/rooms/${id}/screens`);
export const loadResults = (
  id: string,
): Promise<{ contest: Contest; items: readonly ContestResult[]; units: readonly UnitResult[] }> =>
  get(`/live/rooms/${id}/results`);
/** Seats at which the host should look; more than two hundred are no help to anybody. */
export const loadFlagged = async (id: string): Promise<readonly FlaggedSeat[]> =>
  (await get<{ items: readonly FlaggedSeat[] }>(`/live/rooms/${id}/seats`, { query: { show: 'flagged', limit: 200 } }))
    .items;
/** `api` is the path of the room, of either kind. */
export const loadLogCheck = (api: string): Promise<LogCheck> => get(`${api}/log/check`);
export const loadSets = ({ q, cursor, limit }: TableQuery): Promise<Page<QuestionSet>> =>
  get(sets, { query: { q, cursor, limit } });
export const loadSet = (id: string): Promise<QuestionSet & { readonly items: readonly SetItem[] }> =>
  get(`${sets}/${id}`);
export const createSet = (unitId: string, input: SetInput, idempotencyKey: string): Promise<Changed> =>
  post(sets, { unitId, ...input }, { idempotencyKey });
export const changeSet = (id: string, version: number, input: SetInput): Promise<Changed> =>
  put(`${sets}/${id}`, { version, ...input });
export const removeSet = (id: string): Promise<void> => remove(`${sets}/${id}`);
export const loadPublished = (
  query: Readonly<Record<string, string | number | null | undefined>>,
): Promise<Page<BankQuestion>> => get('/questions', { query: { state: 'published', ...query } });

export function liveTabs() {
  const { t } = i18n.global;
  return [
    { to: '/console/contests', label: t('desk.live.tab.contests') },
    { to: '/console/contests/stages', label: t('desk.stage.tab') },
    { to: '/console/contests/sets', label: t('desk.live.tab.sets') },
    { to: '/console/contests/sheets', label: t('desk.stage.sheetsTab') },
    { to: '/console/contests/preflight', label: t('desk.live.preflight.tab') },
  ];
}
