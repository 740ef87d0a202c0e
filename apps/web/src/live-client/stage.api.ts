import type { Page, StageActBody, StagePage, StageRole, StageView } from '@xuekao/contracts';
import { get, post } from '../api/http.js';

/** A stage as HTTP tells it: the way through where sockets are blocked. */
export interface SeenStage {
  readonly roomId: string;
  readonly role: StageRole;
  readonly seq: number;
  readonly serverTime: number;
  readonly view: StageView;
}

/** A member of a team enters as its contestant, anybody else takes a seat in the audience. */
export const joinStage = (code: string): Promise<SeenStage> => post('/live/stages/join', { code });
/** Fails with status 304 when nothing changed after `since`. */
export const loadStage = (roomId: string, role: StageRole, since?: number): Promise<SeenStage> =>
  get(`/live/stages/${roomId}/view`, { query: { role, since } });
export const loadStagePage = (
  roomId: string,
  role: StageRole,
  part: StagePage['part'],
  from: number,
): Promise<StagePage> => get(`/live/stages/${roomId}/more`, { query: { role, part, from } });
export const postStageAct = ({ roomId, ...body }: StageActBody): Promise<unknown> =>
  post(`/live/stages/${roomId}/acts`, body);

export interface JudgedStage {
  readonly id: string;
  readonly title: string;
  readonly rehearsal: boolean;
}
/** Contests that wait for this person at the judges' table. */
export const loadJudged = (): Promise<Pick<Page<JudgedStage>, 'items'>> => get('/live/stages/judged');
