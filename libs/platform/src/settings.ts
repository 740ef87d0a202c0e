import { Injectable } from '@nestjs/common';
import { insertIgnore, UnitOfWork } from '@xuekao/database';
import { AppClock } from './clock.js';
import { SettingRow } from './setting.entity.js';

@Injectable()
export class Settings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: AppClock,
  ) {}

  /** The stored value as JSON, or undefined: the caller parses it. */
  async get(name: string): Promise<unknown> {
    return (await this.uow.manager.findOneBy(SettingRow, { name }))?.value;
  }

  async set(name: string, value: unknown): Promise<void> {
    const row = { name, value, updatedAt: this.clock.now() };
    await this.uow.run(async () => {
      if ((await insertIgnore(this.uow, SettingRow, row)) === 1) return;
      await this.uow.manager
        .createQueryBuilder()
        .update(SettingRow)
        .set(row as never)
        .where({ name })
        .execute();
    });
  }
}
