import type { InvigilationRow, InvigilationView } from '@xuekao/contracts';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import { problemFrom } from '../../../api/problem.js';
import { serverNow } from '../../../app/server-clock.js';
import { openExamLink } from '../../../exam-client/exam-socket.js';
import { useLoad } from '../../../shared/load.js';
import { afterNews } from './board.js';
import { loadBoard } from './invigilation.api.js';

const askEveryMs = 2_000;

/** Everybody of an exam as he stands now: told by the socket, asked for where there is none. */
export function useBoard(examId: string) {
  const people = shallowRef<ReadonlyMap<string, InvigilationRow>>(new Map());
  const isLive = ref(false);
  const now = ref(serverNow());
  const heardAt = ref(serverNow());

  function told({ rows }: Pick<InvigilationView, 'rows'>, isWhole: boolean): void {
    people.value = afterNews(people.value, rows, isWhole);
    heardAt.value = serverNow();
  }
  const page = useLoad(async () => {
    const view = await loadBoard(examId);
    told(view, true);
    return view;
  });
  const link = openExamLink({
    watch: 'exam:watch',
    body: { examId },
    news: 'exam:rows',
    told,
    refused: (error) => (page.problem.value = problemFrom(error)),
    link: (isUp) => (isLive.value = isUp),
  });
  const ticking = setInterval(() => (now.value = serverNow()), 1_000);
  const asking = setInterval(() => {
    if (!isLive.value && document.visibilityState === 'visible') void page.reload();
  }, askEveryMs);
  onScopeDispose(() => {
    clearInterval(ticking);
    clearInterval(asking);
    link.close();
  });
  return { page, rows: computed(() => [...people.value.values()]), isLive, heardAt, now };
}
