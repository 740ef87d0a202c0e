import { battleEntities } from './battle/battle.entity.js';
import { quizEntities } from './live.entity.js';
import { stageEntities } from './stage/stage.entity.js';

export const liveEntities = [...quizEntities, ...battleEntities, ...stageEntities] as const;
