import type { AnswerContent, AttemptWatched, DecidedQuestion } from '@xuekao/contracts';
import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch } from 'vue';
import { type Attempt, handIn, loadAttempt, saveAnswer, saveAnswers, type SaveNews, takeOver } from '../../api/exam.js';
import { isOfflineError, ProblemError, problemOf } from '../../api/problem.js';
import { isOnline } from '../../app/connection.js';
import { type ExamLink, openExamLink } from '../../exam-client/exam-socket.js';
import { AnswerSaver, type LocalAnswer } from './answer-saver.js';
import {
  type Change,
  changeBetween,
  type DecidedKnown,
  knownAfter,
  newsAfter,
  type QuestionNews,
  questionNews,
} from './changes.js';
import {
  dropAttempt,
  keepAnswer,
  keepHandIn,
  keepPaper,
  keptAnswers,
  keptHandIn,
  keptPaper,
  noteRefused,
} from './kept.js';
import { isAnswered } from './paper-state.js';
import { patience } from './patience.js';
import { verdict } from './verdict.js';
import { keepWriter, writerToken } from './writer.js';

/** A text is sent when the typing has paused this long. */
const typingPauseMs = 500;
/** How often the page asks for the deadline by itself where no socket tells it. */
const askEveryMs = 10_000;

const takenOver = new ProblemError(problemOf(409, { code: 'exam.attempt.taken-over', title: '' }));

async function loadOrRecall(attemptId: string): Promise<Attempt> {
  try {
    const loaded = await loadAttempt(attemptId);
    if (loaded.state === 'open') void keepPaper(loaded);
    return loaded;
  } catch (error) {
    const recalled = isOfflineError(error) ? await keptPaper(attemptId) : null;
    if (recalled) return recalled;
    throw error;
  }
}

/** One attempt on this device: its paper, the answers with their save states, and the ways to end it. */
export function usePaper(attemptId: string) {
  const attempt = shallowRef<Attempt | null>(null);
  const saver = shallowRef<AnswerSaver | null>(null);
  const stopCode = ref<string | null>(null);
  const change = shallowRef<Change | null>(null);
  /** Questions that are void or given to all, and what has become of them since the paper was loaded. */
  const known = shallowRef<DecidedKnown | null>(null);
  const news = shallowRef<QuestionNews | null>(null);
  const isHandInWaiting = ref(false);
  const within = patience();
  let writer = '';
  let link: ExamLink | undefined;
  let status: AttemptWatched | null = null;

  /** Every receipt tells the deadline: an extension shows with the next save at the latest. */
  function noted<T extends SaveNews>(news: T): T {
    const current = attempt.value;
    if (current && current.deadlineAt !== news.deadlineAt) attempt.value = { ...current, deadlineAt: news.deadlineAt };
    return news;
  }

  function stopped(): void {
    triggerRef(saver);
    const reason = saver.value?.stopped;
    stopCode.value = reason instanceof ProblemError ? reason.code : null;
    const refused = saver.value?.unsaved().filter(({ state }) => state === 'refused') ?? [];
    if (reason !== undefined && refused.length > 0) {
      void noteRefused(
        attemptId,
        refused.map(({ number }) => number),
      );
    }
  }

  async function open(): Promise<Attempt> {
    writer = await writerToken();
    const [loaded, kept] = await Promise.all([loadOrRecall(attemptId), keptAnswers(attemptId)]);
    for (const answer of kept) {
      const known = loaded.answers.find(({ number }) => number === answer.number);
      // Sent by a page that was left before it could note the receipt.
      if (answer.isSaved === 0 && known && known.clientSeq >= answer.clientSeq)
        void keepAnswer({ ...answer, isSaved: 1 });
    }
    saver.value?.dispose();
    const next = new AnswerSaver(
      {
        keep: (answer) => keepAnswer({ ...answer, attemptId, writer }),
        save: async (number, save) =>
          noted(await within((signal) => saveAnswer(attemptId, writer, number, save, signal))),
        saveAll: async (answers) =>
          noted(await within((signal) => saveAnswers(attemptId, writer, answers, signal))).items,
        verdict,
        later: (work, ms) => {
          const timer = setTimeout(work, ms);
          return () => clearTimeout(timer);
        },
        changed: stopped,
      },
      loaded.answers,
      kept.filter((answer) => answer.writer === undefined || answer.writer === writer),
    );
    saver.value = next;
    stopCode.value = null;
    attempt.value = loaded;
    toldDecided(loaded);
    isHandInWaiting.value = loaded.state === 'open' && (await keptHandIn(attemptId)) !== null;
    if (loaded.state === 'open') void afterReconnect();
    link ??= openExamLink({
      watch: 'attempt:watch',
      body: { attemptId, writer },
      news: 'attempt:changed',
      told,
      refused: () => undefined,
      link: (isUp) => isUp && void saver.value?.flush(),
    });
    return loaded;
  }

  /** Compared with what the paper was loaded with, so that no act falls between the paper and the first look. */
  function toldDecided(word: Parameters<typeof knownAfter>[1]): void {
    const before = known.value;
    known.value = knownAfter(before, word);
    const fresh = questionNews(before && before.decided, known.value?.decided ?? []);
    news.value = newsAfter(news.value, fresh);
    if (fresh && attempt.value) void keepPaper({ ...attempt.value, decided: known.value!.decided });
  }

  /** What the server says of the attempt now: after a connection and at every change. */
  function told(now: AttemptWatched): void {
    const current = attempt.value;
    if (!current) return;
    const { state, deadlineAt, limitMinutes, extendedFromMinutes } = now;
    const act = changeBetween(status, now);
    const isOpenAgain = current.state !== 'open' && state === 'open';
    status = now;
    attempt.value = { ...current, state, deadlineAt, limitMinutes, extendedFromMinutes };
    toldDecided(now);
    if (act) change.value = act;
    if (state !== 'open')
      return saver.value?.stop(new ProblemError(problemOf(409, { code: 'exam.attempt.closed', title: '' })));
    const isBack = now.isWriter && stopCode.value === 'exam.attempt.taken-over';
    if (isOpenAgain || isBack) void open().catch(() => undefined);
    else if (!now.isWriter) saver.value?.stop(takenOver);
  }

  async function ask(): Promise<void> {
    const current = attempt.value;
    if (!current || link?.isUp()) return;
    try {
      const now = await within((signal) => loadAttempt(attemptId, signal));
      if (link?.isUp()) return;
      const { state, deadlineAt, limitMinutes, extendedFromMinutes = null } = now;
      attempt.value = { ...current, state, deadlineAt, limitMinutes, extendedFromMinutes };
      toldDecided(now);
    } catch (error) {
      if (verdict(error) !== 'retry') throw error;
    }
  }

  async function afterReconnect(): Promise<void> {
    await saver.value?.flush();
    if (isHandInWaiting.value && isOnline.value) await end();
  }

  async function takeOverHere(): Promise<void> {
    await takeOver(attemptId, writer);
    keepWriter(writer);
    await open();
  }

  /** Hands in with what the device still holds; without a network it waits for one and does it then. */
  async function end(): Promise<'ended' | 'waiting'> {
    const current = saver.value;
    try {
      await current?.flush();
      const unsent = current?.unsaved().filter(({ state }) => state !== 'refused') ?? [];
      const answers = unsent.map(({ number, clientSeq, content }) => ({ number, clientSeq, content }));
      await within(() => handIn(attemptId, writer, answers));
    } catch (error) {
      const isClosed = error instanceof ProblemError && error.code === 'exam.attempt.closed';
      if (!isClosed && verdict(error) !== 'retry') throw error;
      if (!isClosed) {
        await keepHandIn(attemptId, writer);
        isHandInWaiting.value = true;
        return 'waiting';
      }
      await noteRefused(attemptId, current?.unsaved().map(({ number }) => number) ?? []);
    }
    await dropAttempt(attemptId);
    isHandInWaiting.value = false;
    attempt.value = attempt.value && { ...attempt.value, state: 'handed-in' };
    return 'ended';
  }

  async function cancelHandIn(): Promise<void> {
    await keepHandIn(attemptId, null);
    isHandInWaiting.value = false;
  }

  const beforeUnload = (event: BeforeUnloadEvent): void => {
    if (saver.value?.unsaved().some(({ state }) => state !== 'refused')) event.preventDefault();
  };
  /** A phone may end a hidden page without a word: what is typed goes now. */
  const onHidden = (): void => {
    if (document.visibilityState !== 'hidden') void ask().catch(() => undefined);
    else if (isOnline.value) void saver.value?.flush();
  };
  window.addEventListener('beforeunload', beforeUnload);
  document.addEventListener('visibilitychange', onHidden);
  const asking = setInterval(() => void ask().catch(() => undefined), askEveryMs);
  const waiting = setInterval(() => isHandInWaiting.value && isOnline.value && void afterReconnect(), 5_000);
  const stopWatching = watch(isOnline, (online) => online && void afterReconnect());
  onScopeDispose(() => {
    stopWatching();
    clearInterval(asking);
    clearInterval(waiting);
    link?.close();
    saver.value?.dispose();
    window.removeEventListener('beforeunload', beforeUnload);
    document.removeEventListener('visibilitychange', onHidden);
  });

  const answerOf = (number: number): LocalAnswer | undefined => saver.value?.answers.get(number);
  return {
    attempt,
    questions: computed(() => attempt.value?.questions ?? []),
    stopCode,
    change,
    decided: computed<readonly DecidedQuestion[]>(() => known.value?.decided ?? []),
    news,
    /** The question itself tells it from now on. */
    seen: (number: number) => {
      const told = news.value;
      if (!told) return;
      const decided = told.decided.filter((each) => each.number !== number);
      const restored = told.restored.filter((each) => each !== number);
      news.value = decided.length + restored.length > 0 ? { decided, restored } : null;
    },
    isHandInWaiting,
    answerOf,
    put: (number: number, content: AnswerContent) => {
      const isTyped = content.kind === 'text' || content.kind === 'blank';
      saver.value?.put(number, content, isTyped ? typingPauseMs : 0);
    },
    isAnswered: (number: number) => isAnswered(answerOf(number)?.content),
    unsaved: computed(() => saver.value?.unsaved() ?? []),
    flush: () => saver.value?.flush(),
    open,
    takeOverHere,
    end,
    cancelHandIn,
  };
}
