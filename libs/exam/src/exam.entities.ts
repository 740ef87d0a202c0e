import { examEntitiesOfAttempts } from './attempt.entity.js';
import { examEntitiesOfPapers } from './exam.entity.js';
import { externalEntities } from './external.entity.js';

export const examEntities = [...examEntitiesOfPapers, ...examEntitiesOfAttempts, ...externalEntities];
