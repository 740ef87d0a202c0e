import type { AnswerContent } from '@xuekao/contracts';
import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch } from 'vue';
import { type Attempt, handIn, loadAttempt, saveAnswer, saveAnswers, type SaveNews, takeOver } from '../../api/exam.js';
import { isOfflineError, ProblemError } from '../../api/problem.js';
import { isOnline } from '../../app/connection.js';
import type { KeptAnswer } from '../offline-store.js';
import { AnswerSaver, type LocalAnswer } from './answer-saver.js';
import { isAnswered } from './paper-state.js';
import { writerToken } from './writer.js';

const stopCodes = ['exam.attempt.closed', 'exam.attempt.late', 'exam.attempt.taken-over', 'resource.not-found'];

function verdict(error: unknown): 'retry' | 'refuse' | 'stop' {
  if (!(error instanceof ProblemError)) return 'retry';
  if (stopCodes.includes(error.code)) return 'stop';
  const { status } = error.problem;
  return status === 400 || status === 422 ? 'refuse' : 'retry';
}

const keptOf = async (attemptId: string): Promise<KeptAnswer[]> => {
  try {
    const { deviceStore } = await import('../offline-store.js');
    return await deviceStore.answers.where('attemptId').equals(attemptId).toArray();
  } catch {
    return [];
  }
};

async function keep(answer: KeptAnswer): Promise<void> {
  try {
    const { deviceStore } = await import('../offline-store.js');
    await deviceStore.answers.put(answer);
  } catch {
    // A private window has no database: the answer still goes to the server from memory.
  }
}

/** One attempt on this device: its paper, the answers with their save states, and the ways to end it. */
export function usePaper(attemptId: string) {
  const attempt = shallowRef<Attempt | null>(null);
  const saver = shallowRef<AnswerSaver | null>(null);
  const stopCode = ref<string | null>(null);
  const writer = writerToken();

  /** Every receipt tells the deadline: an extension shows with the next save at the latest. */
  function noted<T extends SaveNews>(news: T): T {
    const current = attempt.value;
    if (current && current.deadlineAt !== news.deadlineAt) attempt.value = { ...current, deadlineAt: news.deadlineAt };
    return news;
  }

  async function open(): Promise<Attempt> {
    const [loaded, kept] = await Promise.all([loadAttempt(attemptId), keptOf(attemptId)]);
    saver.value?.dispose();
    const next = new AnswerSaver(
      {
        keep: (answer) => keep({ ...answer, attemptId }),
        save: async (number, save) => noted(await saveAnswer(attemptId, writer, number, save)),
        saveAll: async (answers) => noted(await saveAnswers(attemptId, writer, answers)).items,
        verdict,
        later: (work, ms) => {
          const timer = setTimeout(work, ms);
          return () => clearTimeout(timer);
        },
        changed: () => {
          triggerRef(saver);
          const reason = saver.value?.stopped;
          stopCode.value = reason instanceof ProblemError ? reason.code : null;
        },
      },
      loaded.answers,
      kept,
    );
    saver.value = next;
    stopCode.value = null;
    attempt.value = loaded;
    if (loaded.state === 'open') void next.flush();
    return loaded;
  }

  /** The organiser may have moved the deadline: asks for it anew while the page is open. */
  async function refreshDeadline(): Promise<void> {
    try {
      attempt.value = await loadAttempt(attemptId);
    } catch (error) {
      if (!isOfflineError(error)) throw error;
    }
  }

  async function takeOverHere(): Promise<void> {
    await takeOver(attemptId, writer);
    await open();
  }

  async function end(): Promise<void> {
    await saver.value?.flush();
    await handIn(attemptId, writer);
  }

  const beforeUnload = (event: BeforeUnloadEvent): void => {
    if (saver.value?.unsaved().length) event.preventDefault();
  };
  window.addEventListener('beforeunload', beforeUnload);
  const stopWatching = watch(isOnline, (online) => online && void saver.value?.flush());
  onScopeDispose(() => {
    stopWatching();
    saver.value?.dispose();
    window.removeEventListener('beforeunload', beforeUnload);
  });

  const answerOf = (number: number): LocalAnswer | undefined => saver.value?.answers.get(number);
  const questions = computed(() => attempt.value?.questions ?? []);
  return {
    attempt,
    questions,
    stopCode,
    answerOf,
    put: (number: number, content: AnswerContent) => saver.value?.put(number, content),
    isAnswered: (number: number) => isAnswered(answerOf(number)?.content),
    unsavedCount: computed(() => saver.value?.unsaved().length ?? 0),
    open,
    refreshDeadline,
    takeOverHere,
    end,
  };
}
