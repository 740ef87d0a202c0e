import { defineMigration } from '../schema.js';

export const liveBattle0018 = defineMigration(18, 'live-battle', () => undefined);
