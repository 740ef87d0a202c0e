import type { UnitOfWork } from '@xuekao/database';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { AnswerRow, MarkRow } from '../attempt.entity.js';
import type { StoredMark } from '../core/index.js';

export interface MarkedAnswer extends StoredMark {
  readonly attemptId: string;
  /** JSON as stored: equal answers are equal texts. Absent where nothing was saved or it was not asked for. */
  readonly content?: string;
}

interface StoredContent {
  readonly attemptId: string;
  readonly number: number;
  readonly content: string;
}

/**
 * Attempts whose marks are read together. Beyond 200 values MySQL no longer looks how many rows they have, and after an
 * exam day its statistics may be old enough to make it read the whole table instead.
 */
export const idsAtOnce = 150;
/** Of fewer numbers the single rows are looked up; of more, the attempts are read through. */
const fewNumbers = 4;

function chosen<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  attemptIds: readonly string[],
  numbers: readonly number[],
): SelectQueryBuilder<T> {
  const { alias } = query;
  // The sum keeps a server from looking up each pair of attempt and number by itself.
  const number = numbers.length <= fewNumbers ? `${alias}.number` : `${alias}.number + 0`;
  return query
    .select(`${alias}.attemptId`, 'attemptId')
    .addSelect(`${alias}.number`, 'number')
    .where(`${alias}.attemptId IN (:...attemptIds)`, { attemptIds })
    .andWhere(`${number} IN (:...numbers)`, { numbers })
    .orderBy(`${alias}.attemptId`)
    .addOrderBy(`${alias}.number`);
}

/**
 * Marks with their answers, where these are wanted; by attempt and number. Raw rows: entities of a million marks would cost
 * seconds. Two readings beside each other and no join: a join looks up every answer by itself, which costs twice as much.
 */
export async function readMarkedAnswers(
  { manager }: UnitOfWork,
  attemptIds: readonly string[],
  numbers: readonly number[],
  withAnswers: boolean,
): Promise<MarkedAnswer[]> {
  if (attemptIds.length === 0 || numbers.length === 0) return [];
  const marks = chosen(manager.createQueryBuilder(MarkRow, 'mark'), attemptIds, numbers)
    .addSelect('mark.marks', 'marks')
    .addSelect('mark.full', 'full')
    .addSelect('mark.source', 'source')
    .getRawMany<Omit<MarkedAnswer, 'content'>>();
  if (!withAnswers) return marks;
  const answers = chosen(manager.createQueryBuilder(AnswerRow, 'answer'), attemptIds, numbers)
    .addSelect('answer.content', 'content')
    .getRawMany<StoredContent>();
  return joined(...(await Promise.all([marks, answers])));
}

const isBefore = (one: StoredContent, other: Omit<MarkedAnswer, 'content'>): boolean =>
  one.attemptId < other.attemptId || (one.attemptId === other.attemptId && one.number < other.number);

/** Both in order of attempt and number. */
function joined(marks: readonly Omit<MarkedAnswer, 'content'>[], answers: readonly StoredContent[]): MarkedAnswer[] {
  let next = 0;
  return marks.map((mark): MarkedAnswer => {
    while (next < answers.length && isBefore(answers[next]!, mark)) next++;
    const answer = answers[next];
    const isIts = answer?.attemptId === mark.attemptId && answer.number === mark.number;
    return isIts ? { ...mark, content: answer.content } : mark;
  });
}
