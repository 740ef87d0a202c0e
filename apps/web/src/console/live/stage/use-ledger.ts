import type { StageLedgerLine } from '@xuekao/contracts';
import { computed, ref, watch } from 'vue';
import { knownLines, newestLines } from './ledger-lines.js';
import type { Official } from './use-official.js';

/** So many older lines come with each press of the button. */
const moreLines = 100;

/** The whole ledger for the officials' table: the newest lines come with the room, older ones are asked for. */
export function useLedger({ room, staff }: Official) {
  const asked = ref<StageLedgerLine[]>([]);
  const isLoading = ref(false);
  const newest = computed(() => staff.value?.ledger ?? []);
  const total = computed(() => staff.value?.ledgerLines ?? 0);
  const lines = computed(() => knownLines(newest.value, asked.value));
  /** An undo strikes lines out wherever they stand. */
  const undone = computed(() => {
    const cue = room.view.value?.scene.cue;
    return cue?.type === 'undone' ? cue.n : 0;
  });
  let wanted = moreLines;
  let turn = 0;

  async function bring(): Promise<void> {
    const mine = ++turn;
    isLoading.value = true;
    try {
      const brought = await newestLines(wanted, (from) => room.ledger(from));
      if (mine === turn) asked.value = brought;
    } catch {
      // The next movement of points, or the button, asks again.
    } finally {
      if (mine === turn) isLoading.value = false;
    }
  }

  async function more(): Promise<void> {
    wanted = lines.value.length + moreLines;
    await bring();
  }

  const isBehind = (): boolean => lines.value.length < Math.min(wanted, total.value);
  watch(
    [total, undone],
    ([, struck], [, before]) => {
      if (total.value > 0 && (struck !== before || isBehind())) void bring();
    },
    { immediate: true },
  );
  return { lines, total, isLoading, more, hasMore: computed(() => lines.value.length < total.value) };
}
