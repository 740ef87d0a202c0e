import type {
  BattleActBody,
  BattleEntered,
  BattleStanding,
  GameMode,
  GameReview,
  MyBattles,
  RoomReceipt,
} from '@xuekao/contracts';
import { get, post, put, remove, send } from '../api/http.js';
import type { PendingAnswer } from './answer-desk.js';

export const loadMyBattles = (): Promise<MyBattles> => get('/live/battles/mine');
export const lendRecords = (lendsRecords: boolean): Promise<MyBattles> => put('/live/battles/mine', { lendsRecords });
/** Refused with `live.battle.not-over` until the record of the game is kept. */
export const loadReview = (gameId: string): Promise<GameReview> => get(`/live/battles/${gameId}/review`);

export const findGame = (mode: GameMode): Promise<BattleStanding> => post('/live/battles/place', { mode });
/** Where the acting member stands; brings the waiting together on its way. */
export const lookForGame = (): Promise<BattleStanding> => get('/live/battles/place');
export const stopWaiting = (): Promise<BattleStanding> => remove('/live/battles/place');
/** The same, and it goes out although the page is going away. */
export const stopWaitingAtOnce = (): Promise<BattleStanding> =>
  send('DELETE', '/live/battles/place', { keepalive: true });

/** Fails with status 304 when nothing changed after `since`. */
export const loadGame = (roomId: string, since?: number): Promise<BattleEntered> =>
  get(`/live/battles/${roomId}/view`, {
    query: { since },
    headers: since === undefined ? {} : { 'if-none-match': `"game-${since}"` },
  });
export const postGameAnswer = (roomId: string, { commandId, question, choice }: PendingAnswer): Promise<RoomReceipt> =>
  post(`/live/battles/${roomId}/answers`, { commandId, question, options: 'options' in choice ? choice.options : [] });
export const postGameAct = ({ roomId, ...body }: BattleActBody): Promise<RoomReceipt> =>
  post(`/live/battles/${roomId}/acts`, body);
