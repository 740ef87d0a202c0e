import { migrations } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { entities } from '../apps/server-modules/src/modules.js';

onEveryDatabase('the schema', entities, (database) => {
  it('is the same in migrations and entities: TypeORM would change nothing', async () => {
    const log = await database.opened.writer.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('has an entity for every table of the migrations', () => {
    const known = new Set(database.opened.writer.entityMetadatas.map((metadata) => metadata.tableName));
    const tables = migrations.flatMap((migration) => migration.tables.map((table) => table.name));
    expect(tables.filter((table) => !known.has(table))).toEqual([]);
  });
});
