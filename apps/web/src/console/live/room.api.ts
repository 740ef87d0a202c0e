import type { QuizListedSeat, QuizSeatFilter, QuizUnitWaiting } from '@xuekao/contracts';
import { get } from '../../api/http.js';

export interface SeatQuery {
  readonly show: QuizSeatFilter;
  readonly q: string;
  /** The `next` of the page before; 0 for the first. */
  readonly after: number;
  readonly limit: number;
}

export interface SeatPage {
  readonly items: readonly QuizListedSeat[];
  readonly total: number;
  readonly next: number | null;
}

export interface Waiting {
  readonly question: number;
  readonly units: readonly QuizUnitWaiting[];
}

export const loadSeats = (roomId: string, query: SeatQuery): Promise<SeatPage> =>
  get(`/live/rooms/${roomId}/seats`, { query: { ...query } });
export const loadWaiting = (roomId: string): Promise<Waiting> => get(`/live/rooms/${roomId}/waiting`);
