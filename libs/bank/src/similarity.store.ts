import { Injectable } from '@nestjs/common';
import type { QuestionBody, QuestionKey } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { QuestionKeyRow, QuestionRow, QuestionVersionRow } from './question.entity.js';

/** Changes with every question added, changed or taken away. */
export interface BankStamp {
  readonly count: number;
  readonly versions: number;
  readonly newest: number;
}

export interface HeadText {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly body: QuestionBody;
  readonly key: QuestionKey;
}

interface RawHead {
  readonly id: string;
  readonly version: number | string;
  readonly updatedAt: number | string;
  readonly materialId: string | null;
  readonly body: string;
  readonly answerKey: string;
}

const pageRows = 4000;

/** The newest versions as plain values: thousands at once, without an entity each. */
@Injectable()
export class SimilarityStore {
  constructor(private readonly uow: UnitOfWork) {}

  async stamp(): Promise<BankStamp> {
    const row = await this.uow.manager
      .createQueryBuilder(QuestionRow, 'question')
      .select('COUNT(*)', 'count')
      .addSelect('SUM(question.version)', 'versions')
      .addSelect('MAX(question.updatedAt)', 'newest')
      .getRawOne<Record<'count' | 'versions' | 'newest', number | string | null>>();
    const { count, versions, newest } = row ?? {};
    return { count: Number(count ?? 0), versions: Number(versions ?? 0), newest: Number(newest ?? 0) };
  }

  /** Heads changed at or after the instant, page by page. */
  async *headsSince(updatedAt: number): AsyncGenerator<HeadText[]> {
    for (let after = ''; ;) {
      const rows = await this.uow.manager
        .createQueryBuilder(QuestionRow, 'question')
        .innerJoin(QuestionVersionRow, 'head', 'head.id = question.headVersionId')
        .innerJoin(QuestionKeyRow, 'answer', 'answer.versionId = question.headVersionId')
        .select('question.id', 'id')
        .addSelect('question.version', 'version')
        .addSelect('question.updatedAt', 'updatedAt')
        .addSelect('question.materialId', 'materialId')
        .addSelect('head.body', 'body')
        .addSelect('answer.answerKey', 'answerKey')
        .where('question.updatedAt >= :updatedAt AND question.id > :after', { updatedAt, after })
        .orderBy('question.id')
        .limit(pageRows)
        .getRawMany<RawHead>();
      yield rows.map(headOf);
      if (rows.length < pageRows) return;
      after = rows.at(-1)!.id;
    }
  }
}

/** Of its material the comparison needs no more than which one it is. */
function headOf({ id, version, updatedAt, materialId, body, answerKey }: RawHead): HeadText {
  const stored = JSON.parse(body) as QuestionBody;
  const material = materialId === null ? {} : { material: { id: materialId, versionId: '', title: '', text: '' } };
  return {
    id,
    version: Number(version),
    updatedAt: Number(updatedAt),
    body: { ...stored, ...material },
    key: JSON.parse(answerKey) as QuestionKey,
  };
}
