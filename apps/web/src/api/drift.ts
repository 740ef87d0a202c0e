import type { Me, Device, SetupState } from './auth.js';
import type { Attempt, AttemptResult, MyExam, ReviewedQuestion, SaveNews, SaveReceipt } from './exam.js';
import type { Entry, Handbook, Hits, Note, ReadingPosition } from './handbook.js';
import type { paths } from './schema.js';
import type { MySession, StudyHours } from './session.js';

/** What the server describes for a route: the JSON of its good answer. */
type Answer<
  Path extends keyof paths,
  Method extends keyof paths[Path],
  Status extends number = 200,
> = paths[Path][Method] extends { responses: infer Responses }
  ? Responses extends Record<Status, { content: { 'application/json': infer Body } }>
    ? Body
    : never
  : never;

/** Compiles only where the server's answer has all that the page reads. */
type Fits<Ours, Theirs extends Ours> = [Theirs] extends [never] ? never : Ours;

/** Bodies and answers are unions of the contracts; the description gives them as one object with all fields. */
type UnionField = 'body' | 'answer' | 'key';
type WithoutUnions = Omit<Attempt, 'questions' | 'answers'> & {
  readonly questions: readonly Omit<Attempt['questions'][number], UnionField>[];
  readonly answers: readonly Omit<Attempt['answers'][number], 'content'>[];
};

/** The pages' own narrow types against the generated description: a renamed or dropped field fails `npm run types:web`. */
export type Checked = [
  Fits<Me, Answer<'/api/v1/auth/me', 'get'>>,
  Fits<{ items: readonly Device[] }, Answer<'/api/v1/auth/devices', 'get'>>,
  Fits<SetupState, Answer<'/api/v1/setup', 'get'>>,
  Fits<Handbook, Answer<'/api/v1/handbook/chapters', 'get'>>,
  Fits<Entry, Answer<'/api/v1/handbook/entries/{key}', 'get'>>,
  Fits<Hits, Answer<'/api/v1/handbook/search', 'get'>>,
  Fits<ReadingPosition, Answer<'/api/v1/handbook/position', 'get'>>,
  Fits<Note, Answer<'/api/v1/handbook/entries/{key}/notes', 'post', 201>>,
  Fits<MySession, Answer<'/api/v1/my/sessions/{id}', 'get'>>,
  Fits<StudyHours, Answer<'/api/v1/my/study-hours', 'get'>>,
  Fits<{ items: readonly MyExam[] }, Answer<'/api/v1/my/exams', 'get'>>,
  Fits<WithoutUnions, Answer<'/api/v1/attempts/{id}', 'get'>>,
  Fits<SaveReceipt & SaveNews, Answer<'/api/v1/attempts/{id}/answers/{number}', 'put'>>,
  Fits<{ items: readonly SaveReceipt[] } & SaveNews, Answer<'/api/v1/attempts/{id}/answers', 'post'>>,
  Fits<AttemptResult, Answer<'/api/v1/attempts/{id}/result', 'get'>>,
  Fits<{ questions: readonly Omit<ReviewedQuestion, UnionField>[] }, Answer<'/api/v1/attempts/{id}/review', 'get'>>,
];
