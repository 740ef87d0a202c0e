import type { Page, QuestionBody, QuestionType, QuizJoining, QuizScoring } from '@xuekao/contracts';
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

export interface Contest {
  readonly id: string;
  readonly setId: string;
  readonly unitId: string;
  readonly title: string;
  readonly code: string | null;
  readonly joinPath: string | null;
  readonly rehearsal: boolean;
  readonly questions: number;
  readonly options: ContestOptions;
  readonly hostName: string;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

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
  readonly unitName: string;
  readonly points: number;
  readonly correct: number;
  readonly answered: number;
  readonly scoringMs: number;
  readonly place: number | null;
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

export const loadContests = ({ q, cursor, limit }: TableQuery): Promise<Page<Contest>> =>
  get('/live/rooms', { query: { q, cursor, limit } });
export const loadContest = (id: string): Promise<Contest> => get(`/live/rooms/${id}`);
export const createContest = (body: NewContest, idempotencyKey: string): Promise<Contest> =>
  post('/live/rooms', body, { idempotencyKey });
export const openScreen = (id: string): Promise<{ readonly screenPath: string }> => post(`/live/rooms/${id}/screens`);
export const loadResults = (id: string): Promise<{ contest: Contest; items: ContestResult[] }> =>
  get(`/live/rooms/${id}/results`);
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
  ];
}
