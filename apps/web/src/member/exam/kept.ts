import type { Attempt } from '../../api/exam.js';
import type { KeptAnswer } from '../offline-store.js';

/** Set while this browser may hold answers that no server has acknowledged, so that a start without any loads no database. */
const flag = 'xuekao.unsent';

const store = async () => (await import('../offline-store.js')).deviceStore;
const paperName = (attemptId: string): string => `paper.${attemptId}`;
const handInName = (attemptId: string): string => `hand-in.${attemptId}`;
const refusedName = (attemptId: string): string => `refused.${attemptId}`;

/** A private window has no database: then the answers live in memory alone and still go to the server. */
async function orElse<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}

export const mayHoldUnsent = (): boolean => localStorage.getItem(flag) !== null;

export const keptAnswers = (attemptId: string): Promise<KeptAnswer[]> =>
  orElse(async () => (await store()).answers.where('attemptId').equals(attemptId).toArray(), []);

export const unsentAnswers = (): Promise<KeptAnswer[]> =>
  orElse(async () => (await store()).answers.where('isSaved').equals(0).toArray(), []);

export async function keepAnswer(answer: KeptAnswer): Promise<void> {
  if (answer.isSaved === 0) localStorage.setItem(flag, '1');
  await orElse(async () => void (await (await store()).answers.put(answer)), undefined);
}

/** The questions and their order never change within an attempt: the page opens with them where there is no network. */
export const keepPaper = (attempt: Attempt): Promise<void> =>
  orElse(
    async () => void (await (await store()).marks.put({ name: paperName(attempt.id), value: attempt })),
    undefined,
  );

async function markOf<T>(name: string): Promise<T | null> {
  return orElse(async () => ((await (await store()).marks.get(name))?.value as T | undefined) ?? null, null);
}
async function setMark(name: string, value: unknown): Promise<void> {
  await orElse(async () => {
    const { marks } = await store();
    await (value === null ? marks.delete(name) : marks.put({ name, value }));
  }, undefined);
}

export const keptPaper = (attemptId: string): Promise<Attempt | null> => markOf(paperName(attemptId));

/** A hand-in that waits for the network; the value is the writer that asked for it. */
export const keptHandIn = (attemptId: string): Promise<string | null> => markOf(handInName(attemptId));
export async function keepHandIn(attemptId: string, writer: string | null): Promise<void> {
  if (writer !== null) localStorage.setItem(flag, '1');
  await setMark(handInName(attemptId), writer);
}
export const handInsWaiting = (): Promise<{ attemptId: string; writer: string }[]> =>
  orElse(async () => {
    const marks = await (await store()).marks.where('name').startsWith(handInName('')).toArray();
    return marks.map(({ name, value }) => ({ attemptId: name.slice(handInName('').length), writer: String(value) }));
  }, []);

/** Numbers of the questions whose last answer came too late for the server, to be told on the result. */
export const refusedOf = async (attemptId: string): Promise<readonly number[]> =>
  (await markOf<readonly number[]>(refusedName(attemptId))) ?? [];
export async function noteRefused(attemptId: string, numbers: readonly number[]): Promise<void> {
  const all = new Set([...(await refusedOf(attemptId)), ...numbers]);
  if (all.size > 0)
    await setMark(
      refusedName(attemptId),
      [...all].sort((a, b) => a - b),
    );
}

/** What an ended attempt leaves on the device: nothing but what has to be told. */
export async function dropAttempt(attemptId: string): Promise<void> {
  await setMark(paperName(attemptId), null);
  await setMark(handInName(attemptId), null);
  await orElse(
    async () => void (await (await store()).answers.where('attemptId').equals(attemptId).delete()),
    undefined,
  );
  if ((await unsentAnswers()).length === 0 && (await handInsWaiting()).length === 0) localStorage.removeItem(flag);
}
