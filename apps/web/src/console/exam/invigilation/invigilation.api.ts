import type { EvidenceKind, InterventionKind, InvigilationView } from '@xuekao/contracts';
import { get, post } from '../../../api/http.js';

export interface Target {
  readonly memberId?: string;
  readonly unitId?: string;
}

export interface Evidence {
  readonly id: string;
  readonly memberId: string;
  readonly kind: EvidenceKind;
  readonly text: string | null;
  readonly awayMs: number | null;
  readonly actorName: string | null;
  readonly at: number;
}

export interface Intervention {
  readonly id: string;
  readonly kind: InterventionKind;
  readonly unitId: string | null;
  readonly memberId: string | null;
  readonly minutes: number | null;
  /** Of an act on a question. */
  readonly number: number | null;
  readonly reason: string;
  readonly actorName: string | null;
  readonly at: number;
}

export const loadBoard = (examId: string): Promise<InvigilationView> => get(`/exams/${examId}/invigilation`);
export const giveTime = (examId: string, target: Target, minutes: number, reason: string): Promise<unknown> =>
  post(`/exams/${examId}/extend`, { ...target, minutes, reason });
export const collectPapers = (examId: string, target: Target, reason: string): Promise<{ collected: number }> =>
  post(`/exams/${examId}/collect`, { ...target, reason });
export const reopenAttempt = (
  examId: string,
  body: { memberId: string; minutes: number; reason: string; despiteKey?: boolean },
): Promise<void> => post(`/exams/${examId}/reopen`, body);
export const noteIncident = (examId: string, memberId: string, text: string): Promise<void> =>
  post(`/exams/${examId}/incidents`, { memberId, text });
export const loadEvidence = (examId: string, memberId: string): Promise<{ items: Evidence[] }> =>
  get(`/exams/${examId}/evidence`, { query: { memberId } });
export const loadInterventions = (examId: string): Promise<{ items: Intervention[] }> =>
  get(`/exams/${examId}/interventions`);
