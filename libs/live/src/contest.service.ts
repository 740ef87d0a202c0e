import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Page } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, seededRng } from '@xuekao/kernel';
import { AppClock, currentActor, Outbox, Refused, toPage } from '@xuekao/platform';
import type { PageQuery } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import { defaultQuizOptions } from './core/quiz-state.js';
import type { QuizOptions } from './core/quiz-state.js';
import { HostUnits } from './host-units.js';
import { LiveRefused } from './live.errors.js';
import { liveEvents } from './live.events.js';
import { addWithCode } from './join-codes.js';
import { isQuizContest } from './live.entity.js';
import type { ContestResultRow, ContestRow, ContestUnitRow, QuizContest } from './live.entity.js';
import { LiveStore } from './live.store.js';
import type { ContestFilter } from './live.store.js';
import { QuestionSetService } from './question-set.service.js';
import { quizQuestionOf } from './quiz-setup.js';

export interface NewContest {
  readonly setId: string;
  readonly unitId: string;
  readonly title: string;
  readonly isRehearsal: boolean;
  /** The contest that it rehearses. */
  readonly rehearsalOf?: string | null;
  /** So many questions drawn by lot; all of them where it is missing. */
  readonly draw?: number | undefined;
  readonly options: Partial<QuizOptions>;
}

export interface ContestResults {
  readonly contest: QuizContest;
  readonly rows: readonly ContestResultRow[];
  readonly units: readonly ContestUnitRow[];
}

/** Contests before and after their room: creating, finding, results. */
@Injectable()
export class ContestService {
  constructor(
    private readonly store: LiveStore,
    private readonly sets: QuestionSetService,
    private readonly rooms: Rooms,
    private readonly units: HostUnits,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly uow: UnitOfWork,
  ) {}

  /** Opens a room with the questions of a set. Its questions are those of now; later edits of the set do not reach it. */
  async create(given: NewContest): Promise<QuizContest> {
    await this.units.require(given.unitId);
    const { set, questions: all } = await this.sets.withKeys(given.setId);
    const questions = drawnFrom(all, given.draw ?? all.length);
    const actor = currentActor();
    const options = { ...defaultQuizOptions, ...given.options };
    const draft = {
      id: newId(this.clock.now()),
      kind: 'quiz' as const,
      setId: set.id,
      unitId: given.unitId,
      title: given.title,
      isRehearsal: given.isRehearsal,
      rehearsalOf: given.rehearsalOf ?? null,
      questions: questions.length,
      options,
      createdBy: actor.accountId,
      hostName: actor.name,
      createdAt: this.clock.now(),
      endedAt: null,
    };
    const setup = {
      title: given.title,
      rehearsal: given.isRehearsal,
      options,
      questions: questions.map(quizQuestionOf),
    };
    return this.uow.run(async () => {
      const contest = await addWithCode(this.store, draft);
      await this.rooms.create(contest.id, 'live.quiz', { id: 'prepare', command: { type: 'prepare', setup } });
      await this.tell(liveEvents.contestCreated, contest, { setId: set.id, rehearsal: contest.isRehearsal });
      return contest;
    });
  }

  async list(query: PageQuery & ContestFilter): Promise<Page<QuizContest>> {
    const { rows, total } = await this.store.contests('quiz', await this.units.ids(query.unitId), query);
    return toPage(rows.filter(isQuizContest), query.limit, total, (last) => [last.id]);
  }

  /** How many rehearsals each of them has. */
  rehearsalCounts(contests: readonly QuizContest[]): Promise<Map<string, number>> {
    return this.store.rehearsalCounts(contests.map(({ id }) => id));
  }

  /** The contest for one who may host it; others do not learn that it exists. */
  async hosted(id: string): Promise<QuizContest> {
    const contest = await this.store.contest(id);
    if (!contest || !isQuizContest(contest)) throw new Refused('resource.not-found');
    await this.units.require(contest.unitId);
    return contest;
  }

  /** Seats by place and units by the ranking; nothing of either for a rehearsal. Refuses 'live.contest.not-over'. */
  async results(id: string): Promise<ContestResults> {
    const contest = await this.hosted(id);
    if (contest.endedAt === null) throw new LiveRefused('live.contest.not-over');
    return { contest, rows: await this.store.results(id), units: await this.store.unitResults(id) };
  }

  /** Tells the outbox that results or log left the house. */
  async noteExport(contest: ContestRow, what: 'results' | 'log'): Promise<void> {
    const type = what === 'log' ? liveEvents.logExported : liveEvents.resultsExported;
    await this.uow.run(() => this.tell(type, contest, {}));
  }

  private tell(type: string, contest: ContestRow, payload: object): Promise<void> {
    const { id, unitId, title } = contest;
    return this.outbox.add({ type, subjectType: 'contest', subjectId: id, unitId, payload: { title, ...payload } });
  }
}

/** Drawn by lot, in the order of the set: it often goes from easy to hard. */
function drawnFrom<T>(questions: readonly T[], draw: number): readonly T[] {
  if (draw > questions.length) throw new LiveRefused('live.set.too-few', { draw, questions: questions.length });
  const lots = seededRng(randomUUID()).shuffle([...questions.keys()]);
  const drawn = new Set(lots.slice(0, draw));
  return questions.filter((_, index) => drawn.has(index));
}
