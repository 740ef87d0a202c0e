import { defineMigration } from '../schema.js';

export const liveStage0017 = defineMigration(17, 'live-stage', () => undefined);
