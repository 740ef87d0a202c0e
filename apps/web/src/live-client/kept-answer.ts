import type { PendingAnswer } from './answer-desk.js';

const keyOf = (roomId: string): string => `xuekao.live.answer.${roomId}`;

/** The answer that was on its way when this tab was reloaded. */
export function keptAnswer(roomId: string): PendingAnswer | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(roomId)) ?? 'null') as PendingAnswer | null;
  } catch {
    return null;
  }
}

export function keepAnswer(roomId: string, answer: PendingAnswer | null): void {
  if (answer) sessionStorage.setItem(keyOf(roomId), JSON.stringify(answer));
  else sessionStorage.removeItem(keyOf(roomId));
}
