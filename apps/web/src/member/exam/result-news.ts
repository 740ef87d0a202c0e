import { onScopeDispose } from 'vue';
import { openExamLink } from '../../exam-client/exam-socket.js';
import { writerToken } from './writer.js';

/**
 * Calls back when what may be seen of this result has become another: released, marked, regraded, an appeal answered. With
 * true when the attempt is open again.
 */
export function useResultNews(attemptId: string, changed: (isOpen: boolean) => void): void {
  let seen: string | null = null;
  const link = writerToken().then((writer) =>
    openExamLink({
      watch: 'attempt:watch',
      body: { attemptId, writer },
      news: 'attempt:changed',
      told({ state, resultStamp }) {
        const before = seen;
        seen = resultStamp;
        if (state === 'open' || (before !== null && before !== resultStamp)) changed(state === 'open');
      },
      refused: () => undefined,
    }),
  );
  onScopeDispose(() => void link.then((open) => open.close()));
}
