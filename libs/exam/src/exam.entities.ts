import { examEntitiesOfAnalysis } from './analysis/sheet.entity.js';
import { examEntitiesOfAttempts } from './attempt.entity.js';
import { certificateEntities } from './certificate/certificate.entity.js';
import { examEntitiesOfPapers } from './exam.entity.js';
import { examDayEntities } from './invigilation/day.entity.js';
import { externalEntities } from './external.entity.js';
import { markingEntities } from './marking/marking.entity.js';
import { regradeEntities } from './regrade/regrade.entity.js';

export const examEntities = [
  ...examEntitiesOfPapers,
  ...examEntitiesOfAttempts,
  ...markingEntities,
  ...regradeEntities,
  ...certificateEntities,
  ...examEntitiesOfAnalysis,
  ...examDayEntities,
  ...externalEntities,
];
