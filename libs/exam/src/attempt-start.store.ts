import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertIgnore } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { In } from 'typeorm';
import { AttemptRow } from './attempt.entity.js';
import { grouped } from './core/index.js';
import { RosterRow } from './exam.entity.js';

/** Made ahead: id and order of the questions are there, the start is not. Nothing but this store sees such rows. */
export const ready = 'ready';

/** An attempt as far as a start asks. */
export interface StartableAttempt {
  readonly id: string;
  readonly examId: string;
  readonly memberId: string;
  readonly number: number;
  readonly state: AttemptRow['state'] | typeof ready;
  readonly deadlineAt: Instant;
}

export interface Opening {
  readonly id: string;
  readonly writer: string;
  readonly deadlineAt: Instant;
}

/** The statements of a batch of starts. */
@Injectable()
export class AttemptStartStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Holds these people's places against a second start until the end of the transaction. */
  holdPlaces(examId: string, memberIds: readonly string[]): Promise<RosterRow[]> {
    const query = this.uow.manager
      .createQueryBuilder(RosterRow, 'place')
      .where({ examId, memberId: In([...memberIds]) })
      .orderBy('place.memberId');
    return forUpdate(query, this.uow).getMany();
  }

  /** With those that are only ready, in order of number. */
  ofMembers(examId: string, memberIds: readonly string[]): Promise<StartableAttempt[]> {
    return this.uow.manager.find(AttemptRow, {
      select: { id: true, examId: true, memberId: true, number: true, state: true, deadlineAt: true },
      where: { examId, memberId: In([...memberIds]) },
      order: { number: 'ASC' },
    });
  }

  /** Passes over what is there already. */
  async add(attempts: readonly AttemptRow[]): Promise<void> {
    await insertIgnore(this.uow, AttemptRow, attempts);
  }

  /** Opens attempts that are ready: one statement for all that end at the same time. */
  async open(openings: readonly Opening[], common: Partial<AttemptRow>): Promise<void> {
    const byDeadline = grouped(openings, ({ deadlineAt }) => deadlineAt);
    for (const [deadlineAt, same] of byDeadline) {
      const writers = same.map((_, index) => `WHEN :id${index} THEN :writer${index}`).join(' ');
      const parameters = Object.fromEntries(
        same.flatMap(({ id, writer }, index) => [
          [`id${index}`, id],
          [`writer${index}`, writer],
        ]),
      );
      await this.uow.manager
        .createQueryBuilder()
        .update(AttemptRow)
        .set({ ...common, state: 'open', deadlineAt, writer: () => `CASE id ${writers} END` } as never)
        .setParameters(parameters)
        .where({ id: In(same.map(({ id }) => id)), state: ready })
        .execute();
    }
  }

  async dropReady(examId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(AttemptRow).where({ examId, state: ready }).execute();
  }
}
