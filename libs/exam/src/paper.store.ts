import { Injectable } from '@nestjs/common';
import { UnitOfWork, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import type { PaperItem } from './core/index.js';
import { PaperItemRow, PaperRow } from './exam.entity.js';

@Injectable()
export class PaperStore {
  constructor(private readonly uow: UnitOfWork) {}

  async add(paper: PaperRow, items: readonly PaperItem[]): Promise<void> {
    await insertRows(this.uow, PaperRow, [paper]);
    await insertRows(
      this.uow,
      PaperItemRow,
      items.map((item) => ({ ...item, paperId: paper.id })),
    );
  }

  async byId(id: string): Promise<PaperRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(PaperRow, { id }) : null;
  }

  /** In order of number. */
  itemsOf(paperId: string): Promise<PaperItemRow[]> {
    return this.uow.manager.find(PaperItemRow, { where: { paperId }, order: { number: 'ASC' } });
  }
}
