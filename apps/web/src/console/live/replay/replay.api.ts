import type { QuizBoard } from '@xuekao/contracts';
import { get } from '../../../api/http.js';
import type { HallReplay, StageReplay } from './track.js';

export const loadReplay = (id: string): Promise<HallReplay & { readonly board: QuizBoard }> =>
  get(`/live/rooms/${id}/replay`);
export const loadStageReplay = (id: string): Promise<StageReplay> => get(`/live/stages/${id}/replay`);
