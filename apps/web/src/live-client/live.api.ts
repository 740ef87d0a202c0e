import type { QuizAudience, QuizPhase, QuizView } from '@xuekao/contracts';
import { get, post } from '../api/http.js';
import type { PendingAnswer } from './answer-desk.js';

/** A room as HTTP tells it: the way through where sockets are blocked. */
export interface SeenRoom {
  readonly roomId: string;
  readonly seq: number;
  readonly serverTime: number;
  readonly view: QuizView;
}

export interface JoinPreview {
  readonly kind: 'quiz' | 'stage';
  readonly roomId: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly phase: QuizPhase;
  readonly seats: number;
  readonly joiningLocked: boolean;
}

/** Takes the acting member's seat; the same seat at every repeat. */
export const joinRoom = (code: string): Promise<SeenRoom> => post('/live/rooms/join', { code });
export const previewRoom = (code: string): Promise<JoinPreview> => get(`/live/join/${code}`);
/** Fails with status 304 when nothing changed after `since`. */
export const loadRoom = (roomId: string, role: QuizAudience, since?: number): Promise<SeenRoom> =>
  get(`/live/rooms/${roomId}/view`, { query: { role, since } });
export const postAnswer = (roomId: string, answer: PendingAnswer): Promise<unknown> =>
  post(`/live/rooms/${roomId}/answers`, answer);
