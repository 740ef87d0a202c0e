import { Entity } from 'typeorm';
import { Code, InstantColumn, Json } from '@xuekao/database';

/** Settings of the installation that people change while it runs, by name. */
@Entity('setting')
export class SettingRow {
  @Code(80, { primary: true }) name!: string;
  @Json() value!: unknown;
  @InstantColumn() updatedAt!: number;
}
