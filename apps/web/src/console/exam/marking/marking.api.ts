import type {
  AnswerContent,
  ArbiterRule,
  MarkPolicy,
  MarkRounding,
  MarkerRole,
  MarkingMode,
  MarkingRules,
  QuestionBody,
  ReviewOptions,
  ScriptCause,
  ScriptState,
} from '@xuekao/contracts';
import { get, post, put } from '../../../api/http.js';

/** Marks, thresholds and steps are hundredths of a point. */
export interface QuestionPlan {
  readonly mode: MarkingMode;
  readonly threshold: number;
  readonly step: number;
  readonly rounding: MarkRounding;
  readonly arbiterRule: ArbiterRule;
  readonly rubric: readonly { readonly text: string; readonly points: number }[];
}

export interface QuestionMarking {
  readonly number: number;
  readonly body: QuestionBody;
  readonly full: number;
  readonly plan: QuestionPlan;
  readonly isPlanned: boolean;
  readonly markers: readonly { readonly memberId: string; readonly role: MarkerRole; readonly marked: number }[];
  readonly scripts: number;
  readonly waiting: number;
  readonly arbitration: number;
  readonly final: number;
  readonly pairs: number;
  readonly icc: number | null;
  readonly arbitrated: number;
}

export interface MarkingSettings {
  readonly rules: MarkingRules;
  readonly acts: readonly { readonly number: number; readonly kind: 'void' | 'give-all' | 'key' }[];
  readonly review: ReviewOptions;
  readonly isMarked: boolean;
}

export interface MarkerTask {
  readonly examId: string;
  readonly title: string;
  readonly number: number;
  readonly body: QuestionBody;
  readonly role: MarkerRole;
  readonly scripts: number;
  readonly marked: number;
  readonly left: number;
}

export interface BlindScript {
  readonly id: string;
  readonly number: number;
  readonly place: number;
  readonly cause: ScriptCause;
  readonly full: number;
  readonly role: MarkerRole;
  readonly body: QuestionBody;
  readonly reference: readonly string[];
  readonly plan: QuestionPlan;
  readonly answer: AnswerContent | null;
  readonly earlier: readonly {
    readonly marks: number;
    readonly points: readonly number[] | null;
    readonly comment: string | null;
  }[];
}

export const loadOverview = (examId: string): Promise<{ questions: QuestionMarking[] }> =>
  get(`/exams/${examId}/marking/questions`);
export const putPlan = (examId: string, number: number, plan: object): Promise<QuestionMarking> =>
  put(`/exams/${examId}/marking/questions/${number}`, plan);
export const openMarking = (examId: string): Promise<{ added: number }> => post(`/exams/${examId}/marking/open`);
export const loadSettings = (examId: string): Promise<MarkingSettings> => get(`/exams/${examId}/marking`);
export const putRules = (examId: string, rules: MarkingRules): Promise<MarkingSettings> =>
  put(`/exams/${examId}/marking/rules`, { rules });
export interface PolicyExamples {
  readonly full: number;
  readonly optionIds: readonly string[];
  readonly correct: readonly string[];
  readonly examples: readonly { readonly kind: string; readonly chosen: readonly string[] }[];
  /** By policy, then by example. */
  readonly marks: readonly (readonly number[])[];
}

export const loadExamples = (
  examId: string,
  policies: readonly MarkPolicy[],
  number: number | null,
): Promise<PolicyExamples> =>
  post(`/exams/${examId}/marking/examples`, number === null ? { policies } : { policies, number });
export const putReview = (examId: string, review: ReviewOptions): Promise<MarkingSettings> =>
  put(`/exams/${examId}/marking/review`, review);

export const loadTasks = (): Promise<{ items: MarkerTask[] }> => get('/marking/tasks');
export const nextScript = (examId: string, number: number): Promise<{ script: BlindScript | null }> =>
  post('/marking/next', { examId, number });
export const judgeScript = (
  id: string,
  judgement: { readonly marks: number; readonly points?: readonly number[]; readonly comment?: string },
): Promise<{ state: ScriptState }> => put(`/marking/scripts/${id}`, judgement);
export const releaseScript = (id: string): Promise<void> => post(`/marking/scripts/${id}/release`);

/** Names of people by id; who may not be read is left out. */
export async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const name = await get<{ name: string }>(`/members/${id}`).then(
        (member) => member.name,
        () => '',
      );
      return [id, name] as const;
    }),
  );
  return new Map(found.filter(([, name]) => name !== ''));
}
